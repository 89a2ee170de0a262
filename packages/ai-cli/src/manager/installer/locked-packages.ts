import { join } from "node:path";
import { readJson } from "@d0ttino/llm/config/read-json";

/** A package of a tree that npm's installer wrote down. */
export interface LockedPackage {
  /** Its folder, relative to the tree's. */
  readonly location: string;
  readonly name: string;
  readonly version: string;
  readonly integrity: string | undefined;
}

/** What npm's installer wrote down of a folder, slots and links left out; nothing when it never ran there. */
export function lockedPackages(dir: string): LockedPackage[] {
  const lock = readJson(join(dir, "package-lock.json")) as { readonly packages?: Record<string, Locked> } | undefined;
  return Object.entries(lock?.packages ?? {}).flatMap(([location, { name, version, integrity, link }]) => {
    const at = location.lastIndexOf(FOLDER);
    if (at === -1 || link === true || version === undefined) return [];
    return [{ location, name: name ?? location.slice(at + FOLDER.length), version, integrity }];
  });
}

const FOLDER = "node_modules/";

interface Locked {
  readonly name?: string;
  readonly version?: string;
  readonly integrity?: string;
  readonly link?: boolean;
}
