import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolder } from "./make-folder.ts";

let writes = 0;

/**
 * Writes a file so that a reader sees the old text or the new, never a part, whatever is killed when.
 * Missing folders are made.
 * @param mode permissions of the file; 0o600 for secrets
 * @throws the system's error; the old file is then as it was
 */
export function writeFileAtomic(file: string, text: string, mode = 0o644): void {
  makeFolder(dirname(file));
  const temporary = `${file}.${process.pid}-${(writes += 1)}.tmp`;
  try {
    const descriptor = openSync(temporary, "wx", mode);
    try {
      const bytes = Buffer.from(text);
      for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
