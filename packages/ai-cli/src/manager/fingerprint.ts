import { readdirSync, statSync, type Stats } from "node:fs";
import { join } from "node:path";

/**
 * A short text that changes when a folder or file does, by names, sizes and times alone.
 * @returns undefined when it cannot be read
 */
export function fingerprint(path: string): string | undefined {
  const hash = process.getBuiltinModule("node:crypto").createHash("sha256");
  try {
    add("", statSync(path));
  } catch {
    return undefined;
  }
  return hash.digest("base64url");

  function add(inside: string, { size, mtimeMs, ...status }: Stats): void {
    if (!status.isDirectory()) return void hash.update(`${inside}\0${size}\0${mtimeMs}\n`);
    for (const name of readdirSync(join(path, inside)).toSorted()) {
      if (name !== ".git") add(join(inside, name), statSync(join(path, inside, name)));
    }
  }
}
