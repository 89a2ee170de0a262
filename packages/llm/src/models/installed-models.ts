import { lstatSync, readdirSync, statSync } from "node:fs";
import { GGUF } from "./model-files.ts";
import { modelPaths } from "./model-paths.ts";
import { readModelRecord } from "./model-record.ts";
import { directories } from "../config/directories.ts";

/** A model on this machine, with what is written down of it. Null is what nobody knows. */
export interface InstalledModel {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  /** "missing" for a link whose file is gone. */
  readonly status: "ok" | "missing";
  readonly bytes: number | null;
  readonly licence: string | null;
  readonly source: string | null;
  readonly sha256: string | null;
  readonly linked: boolean;
}

/** All models on this machine by name, also those whose file is gone. Unfinished ones are none. */
export function installedModels(): InstalledModel[] {
  let names: string[];
  try {
    names = readdirSync(directories().models);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith(GGUF) && !name.startsWith("."))
    .toSorted()
    .flatMap((name) => installedModel(name.slice(0, -GGUF.length)));
}

function installedModel(name: string): InstalledModel[] {
  const { file, record } = modelPaths(name);
  const entry = lstatSync(file, { throwIfNoEntry: false });
  if (entry === undefined || entry.isDirectory()) return [];
  const target = targetOf(file);
  const { source, licence, sha256 } = readModelRecord(record);
  return [
    {
      name,
      path: file,
      status: target === undefined ? "missing" : "ok",
      bytes: target ?? null,
      licence,
      source,
      sha256,
      linked: entry.isSymbolicLink(),
    },
  ];
}

/** The size of the file at the end of all links, or undefined when there is none. */
function targetOf(file: string): number | undefined {
  try {
    const target = statSync(file);
    return target.isFile() ? target.size : undefined;
  } catch {
    return undefined;
  }
}
