import { statSync } from "node:fs";
import type { CatalogueEntry } from "./catalogue.ts";
import { sha256Of } from "./sha256-of.ts";

/** Says in which way a file is not the one of the catalogue, or undefined when it is. Reads all of it. */
export async function verifyModel(
  path: string,
  entry: CatalogueEntry,
  signal: AbortSignal,
): Promise<string | undefined> {
  const bytes = statSync(path, { throwIfNoEntry: false })?.size;
  if (bytes === undefined) return "is missing";
  if (bytes !== entry.bytes) return `has ${bytes} bytes in place of ${entry.bytes}`;
  return (await sha256Of(path, signal)) === entry.sha256 ? undefined : "has another checksum than it should have";
}
