import { isLower } from "@d0ttino/llm/host/semver";
import { quoted } from "../registry/quoted.ts";
import type { PlacedEntry } from "../registry/read-registry.ts";
import type { RegistryEntry } from "../registry/registry.ts";
import type { PlacedFault } from "./check-keys.ts";

/** The registry that another is compared with. */
export interface Baseline {
  /** What it is called in messages. */
  readonly shown: string;
  readonly entries: readonly RegistryEntry[];
}

/** A registry may lose this share of its names without being asked about it. */
const LARGEST_LOSS = 0.05;
const MOST_NAMED = 5;

/** What is worse than it was. */
export function compareRegistries(
  now: readonly PlacedEntry[],
  { shown, entries }: Baseline,
  allowShrinking: boolean,
): PlacedFault[] {
  const present = new Map(now.map((placed) => [keyOf(placed.entry), placed]));
  const gone = entries.filter((entry) => !present.has(keyOf(entry)));
  const before = new Map(entries.map((entry) => [keyOf(entry), entry]));
  return [
    ...tellGone(gone, entries.length, shown, allowShrinking),
    ...now.flatMap((placed) => {
      const old = before.get(keyOf(placed.entry));
      return old === undefined ? [] : compareEntries(placed, old);
    }),
  ];
}

function tellGone(
  gone: readonly RegistryEntry[],
  total: number,
  shown: string,
  allowShrinking: boolean,
): PlacedFault[] {
  if (gone.length === 0) return [];
  const named = gone.slice(0, MOST_NAMED).map(({ name }) => name);
  const names = [...named, ...(gone.length > MOST_NAMED ? [`${gone.length - MOST_NAMED} more`] : [])].join(", ");
  const what = `${gone.length} of the ${total} names of ${shown} ${gone.length === 1 ? "is" : "are"} gone: ${names}`;
  const isTooMuch = gone.length > total * LARGEST_LOSS && !allowShrinking;
  return isTooMuch
    ? [{ rule: "shrinking", at: [], what, fix: "Put them back, or say that it is meant with --allow-shrinking" }]
    : [{ rule: "name-gone", at: [], what, fix: "Put them back, unless it is meant" }];
}

function compareEntries({ at, entry }: PlacedEntry, old: RegistryEntry): PlacedFault[] {
  const { name } = entry;
  if (entry.package !== old.package) {
    const what = `${quoted(name)} was ${old.package} and is ${entry.package} now`;
    const fix = "Make sure that who had the name agrees";
    return [{ rule: "package-changed", at: [...at, "package"], what, fix }];
  }
  if (entry.version === undefined || old.version === undefined || !isLower(entry.version, old.version)) return [];
  const what = `the version of ${quoted(name)} goes back from ${old.version} to ${entry.version}`;
  return [{ rule: "version-back", at: [...at, "version"], what, fix: "Say in the pull request why" }];
}

function keyOf({ kind, name }: RegistryEntry): string {
  return `${kind} ${name}`;
}
