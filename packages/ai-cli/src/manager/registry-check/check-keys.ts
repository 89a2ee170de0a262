import { nearest } from "@d0ttino/llm/errors/did-you-mean";
import { fieldsOf } from "../registry/entry-fields.ts";
import { quoted } from "../registry/quoted.ts";
import type { EntryKind } from "../registry/registry.ts";
import type { Fault } from "./finding.ts";

/** A fault, and the keys that lead to it. */
export interface PlacedFault extends Fault {
  readonly at: readonly string[];
}

const TOP = ["$schema", "ecosystem", "plugins", "recipes"];
const FLAT = new Set(TOP);

/** The keys that nobody reads: misspelt ones, and what stands where it means nothing. */
export function checkKeys(value: Readonly<Record<string, unknown>>): PlacedFault[] {
  const sections: [EntryKind, string][] = [
    ["backend", "plugins"],
    ["recipe", "recipes"],
  ];
  return [
    ...checkTop(value),
    ...sections.flatMap(([kind, section]) =>
      recordsIn(value[section]).flatMap(([name, entry]) => checkEntryKeys(kind, [section, name], entry)),
    ),
  ];
}

function checkTop(value: Readonly<Record<string, unknown>>): PlacedFault[] {
  const faults: PlacedFault[] = [];
  const hasPlugins = Object.hasOwn(value, "plugins");
  const plugins = new Map(hasPlugins ? Object.entries(Object(value["plugins"]) as object) : []);
  for (const [key, held] of Object.entries(value)) {
    if (FLAT.has(key) || (!hasPlugins && typeof held === "string")) continue;
    const at = [key];
    if (plugins.has(key)) {
      const what = `${quoted(key)} stands in "plugins" and beside it, where it is ignored`;
      faults.push({ rule: "flat-and-plugins", at, what, fix: 'Take out the one beside "plugins"' });
    } else if (looksLikeEntry(held) && nearest(key, TOP) === undefined) {
      const what = `${quoted(key)} stands outside of "plugins", where it is ignored`;
      faults.push({ rule: "unused-key", at, what, fix: 'Move it into "plugins"' });
    } else faults.push(unknownKey(key, at, "the registry", TOP));
  }
  if (!Object.hasOwn(value, "ecosystem")) {
    const what = 'the file does not say "ecosystem": "npm"';
    faults.push({ rule: "ecosystem", at: [], what, fix: 'Add "ecosystem": "npm" at the top' });
  }
  return faults;
}

function looksLikeEntry(value: unknown): boolean {
  return typeof value === "string" || (typeof value === "object" && value !== null && Object.hasOwn(value, "package"));
}

function checkEntryKeys(
  kind: EntryKind,
  at: readonly string[],
  entry: Readonly<Record<string, unknown>>,
): PlacedFault[] {
  const name = at.at(-1) ?? "";
  const known = ["package", "version", "keywords", ...fieldsOf(kind).map(([field]) => field)];
  const ofProvider = fieldsOf("backend")
    .map(([field]) => field)
    .filter((field) => field === "adapter" || !fieldsOf("recipe").some(([other]) => other === field));
  return Object.keys(entry).flatMap((key): PlacedFault[] => {
    const place = [...at, key];
    const isOfProvider = ofProvider.some((field) => field === key);
    if (kind === "recipe" && isOfProvider) {
      const what = `${quoted(key)} of ${quoted(name)} means nothing: only a backend has it`;
      return [{ rule: "unused-key", at: place, field: key, what, fix: "Take it out" }];
    }
    if (isOfProvider && key !== "adapter" && entry["adapter"] === undefined) {
      const what = `${quoted(key)} of ${quoted(name)} means nothing without "adapter"`;
      const fix = 'Take it out, or add "adapter": "ai-sdk" if the package is a provider of the AI SDK';
      return [{ rule: "unused-key", at: place, field: key, what, fix }];
    }
    return known.includes(key) ? [] : [unknownKey(key, place, quoted(name), known)];
  });
}

function unknownKey(key: string, at: readonly string[], of: string, known: readonly string[]): PlacedFault {
  const near = nearest(key, known);
  const fix = near === undefined ? `Take it out; known are ${known.join(", ")}` : `Did you mean "${near}"?`;
  return { rule: "unknown-key", at, what: `${quoted(key)} of ${of} is no key of a registry, and is ignored`, fix };
}

function recordsIn(section: unknown): [string, Record<string, unknown>][] {
  return Object.entries(Object(section) as object).filter(
    (pair): pair is [string, Record<string, unknown>] =>
      typeof pair[1] === "object" && pair[1] !== null && !Array.isArray(pair[1]),
  );
}
