import { lstatSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ModelFile } from "@d0ttino/plugin-sdk";
import { directories } from "../config/directories.ts";

/** How the files of models end. */
export const GGUF = ".gguf";

/**
 * The models on this machine, the newest first: every `NAME.gguf` in the folder of models, be it a file or a link to
 * one elsewhere. What begins with a dot is not finished; what cannot be read is left out.
 */
export function listModelFiles(): readonly ModelFile[] {
  const folder = directories().models;
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith(GGUF) && !name.startsWith("."))
    .flatMap((name) => fileOf(join(folder, name), name.slice(0, -GGUF.length)))
    .toSorted((a, b) => b.since - a.since || (a.name < b.name ? -1 : 1))
    .map(({ name, path, bytes }) => ({ name, path, bytes }));
}

function fileOf(path: string, name: string): (ModelFile & { readonly since: number })[] {
  try {
    const file = statSync(path);
    return file.isFile() ? [{ name, path, bytes: file.size, since: lstatSync(path).mtimeMs }] : [];
  } catch {
    return [];
  }
}
