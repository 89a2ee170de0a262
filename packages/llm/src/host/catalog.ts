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

/** What a look into the places found. */
export interface Findings {
  readonly candidates: readonly Candidate[];
  /** Faults of packages that were met on the way. */
  readonly problems: readonly PluginProblem[];
}

/**
 * Looks a name up, place by place, and stops at the first that has it.
 * @param name in lower case
 */
export function findCandidate(
  places: readonly Place[],
  kind: PluginKind,
  name: string,
): { candidate?: Candidate; problems: readonly PluginProblem[] } {
  const found = new Map<string, Claim>();
  const problems: PluginProblem[] = [];
  for (const place of places) {
    addClaims(found, place, kind, problems, name);
    const candidate = found.get(name);
    if (candidate !== undefined) return { candidate, problems };
  }
  const builtIn = builtIns(kind).find((one) => one.name === name);
  return builtIn === undefined ? { problems } : { candidate: { kind, name, place: "built-in", builtIn }, problems };
}

/** All names of a kind that can be used, in no order. */
export function listCandidates(places: readonly Place[], kind: PluginKind): Findings {
  const found = new Map<string, Candidate>();
  const problems: PluginProblem[] = [];
  for (const place of places) addClaims(found as Map<string, Claim>, place, kind, problems);
  for (const builtIn of builtIns(kind)) {
    const { name } = builtIn;
    if (!found.has(name)) found.set(name, { kind, name, place: "built-in", builtIn });
  }
  return { candidates: [...found.values()], problems };
}

/** A candidate that comes from a package. */
type Claim = Extract<Candidate, { readonly package: PluginPackage }>;

/**
 * Adds the names of one place that no earlier place has. Of several packages in it that bring a name the first by
 * package name gets it; the others become problems.
 * @param only the one name to look at
 */
function addClaims(
  found: Map<string, Claim>,
  place: Place,
  kind: PluginKind,
  problems: PluginProblem[],
  only?: string,
): void {
  if (place.only !== undefined && place.only !== kind) return;
  const content = place.read();
  problems.push(...content.problems);
  const losers: Claim[] = [];
  const { packages } = content;
  const group = GROUP_OF_KIND[kind];
  // As in the reading of an index: iterators are slow in code that runs once.
  for (let at = 0; at < packages.length; at++) {
    const one = packages[at] as PluginPackage;
    const { entries } = one;
    for (let entryAt = 0; entryAt < entries.length; entryAt++) {
      const entry = entries[entryAt] as PluginEntry;
      const { name } = entry;
      if (entry.group !== group || (only !== undefined && name !== only)) continue;
      const rival = found.get(name);
      const claim: Claim = { kind, name, place: place.name, package: one, entry };
      if (rival === undefined) found.set(name, claim);
      else if (packages.includes(rival.package)) {
        // By code unit, which is the same on every machine, unlike a locale's order.
        const isFirst = one.name < rival.package.name;
        if (isFirst) found.set(name, claim);
        losers.push(isFirst ? rival : claim);
      }
    }
  }
  // Only now is it known who wins against all.
  for (const loser of losers) problems.push(takenName(found.get(loser.name) as Claim, loser));
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
