import { isAbsolute, join, relative, sep } from "node:path";
import { readJson } from "../config/read-json.ts";
import { messageOf } from "../errors/message-of.ts";
import { KIND_OF_GROUP, type PluginEntry, type PluginPackage, type PluginProblem } from "./plugin-package.ts";

/** The version of the format of index.json that this host reads and writes. */
export const INDEX_FORMAT = 1;

/** The content of an index.json: every plug-in of a folder, so that a start reads one file instead of thousands. */
export interface PluginIndex {
  readonly formatVersion: typeof INDEX_FORMAT;
  /** `dir` is relative to the folder that the index is about. */
  readonly packages: readonly PluginPackage[];
}

/**
 * Reads the index of a folder.
 * @returns the packages, undefined when there is no index, or the problem when it cannot be used
 */
export function readIndex(file: string, base: string): readonly PluginPackage[] | PluginProblem | undefined {
  const problem = (cause: string): PluginProblem => ({
    package: base,
    stage: "index",
    cause,
    remedy: "The plug-ins of this place are left out; reinstall them",
  });
  let value: unknown;
  try {
    value = readJson(file);
  } catch (error) {
    return problem(`its index cannot be read: ${messageOf(error)}`);
  }
  if (value === undefined) return undefined;
  return packagesOf(value, base) ?? problem(`${file} is not an index of format ${INDEX_FORMAT}, which this host reads`);
}

/** The packages of an index with their folders made absolute, or undefined when the value is no such index. */
export function packagesOf(value: unknown, base: string): readonly PluginPackage[] | undefined {
  const { formatVersion, packages } = (typeof value === "object" && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  if (formatVersion !== INDEX_FORMAT || !Array.isArray(packages) || !packages.every(isPackage)) return undefined;
  // Thousands of packages are read at a start, so they are changed in place and most of their paths simply joined.
  for (const one of packages as { dir: string }[]) {
    if (one.dir.startsWith(".")) one.dir = join(base, one.dir);
    else if (!isAbsolute(one.dir)) one.dir = base + sep + one.dir;
  }
  return packages;
}

/** The content of an index.json about a folder. */
export function indexOf(packages: readonly PluginPackage[], base: string): PluginIndex {
  return {
    formatVersion: INDEX_FORMAT,
    packages: packages.map((one) => ({ ...one, dir: relative(base, one.dir) || "." })),
  };
}

function isPackage(value: unknown): value is PluginPackage {
  const one = value as Partial<PluginPackage> | null | undefined;
  return (
    typeof one?.name === "string" &&
    typeof one.version === "string" &&
    typeof one.dir === "string" &&
    (one.sdk === null || one.sdk === undefined || typeof one.sdk === "string") &&
    Array.isArray(one.entries) &&
    one.entries.every(isEntry)
  );
}

function isEntry(value: unknown): value is PluginEntry {
  const one = value as Partial<PluginEntry> | null | undefined;
  return (
    typeof one?.group === "string" &&
    Object.hasOwn(KIND_OF_GROUP, one.group) &&
    typeof one.name === "string" &&
    typeof one.file === "string" &&
    (one.export === null || one.export === undefined || typeof one.export === "string") &&
    (one.problem === undefined || (typeof one.problem === "object" && one.problem !== null))
  );
}
