import { JsonError, parseJson } from "@d0ttino/llm/config/read-json";
import { entryFolder } from "./entry-folder.ts";
import type { RegistryProblem } from "./invalid-registry.ts";
import { jsonPlaces } from "./json-places.ts";
import { quoted } from "./quoted.ts";
import { readEntry, type ReadEntry } from "./read-entry.ts";
import { isDefaultRegistry } from "./registry-location.ts";
import type { EntryKind, RegistryEntry, RegistryOrigin } from "./registry.ts";
import { shownOrigin } from "./shown-origin.ts";

type Report = (path: readonly string[], what: string, fix: string) => void;

/** What the text of a registry says: what is sound of it, and what is not. */
export interface RegistryReading {
  /** The object that the text holds; empty when it holds none. */
  readonly value: Readonly<Record<string, unknown>>;
  readonly entries: readonly PlacedEntry[];
  /** By line. */
  readonly problems: readonly RegistryProblem[];
  /** The line of a key, or of the nearest key around it; from 1. */
  lineOf(path: readonly string[]): number;
}

/** An entry, and where it stands. */
export interface PlacedEntry {
  /** The keys that lead to it; the last is its name as it is written. */
  readonly at: readonly string[];
  /** The folder beside the registry, as it is written. */
  readonly path: string | undefined;
  readonly entry: RegistryEntry;
}

/**
 * Reads the text of a registry, in the form with `plugins` or in the flat form. Of the disk it looks at the folders
 * that a registry on this machine names, and at nothing else.
 */
export function readRegistry(text: string, origin: RegistryOrigin): RegistryReading {
  const value = parseText(text, shownOrigin(origin));
  if ("line" in value) return { value: {}, entries: [], problems: [value], lineOf: () => 1 };
  const { lineOf, twice } = jsonPlaces(text);
  const problems: RegistryProblem[] = [];
  const report: Report = (at, what, fix) => void problems.push({ line: lineOf(at), at, what, fix });
  checkEcosystem(value.object, origin, report);
  const entries = [
    ...readSection("backend", backendsOf(value.object, report), report),
    ...readSection("recipe", { at: ["recipes"], names: recordIn(value.object, "recipes", report) }, report),
  ].map(({ at, entry: { path, ...entry } }) => {
    const dir =
      path === undefined
        ? undefined
        : folderOf(entry.name, path, origin, (...fault) => report([...at, "path"], ...fault));
    return { at, path, entry: dir === undefined ? entry : { ...entry, dir } };
  });
  for (const path of twice) {
    report(path, `${quoted(path.at(-1) ?? "")} is there twice`, "Take one of the two out");
  }
  return { value: value.object, entries, problems: problems.toSorted((a, b) => a.line - b.line), lineOf };
}

function parseText(text: string, place: string): { readonly object: Record<string, unknown> } | RegistryProblem {
  let value: unknown;
  try {
    value = parseJson(text, place);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const what = `this is not JSON: ${error.message.slice(`${place}:${error.line}: `.length)}`;
    return { line: error.line, at: [], what, fix: "Look for a comma or a quotation mark there" };
  }
  if (isRecord(value)) return { object: value };
  const fix = 'Write it like {"ecosystem": "npm", "plugins": {}}';
  return { line: 1, at: [], what: "the file does not hold an object", fix };
}

function checkEcosystem(value: Record<string, unknown>, origin: RegistryOrigin, report: Report): void {
  const fix = 'Add "ecosystem": "npm" at the top, once every package in it is one of npm';
  if (Object.hasOwn(value, "ecosystem")) {
    if (value["ecosystem"] !== "npm") report(["ecosystem"], '"ecosystem" is not "npm"', fix);
  } else if (origin.kind === "url" && isDefaultRegistry(origin.url)) {
    const why = "its names may be those of another ecosystem, which on npm belong to whoever takes them";
    report([], `the file does not say "ecosystem": "npm", so ${why}`, fix);
  }
}

interface Section {
  /** The path of the object that holds the names. */
  readonly at: readonly string[];
  readonly names: Record<string, unknown>;
}

function backendsOf(value: Record<string, unknown>, report: Report): Section {
  if (Object.hasOwn(value, "plugins")) return { at: ["plugins"], names: recordIn(value, "plugins", report) };
  const flat = Object.entries(value).filter(
    ([name, entry]) => typeof entry === "string" && !["$schema", "ecosystem", "recipes"].includes(name),
  );
  return { at: [], names: Object.fromEntries(flat) };
}

function recordIn(value: Record<string, unknown>, key: string, report: Report): Record<string, unknown> {
  const section = Object.hasOwn(value, key) ? value[key] : {};
  if (isRecord(section)) return section;
  report([key], `"${key}" is not an object`, `Write it like "${key}": {"name": "my-package"}`);
  return {};
}

function readSection(kind: EntryKind, { at, names }: Section, report: Report): { at: string[]; entry: ReadEntry }[] {
  const seen = new Map<string, string>();
  const entries: { at: string[]; entry: ReadEntry }[] = [];
  for (const [name, value] of Object.entries(names)) {
    const path = [...at, name];
    const entry = readEntry(kind, name, value, (field, what, fix) => report([...path, ...field], what, fix));
    if (entry === undefined) continue;
    const first = seen.get(entry.name);
    if (first === undefined) entries.push({ at: path, entry });
    else report(path, `${quoted(name)} and ${quoted(first)} are one name`, "Take one of the two out, or rename it");
    seen.set(entry.name, name);
  }
  return entries;
}

function folderOf(
  name: string,
  path: string,
  origin: RegistryOrigin,
  report: (what: string, fix: string) => void,
): string | undefined {
  if (origin.kind === "url") return undefined;
  const folder = entryFolder(path, origin.path);
  if ("dir" in folder) return folder.dir;
  const of = `"path" of ${quoted(name)} is ${quoted(path)}`;
  if (folder.fault === "outside") {
    report(`${of}, which leads out of the folder of the registry`, "Move the package into that folder");
  } else if (origin.kind === "file") {
    report(`${of}, which is not a folder beside the registry`, 'Correct it, or take "path" out to install from npm');
  }
  // What was not packed with the shipped copy comes from npm.
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
