import { rmSync, statSync } from "node:fs";
import { readJson } from "../config/read-json.ts";
import { writeFileAtomic } from "../config/write-file-atomic.ts";
import { diskFailure } from "../errors/disk-failure.ts";
import { shownUrl } from "./download-url.ts";

/** A download that was broken off and can go on. */
export interface PartialDownload {
  /** How many bytes are here. */
  readonly from: number;
  /** Which version of the file they are of. */
  readonly etag: string;
  /** How many there are in all, or undefined when the server did not say. */
  readonly bytes: number | undefined;
}

/** Where it is written which file a part is of. */
function noteOf(part: string): string {
  return `${part}.json`;
}

/**
 * What is here of a download, or undefined when nothing is or when it cannot go on.
 * @param url where it must have come from; any address when it is not given
 */
export function partialDownload(part: string, url?: URL): PartialDownload | undefined {
  const from = statSync(part, { throwIfNoEntry: false })?.size ?? 0;
  const { url: origin, etag, bytes } = readNote(part);
  if (from < SMALLEST || typeof etag !== "string" || (url !== undefined && origin !== shownUrl(url))) return undefined;
  const isWholeNumber = typeof bytes === "number" && Number.isSafeInteger(bytes);
  if (isWholeNumber && from > bytes) return undefined;
  return { from, etag, bytes: isWholeNumber ? bytes : undefined };
}

/** By the first bytes a file is recognised: a part must have them. */
const SMALLEST = 4;

/**
 * Notes which file a part is of. Without an ETag that stands for the very bytes it cannot go on later.
 * @throws D0ttinoError `io-failed`
 */
export function notePartialDownload(
  part: string,
  note: { readonly url: URL; readonly etag: string | undefined; readonly bytes: number | undefined },
): void {
  const { url, etag, bytes } = note;
  const isStrong = etag?.startsWith('"') === true;
  try {
    writeFileAtomic(
      noteOf(part),
      `${JSON.stringify({ url: shownUrl(url), etag: isStrong ? etag : null, bytes: bytes ?? null })}\n`,
    );
  } catch (error) {
    throw diskFailure(error, noteOf(part));
  }
}

/** Removes what is here of a download; says whether there was anything. */
export function removePartialDownload(part: string): boolean {
  const wasThere = statSync(part, { throwIfNoEntry: false }) !== undefined;
  rmSync(part, { force: true });
  rmSync(noteOf(part), { force: true });
  return wasThere;
}

function readNote(part: string): Record<string, unknown> {
  try {
    const note = readJson(noteOf(part));
    return typeof note === "object" && note !== null ? (note as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
