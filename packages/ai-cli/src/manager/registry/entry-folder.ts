import { realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";

/** What stands at the `path` of an entry. */
export type EntryFolder = { readonly dir: string } | { readonly fault: "missing" | "outside" };

/**
 * The folder that an entry of a registry file names. Where links lead counts, not where they lie: no path leads out of
 * the folder that the registry lies in.
 */
export function entryFolder(path: string, registryFile: string): EntryFolder {
  try {
    const base = dirname(realpathSync(registryFile));
    const dir = realpathSync(resolve(base, path));
    const way = relative(base, dir);
    if (way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way)) return { fault: "outside" };
    return statSync(dir).isDirectory() ? { dir } : { fault: "missing" };
  } catch {
    return { fault: "missing" };
  }
}
