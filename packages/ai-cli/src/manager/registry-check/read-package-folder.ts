import { readFileSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { LARGEST_TEXT, readManifestText, type PackedPackage } from "./packed-package.ts";

/**
 * The package in a folder. What links lead to outside of it is not part of it.
 * @throws Error when it has no package.json, or one that cannot be read
 */
export function readPackageFolder(dir: string): PackedPackage {
  const fileOf = (path: string): string | undefined => {
    try {
      const file = realpathSync(join(dir, path));
      return file.startsWith(realpathSync(dir) + sep) && statSync(file).isFile() ? file : undefined;
    } catch {
      return undefined;
    }
  };
  const textOf = (path: string): string | undefined => {
    const file = fileOf(path);
    return file === undefined || statSync(file).size > LARGEST_TEXT ? undefined : readFileSync(file, "utf8");
  };
  const text = textOf("package.json");
  if (text === undefined) throw new Error("it has no package.json");
  return { manifest: readManifestText(text), has: (path) => fileOf(path) !== undefined, textOf };
}
