import { join, relative, sep } from "node:path";
import { parseJson, readText } from "../config/read-json.ts";
import { messageOf } from "../errors/message-of.ts";
import { GROUP_OF_KIND, type PluginEntry, type PluginPackage, type PluginProblem } from "./plugin-package.ts";

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
    remedy: "The plug-ins of this place are left out. Mend it: ai-cli plugins doctor --fix",
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
  // Thousands of packages are read at a start: plain loops without calls are five times as fast there, because the
  // code is still interpreted. For the same reason the packages are changed in place.
  const prefix = base + sep;
  for (let at = 0; at < packages.length; at++) {
    const one = packages[at] as Unchecked<Mutable<PluginPackage>>;
    if (typeof one !== "object" || one === null) return undefined;
    const { name, version, dir, sdk, entries } = one;
    if (typeof name !== "string" || typeof version !== "string" || typeof dir !== "string") return undefined;
    if ((typeof sdk !== "string" && sdk !== null && sdk !== undefined) || !Array.isArray(entries)) return undefined;
    for (let entryAt = 0; entryAt < entries.length; entryAt++) {
      const entry = entries[entryAt] as Unchecked<PluginEntry>;
      if (typeof entry !== "object" || entry === null) return undefined;
      const { group, name: entryName, file, export: exported, problem, adapter } = entry;
      if (group !== GROUP_OF_KIND.backend && group !== GROUP_OF_KIND.recipe) return undefined;
      if (typeof entryName !== "string" || typeof file !== "string") return undefined;
      if (typeof exported !== "string" && exported !== null && exported !== undefined) return undefined;
      if (problem !== undefined && (typeof problem !== "object" || problem === null)) return undefined;
      if (adapter !== undefined && !isProvider(entry)) return undefined;
    }
    if (dir[0] === ".") one.dir = join(base, dir);
    else if (dir[0] !== "/" && dir[0] !== sep && dir[1] !== ":") one.dir = prefix + dir;
  }
  return packages as PluginPackage[];
}

/** The content of an index.json about a folder. */
export function indexOf(packages: readonly PluginPackage[], base: string): PluginIndex {
  return {
    formatVersion: INDEX_FORMAT,
    // A linked folder stays where it is when the indexed one moves.
    packages: packages.map((one) => (one.linked ? one : { ...one, dir: relative(base, one.dir) || "." })),
  };
}

/** Few entries are providers, and so this may be a call. */
function isProvider({ adapter, apiKeyEnv, defaultModel }: NonNullable<Unchecked<PluginEntry>>): boolean {
  const isTextOrNone = (value: unknown): boolean => value === undefined || typeof value === "string";
  return adapter === "ai-sdk" && isTextOrNone(apiKeyEnv) && isTextOrNone(defaultModel);
}

/** What came out of a file: perhaps of that shape, perhaps not. */
type Unchecked<T> = { [Key in keyof T]?: unknown } | null;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
