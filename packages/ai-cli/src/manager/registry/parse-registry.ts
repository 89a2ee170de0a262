import { JsonError, parseJson } from "@d0ttino/llm/config/read-json";
import { entryFolder } from "./entry-folder.ts";
import { InvalidRegistry, type RegistryProblem } from "./invalid-registry.ts";
import { jsonPlaces } from "./json-places.ts";
import { quoted } from "./quoted.ts";
import { readEntry, type ReadEntry } from "./read-entry.ts";
import { isDefaultRegistry } from "./registry-location.ts";
import { makeRegistry, type EntryKind, type Registry, type RegistryEntry, type RegistryOrigin } from "./registry.ts";
import { shownOrigin } from "./shown-origin.ts";

type Report = (path: readonly string[], what: string, fix: string) => void;

/**
 * Reads the text of a registry, in the form with `plugins` or in the flat form. Of the disk it looks at the folders
 * that a registry on this machine names, and at nothing else.
 * @throws InvalidRegistry with every fault; there is no such thing as a registry that is half right
 */
export function parseRegistry(text: string, origin: RegistryOrigin): Registry {
  const place = shownOrigin(origin);
  const value = parseText(text, place);
  const { lineOf, twice } = jsonPlaces(text);
  const problems: RegistryProblem[] = [];
  const report: Report = (path, what, fix) => void problems.push({ line: lineOf(path), what, fix });
  if (!isRecord(value)) {
    throw new InvalidRegistry(place, [
      { line: 1, what: "the file does not hold an object", fix: 'Write it like {"ecosystem": "npm", "plugins": {}}' },
    ]);
  }
  checkEcosystem(value, origin, report);
  const entries = [
    ...readSection("backend", backendsOf(value, report), report),
    ...readSection("recipe", { at: ["recipes"], names: recordIn(value, "recipes", report) }, report),
  ].map(({ at, entry }) => withFolder(entry, origin, (what, fix) => report([...at, "path"], what, fix)));
  for (const path of twice) {
    report(path, `${quoted(path.at(-1) ?? "")} is there twice`, "Take one of the two out");
  }
  if (problems.length > 0)
    throw new InvalidRegistry(
      place,
      problems.toSorted((a, b) => a.line - b.line),
    );
  return makeRegistry(origin, entries);
}

function parseText(text: string, place: string): unknown {
  try {
    return parseJson(text, place);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const what = `this is not JSON: ${error.message.slice(`${place}:${error.line}: `.length)}`;
    throw new InvalidRegistry(place, [{ line: error.line, what, fix: "Look for a comma or a quotation mark there" }]);
  }
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

interface Placed {
  readonly at: readonly string[];
  readonly entry: ReadEntry;
}

function readSection(kind: EntryKind, { at, names }: Section, report: Report): Placed[] {
  const seen = new Map<string, string>();
  const entries: Placed[] = [];
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

function withFolder(
  { path, ...entry }: ReadEntry,
  origin: RegistryOrigin,
  report: (what: string, fix: string) => void,
): RegistryEntry {
  if (path === undefined || origin.kind === "url") return entry;
  const folder = entryFolder(path, origin.path);
  if ("dir" in folder) return { ...entry, dir: folder.dir };
  const of = `"path" of ${quoted(entry.name)} is ${quoted(path)}`;
  if (folder.fault === "outside") {
    report(`${of}, which leads out of the folder of the registry`, "Move the package into that folder");
  } else if (origin.kind === "file") {
    report(`${of}, which is not a folder beside the registry`, 'Correct it, or take "path" out to install from npm');
  }
  // What was not packed with the shipped copy comes from npm.
  return entry;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
