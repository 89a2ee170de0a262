import { readJson } from "../config/read-json.ts";
import { writeFileAtomic } from "../config/write-file-atomic.ts";
import { diskFailure } from "../errors/disk-failure.ts";

/** What is written down beside a model. Null is what nobody knows. */
export interface ModelRecord {
  /** A URL, the name of a package, or the path that a link leads to. */
  readonly source: string | null;
  readonly licence: string | null;
  /** Null for a file that lies elsewhere, where it may change. */
  readonly sha256: string | null;
  readonly bytes: number | null;
}

/** Reads what is written down of a model; what cannot be read counts as not known. */
export function readModelRecord(file: string): ModelRecord {
  let value: unknown;
  try {
    value = readJson(file);
  } catch {
    value = undefined;
  }
  const record = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  const { source, licence, sha256, bytes } = record;
  return {
    source: typeof source === "string" ? source : null,
    licence: typeof licence === "string" ? licence : null,
    sha256: typeof sha256 === "string" ? sha256 : null,
    bytes: typeof bytes === "number" ? bytes : null,
  };
}

/** @throws D0ttinoError `io-failed` */
export function writeModelRecord(file: string, { source, licence, sha256, bytes }: ModelRecord): void {
  try {
    writeFileAtomic(file, `${JSON.stringify({ source, licence, sha256, bytes }, null, 2)}\n`);
  } catch (error) {
    throw diskFailure(error, file);
  }
}
