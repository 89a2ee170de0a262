import type { PluginKind } from "@d0ttino/plugin-sdk/host";
import { builtIns, type BuiltIn } from "./built-ins.ts";
import { GROUP_OF_KIND, type PluginEntry, type PluginPackage, type PluginProblem } from "./plugin-package.ts";
import type { Place, PlaceName } from "./places.ts";

/** A name that can be used, and where it comes from. Nothing of it has been imported. */
export type Candidate =
  | {
      readonly kind: PluginKind;
      readonly name: string;
      readonly place: PlaceName;
      readonly package: PluginPackage;
      readonly entry: PluginEntry;
    }
  | { readonly kind: PluginKind; readonly name: string; readonly place: "built-in"; readonly builtIn: BuiltIn };

/** A candidate that comes from a package. */
type Claim = Extract<Candidate, { readonly package: PluginPackage }>;

/**
 * Looks a name up, place by place, and stops at the first that has it.
 * @param name in lower case
 * @returns with the faults of packages that were met on the way
 * @throws D0ttinoError `bad-config`
 */
export function findCandidate(
  places: readonly Place[],
  kind: PluginKind,
  name: string,
): { candidate?: Candidate; problems: readonly PluginProblem[] } {
  const problems: PluginProblem[] = [];
  const wanted = new Set([name]);
  for (const place of places) {
    if (!counts(place, kind)) continue;
    problems.push(...place.read().problems);
    const [candidate] = winnersOf(place, kind, wanted, problems);
    if (candidate !== undefined) return { candidate, problems };
  }
  const builtIn = builtIns(kind).find((one) => one.name === name);
  return builtIn === undefined ? { problems } : { candidate: { kind, name, place: "built-in", builtIn }, problems };
}

/** A row for each name, and the faults of packages that were met on the way. */
export interface Listing<Row> {
  readonly rows: Row[];
  readonly problems: readonly PluginProblem[];
}

/** How a row of a list is made of what has a name. */
export interface RowMaker<Row> {
  ofPlugin(owner: PluginPackage, entry: PluginEntry, place: PlaceName): Row;
  ofBuiltIn(builtIn: BuiltIn): Row;
}

/**
 * Everything of a kind that can be used, sorted by name.
 * @throws D0ttinoError `bad-config`
 */
export function listRows<Row extends { readonly name: string }>(
  places: readonly Place[],
  kind: PluginKind,
  { ofPlugin, ofBuiltIn }: RowMaker<Row>,
): Listing<Row> {
  const rows: Row[] = [];
  const problems: PluginProblem[] = [];
  const group = GROUP_OF_KIND[kind];
  // As in the reading of an index, iterators are slow in code that runs once. A map of all names is slow, too, and
  // costs one more collection of garbage; sorted names show as well which of them occur twice.
  for (const place of places) {
    if (!counts(place, kind)) continue;
    const { packages, problems: faults } = place.read();
    problems.push(...faults);
    for (let at = 0; at < packages.length; at++) {
      const one = packages[at] as PluginPackage;
      const { entries } = one;
      for (let entryAt = 0; entryAt < entries.length; entryAt++) {
        const entry = entries[entryAt] as PluginEntry;
        if (entry.group === group) rows.push(ofPlugin(one, entry, place.name));
      }
    }
  }
  for (const builtIn of builtIns(kind)) rows.push(ofBuiltIn(builtIn));
  rows.sort(byName);
  const shared = new Set<string>();
  for (let at = 1; at < rows.length; at++) {
    const { name } = rows[at] as Row;
    if (rows[at - 1]?.name === name) shared.add(name);
  }
  if (shared.size === 0) return { rows, problems };

  const unique = rows.filter((row) => !shared.has(row.name));
  for (const place of places) {
    if (!counts(place, kind)) continue;
    for (const winner of winnersOf(place, kind, shared, problems)) {
      unique.push(ofPlugin(winner.package, winner.entry, winner.place));
      shared.delete(winner.name);
    }
  }
  return { rows: unique.toSorted(byName), problems };
}

/** The same as the entries themselves, with what stands for built-ins among them. */
export function listEntries(places: readonly Place[], kind: PluginKind): Listing<PluginEntry | BuiltIn> {
  return listRows<PluginEntry | BuiltIn>(places, kind, { ofPlugin: (_owner, entry) => entry, ofBuiltIn: (one) => one });
}

/** By code unit, which is the same on every machine, unlike a locale's order. */
export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function counts({ only }: Place, kind: PluginKind): boolean {
  return only === undefined || only === kind;
}

/**
 * Who gets names in one place. Of several packages that bring a name the first by package name does; the others
 * become problems.
 */
function winnersOf(place: Place, kind: PluginKind, names: ReadonlySet<string>, problems: PluginProblem[]): Claim[] {
  const winners = new Map<string, Claim>();
  const losers: Claim[] = [];
  const group = GROUP_OF_KIND[kind];
  for (const one of place.read().packages) {
    for (const entry of one.entries) {
      const { name } = entry;
      if (entry.group !== group || !names.has(name)) continue;
      const claim: Claim = { kind, name, place: place.name, package: one, entry };
      const rival = winners.get(name);
      const isFirst = rival === undefined || one.name < rival.package.name;
      if (isFirst) winners.set(name, claim);
      if (rival !== undefined) losers.push(isFirst ? rival : claim);
    }
  }
  // Only now is it known who wins against all.
  for (const loser of losers) problems.push(takenName(winners.get(loser.name) as Claim, loser));
  return [...winners.values()];
}

function takenName(winner: Claim, loser: Claim): PluginProblem {
  const { name } = winner.entry;
  return winner.package.dir === loser.package.dir
    ? {
        package: loser.package.name,
        stage: "name",
        cause: `it declares "${name}" twice, in different letter case`,
        remedy: "Take one out",
      }
    : {
        package: loser.package.name,
        stage: "name",
        cause: `"${name}" is taken by ${winner.package.name} ${winner.package.version}, which is used`,
        remedy: `Remove one of the two packages (${winner.package.dir}, ${loser.package.dir})`,
      };
}
