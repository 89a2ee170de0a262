import { isAbsolute, join, relative, sep } from "node:path";
import { parseJson, readText } from "../config/read-json.ts";
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
 * @param name the one name that is looked for, where it is one: an index that does not bring it need not be parsed
 * @returns the packages, undefined when there is no index, or the problem when it cannot be used
 */
export function readIndex(
  file: string,
  base: string,
  name?: string,
): readonly PluginPackage[] | PluginProblem | undefined {
  const problem = (cause: string): PluginProblem => ({
    package: base,
    stage: "index",
    cause,
    remedy: "The plug-ins of this place are left out; reinstall them",
  });
  let value: unknown;
  try {
    const text = readText(file);
    if (text === undefined) return undefined;
    if (name !== undefined && isWithout(text, name)) return [];
    value = parseJson(text, file);
  } catch (error) {
    return problem(`its index cannot be read: ${messageOf(error)}`);
  }
  return packagesOf(value, base) ?? problem(`${file} is not an index of format ${INDEX_FORMAT}, which this host reads`);
}

/**
 * Whether an index, by its text alone, is whole and brings no such name: it is not written there, and no folder is
 * linked, which could bring any name.
 */
function isWithout(index: string, name: string): boolean {
  const isWhole = index.startsWith(`{"formatVersion":${INDEX_FORMAT},"packages":[{`) && index.endsWith("]}]}");
  return isWhole && !index.includes(JSON.stringify(name)) && !index.includes('"linked":true');
}

/** The packages of an index with their folders made absolute, or undefined when the value is no such index. */
export function packagesOf(value: unknown, base: string): readonly PluginPackage[] | undefined {
  const { formatVersion, packages } = (typeof value === "object" && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  if (formatVersion !== INDEX_FORMAT || !Array.isArray(packages)) return undefined;
  // Thousands of packages are read at a start, so they are changed in place and most of their paths simply joined.
  for (const one of packages) {
    if (!isPackage(one)) return undefined;
    const { dir } = one;
    if (dir.startsWith(".")) one.dir = join(base, dir);
    else if (!isAbsolute(dir)) one.dir = base + sep + dir;
  }
  return packages;
}

/** The content of an index.json about a folder. */
export function indexOf(packages: readonly PluginPackage[], base: string): PluginIndex {
  return {
    formatVersion: INDEX_FORMAT,
    // A linked folder stays where it is when the indexed one moves.
    packages: packages.map((one) => (one.linked ? one : { ...one, dir: relative(base, one.dir) || "." })),
  };
}

function isPackage(value: unknown): value is Mutable<PluginPackage> {
  const one = value as Partial<PluginPackage> | null | undefined;
  if (
    typeof one?.name !== "string" ||
    typeof one.version !== "string" ||
    typeof one.dir !== "string" ||
    !isTextOrNone(one.sdk) ||
    !Array.isArray(one.entries)
  ) {
    return false;
  }
  for (const entry of one.entries) if (!isEntry(entry)) return false;
  return true;
}

function isEntry(value: unknown): value is PluginEntry {
  const one = value as Partial<PluginEntry> | null | undefined;
  return (
    typeof one?.group === "string" &&
    Object.hasOwn(KIND_OF_GROUP, one.group) &&
    typeof one.name === "string" &&
    typeof one.file === "string" &&
    isTextOrNone(one.export) &&
    (one.problem === undefined || (typeof one.problem === "object" && one.problem !== null))
  );
}

function isTextOrNone(value: unknown): boolean {
  return value === null || value === undefined || typeof value === "string";
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
