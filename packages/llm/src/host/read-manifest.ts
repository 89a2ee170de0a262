import { closeSync, constants, existsSync, fstatSync, openSync, readFileSync } from "node:fs";
import { basename, join, posix } from "node:path";
import { isValidName, NAME_RULE, normalizeName } from "@d0ttino/plugin-sdk/host";
import { parseJson } from "../config/read-json.ts";
import { codeOf, messageOf } from "../errors/message-of.ts";
import {
  KIND_OF_GROUP,
  type EntryGroup,
  type PluginEntry,
  type PluginPackage,
  type PluginProblem,
} from "./plugin-package.ts";

const LARGEST_MANIFEST = 1024 * 1024;
const SDK = "@d0ttino/plugin-sdk";

/** What a package.json says of plug-ins: a package, a fault, or neither when it is none of ours. */
export interface ManifestReading {
  readonly package?: PluginPackage;
  readonly problem?: PluginProblem;
}

/** How much a folder claims to be a plug-in: one that a user named must be one, one found in node_modules may be. */
export type Expectation = "must-be-plugin" | "may-be-plugin";

/** Reads the package.json of one folder. Never throws, never imports. */
export function readManifest(dir: string, linked: boolean, expectation: Expectation): ManifestReading {
  const file = join(dir, "package.json");
  const fault = (cause: string, remedy: string, name = basename(dir)): ManifestReading => ({
    problem: { package: name, stage: "manifest", cause, remedy },
  });
  let text: string;
  try {
    const size = read(file);
    if (typeof size === "number") {
      return fault(
        `its package.json is ${Math.round(size / 1024)} KiB large, more than the 1024 that are read`,
        "Make it smaller",
      );
    }
    text = size;
  } catch (error) {
    if (expectation === "may-be-plugin") return {};
    return codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR"
      ? fault(`there is no ${file}`, "Name the folder that holds the plug-in's package.json")
      : fault(`${file} cannot be read: ${messageOf(error)}`, "Check its permissions");
  }
  // Most packages in node_modules are no plug-ins; a search is far cheaper than parsing them all.
  if (expectation === "may-be-plugin" && !text.includes('"entryPoints"') && looksLikeObject(text)) return {};

  let manifest: unknown;
  try {
    manifest = parseJson(text, file);
  } catch (error) {
    return fault(`its package.json is not JSON: ${messageOf(error)}`, "Correct that line, or reinstall the package");
  }
  if (!isRecord(manifest)) return fault(`${file} does not hold an object`, "Reinstall the package");
  const name = printable((typeof manifest["name"] === "string" && manifest["name"]) || basename(dir));
  const groups = manifest["entryPoints"];
  const entries = isRecord(groups) ? readEntries(groups, linked ? dir : undefined) : [];
  if (entries.length === 0) {
    if (expectation === "may-be-plugin" && (groups === undefined || isRecord(groups))) return {};
    return fault(
      'its package.json has no "entryPoints" with "llm.plugins" or "d0ttino.recipes"',
      "Add one, as docs/guide/write-a-backend.md shows",
      name,
    );
  }
  return {
    package: {
      name,
      version: typeof manifest["version"] === "string" ? printable(manifest["version"]) : "0.0.0",
      dir,
      linked,
      sdk: sdkRange(manifest),
      entries,
    },
  };
}

/** The text of a file, or its size in bytes when it is too large to be a package.json. */
function read(file: string): string | number {
  // A pipe or a device in place of the file must neither be waited for nor read without end.
  const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const status = fstatSync(descriptor);
    if (!status.isFile()) throw new Error("it is not a file");
    const { size } = status;
    return size > LARGEST_MANIFEST ? size : readFileSync(descriptor, "utf8");
  } finally {
    closeSync(descriptor);
  }
}

/** Text for lists and messages, without what could move the cursor or make it look like a line of ours. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, "?");
}

function looksLikeObject(text: string): boolean {
  return /^\uFEFF?\s*\{/.test(text) && text.trimEnd().endsWith("}");
}

/**
 * The entry points that a package.json declares, sound or not.
 * @param workedIn the folder, when it is its author's own: there the sources count of an entry that names both
 */
export function readEntries(groups: Record<string, unknown>, workedIn?: string): PluginEntry[] {
  const entries: PluginEntry[] = [];
  for (const group of Object.keys(KIND_OF_GROUP) as EntryGroup[]) {
    const names = Object.hasOwn(groups, group) ? groups[group] : undefined;
    if (!isRecord(names)) continue;
    for (const [name, target] of Object.entries(names))
      entries.push(readEntry(group, name, targetOf(target, workedIn)));
  }
  return entries;
}

/** Which path of `{"source": …, "default": …}` counts: what is published lacks the sources. */
function targetOf(target: unknown, workedIn: string | undefined): unknown {
  if (!isRecord(target)) return target;
  const { source, default: built } = target;
  if (typeof source !== "string" || typeof built !== "string") return target;
  return workedIn !== undefined && existsSync(join(workedIn, source.replace(/#.*$/s, ""))) ? source : built;
}

function readEntry(group: EntryGroup, name: string, target: unknown): PluginEntry {
  const broken = (cause: string, remedy: string): PluginEntry => ({
    group,
    name: normalizeName(printable(name)),
    file: "",
    export: null,
    problem: { cause, remedy },
  });
  if (!isValidName(name)) {
    return broken(`${JSON.stringify(name)} is not a valid name in "${group}"`, `A name has ${NAME_RULE}`);
  }
  if (typeof target !== "string" || target === "") {
    return broken(`the entry "${name}" is not a path`, 'Write it like "./dist/plugins.js#backend"');
  }
  const hash = target.lastIndexOf("#");
  const path = hash === -1 ? target : target.slice(0, hash);
  if (path === "") return broken(`the entry "${name}" names no file`, 'Write it like "./dist/plugins.js#backend"');
  const file = posix.normalize(path.replaceAll("\\", "/"));
  if (file.startsWith("../") || file === ".." || posix.isAbsolute(file) || /^[a-z][a-z0-9+.-]*:/i.test(file)) {
    return broken(
      `the entry "${name}" points outside the package: ${JSON.stringify(path)}`,
      "Move the file into the package",
    );
  }
  return {
    group,
    name: normalizeName(name),
    file,
    export: hash === -1 || hash === target.length - 1 ? null : target.slice(hash + 1),
  };
}

function sdkRange(manifest: Record<string, unknown>): string | null {
  for (const field of ["peerDependencies", "dependencies"]) {
    const ranges = manifest[field];
    const range = isRecord(ranges) && Object.hasOwn(ranges, SDK) ? ranges[SDK] : undefined;
    if (typeof range === "string") return range;
  }
  return null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
