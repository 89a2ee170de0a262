import type { PluginKind } from "@d0ttino/plugin-sdk/host";
import { BUILT_INS, type BuiltIn } from "./built-ins.ts";
import { KIND_OF_GROUP, type PluginEntry, type PluginPackage, type PluginProblem } from "./plugin-package.ts";
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
  const problems: PluginProblem[] = [];
  for (const place of places) {
    const content = place.read();
    problems.push(...content.problems);
    const [first, ...others] = claims(content.packages, kind, (entry) => entry.name === name);
    if (first === undefined) continue;
    problems.push(...others.map((other) => takenName(first, other)));
    return { candidate: candidate(kind, place.name, first), problems };
  }
  const builtIn = BUILT_INS.find((one) => one.kind === kind && one.name === name);
  return builtIn === undefined ? { problems } : { candidate: { kind, name, place: "built-in", builtIn }, problems };
}

/** All names of a kind that can be used, by name. */
export function listCandidates(places: readonly Place[], kind: PluginKind): Findings {
  const problems: PluginProblem[] = [];
  const found = new Map<string, Candidate>();
  for (const place of places) {
    const content = place.read();
    problems.push(...content.problems);
    const winners = new Map<string, Claim>();
    for (const claim of claims(content.packages, kind, () => true)) {
      const winner = winners.get(claim.entry.name);
      if (winner !== undefined) problems.push(takenName(winner, claim));
      else winners.set(claim.entry.name, claim);
    }
    for (const [name, claim] of winners) if (!found.has(name)) found.set(name, candidate(kind, place.name, claim));
  }
  for (const builtIn of BUILT_INS) {
    if (builtIn.kind === kind && !found.has(builtIn.name)) {
      found.set(builtIn.name, { kind, name: builtIn.name, place: "built-in", builtIn });
    }
  }
  return { candidates: [...found.values()].toSorted((a, b) => order(a.name, b.name)), problems };
}

interface Claim {
  readonly package: PluginPackage;
  readonly entry: PluginEntry;
}

/** The entries of a kind in one place, in the order in which they win: by package name. */
function claims(
  packages: readonly PluginPackage[],
  kind: PluginKind,
  wanted: (entry: PluginEntry) => boolean,
): Claim[] {
  const found: Claim[] = [];
  for (const one of packages) {
    for (const entry of one.entries) {
      if (KIND_OF_GROUP[entry.group] === kind && wanted(entry)) found.push({ package: one, entry });
    }
  }
  return found.toSorted((a, b) => order(a.package.name, b.package.name));
}

function candidate(kind: PluginKind, place: PlaceName, claim: Claim): Candidate {
  return { kind, name: claim.entry.name, place, package: claim.package, entry: claim.entry };
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

/** By code unit: the same on every machine, unlike a locale's order. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
