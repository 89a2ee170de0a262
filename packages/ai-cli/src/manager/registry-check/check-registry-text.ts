import { readRegistry, type PlacedEntry, type RegistryReading } from "../registry/read-registry.ts";
import type { EntryKind, RegistryOrigin } from "../registry/registry.ts";
import { checkAgainstEarlier, checkEntry } from "./check-entries.ts";
import { checkKeys, type PlacedFault } from "./check-keys.ts";
import { checkLikeness, checkName, isKnownEntry, lookOf, type NameLook, type TakenNames } from "./check-names.ts";
import { compareRegistries, type Baseline } from "./compare-registries.ts";
import type { Fault, Finding } from "./finding.ts";
import { RULES } from "./rules.ts";

/** What the text of a registry is held to. */
export interface TextCheckOptions extends TakenNames {
  /** Where the text is; a file may name folders beside it. */
  readonly origin: RegistryOrigin;
  readonly baseline?: Baseline | undefined;
  /** Whether more than 5 % of the names of the baseline may be gone. */
  readonly allowShrinking?: boolean | undefined;
}

/** What came of it. */
export interface CheckedText {
  /** By line. */
  readonly findings: readonly Finding[];
  /** The entries that are sound enough to look at their packages. */
  readonly entries: readonly PlacedEntry[];
  /** Makes a finding of what is found about an entry later. */
  locate(placed: PlacedEntry, fault: Fault): Finding;
}

/** Holds the text of a registry to every rule that can be judged without its packages. */
export function checkRegistryText(text: string, options: TextCheckOptions): CheckedText {
  const reading = readRegistry(text, options.origin);
  const { value, entries, problems } = reading;
  const { baseline, allowShrinking = false } = options;
  const looks = (kind: EntryKind): NameLook[] =>
    [...options.builtIns[kind], ...entries.filter((one) => one.entry.kind === kind).map((one) => one.entry.name)].map(
      lookOf,
    );
  const known = { backend: looks("backend"), recipe: looks("recipe") };
  const ofEntries = entries.flatMap((placed, index): PlacedFault[] => {
    const { kind, name } = placed.entry;
    // Of two that look alike the later one is told.
    const own = known[kind].findLastIndex((look) => look.name === name);
    const isKnown = isKnownEntry(placed.entry, baseline?.entries ?? []);
    return [
      ...checkName(placed, options),
      ...checkLikeness(placed, known[kind].slice(0, own), isKnown),
      ...checkEntry(placed),
      ...checkAgainstEarlier(placed, entries.slice(0, index)),
    ].map((fault) => placeFault(placed, fault));
  });
  const isReadable = Object.keys(value).length > 0 || problems.length === 0;
  const faults: PlacedFault[] = [
    ...(isReadable ? checkKeys(value) : []),
    ...ofEntries,
    // What is not sound is not among the entries, and would count as gone.
    ...(baseline === undefined || problems.length > 0 ? [] : compareRegistries(entries, baseline, allowShrinking)),
  ];
  const findings = [
    ...problems.map(({ line, ...problem }) => ({ ...toFinding(reading, { rule: "form", ...problem }), line })),
    ...faults.map((fault) => toFinding(reading, fault)),
  ];
  return {
    findings: byLine(findings),
    entries,
    locate: (placed, fault) => toFinding(reading, placeFault(placed, fault)),
  };
}

/** Findings in the order of the file; those of one line stay as they are. */
export function byLine(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => a.line - b.line);
}

function placeFault({ at }: PlacedEntry, fault: Fault): PlacedFault {
  return { ...fault, at: fault.field === undefined ? at : [...at, fault.field] };
}

function toFinding(reading: RegistryReading, { rule, at, what, fix }: PlacedFault): Finding {
  const { kind, name } = entryAt(reading, at);
  return { severity: RULES[rule].severity, rule, line: reading.lineOf(at), kind, name, what, fix };
}

/** The entry that keys lead to or into. */
function entryAt({ value }: RegistryReading, at: readonly string[]): Pick<Finding, "kind" | "name"> {
  const [first, second] = at;
  const nothing = { kind: null, name: null };
  if (first === "plugins" || first === "recipes") {
    return second === undefined ? nothing : { kind: first === "plugins" ? "backend" : "recipe", name: second };
  }
  const isFlat = first !== undefined && !Object.hasOwn(value, "plugins") && typeof value[first] === "string";
  return isFlat && first !== "ecosystem" ? { kind: "backend", name: first } : nothing;
}
