import { statfs } from "node:fs/promises";
import { D0ttinoError } from "../errors/d0ttino-error.ts";
import { megabytes } from "./megabytes.ts";

/** Tells how many bytes can still be written to the disk of a folder. */
export type FreeSpace = (folder: string) => Promise<number>;

/** What the file system says; one that does not tell is taken to be large. */
async function freeSpace(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** Says that there is not room for so many bytes, or undefined when there is. */
export async function shortage(
  folder: string,
  bytes: number,
  free: FreeSpace = freeSpace,
): Promise<string | undefined> {
  const room = await free(folder);
  return room >= bytes ? undefined : `${megabytes(bytes)} are needed in ${folder} and ${megabytes(room)} are free`;
}

/**
 * Sees whether there is room for so many bytes.
 * @throws D0ttinoError `io-failed`, saying how much is needed and how much is free
 */
export async function checkSpace(folder: string, bytes: number, free?: FreeSpace): Promise<void> {
  const short = await shortage(folder, bytes, free);
  if (short === undefined) return;
  throw new D0ttinoError("io-failed", `The disk has no room for it: ${short}.`, {
    hint: "Make room and try again. ai-cli models rm NAME removes a model.",
  });
}
