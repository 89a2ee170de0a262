import { availableParallelism } from "node:os";
import type { PluginKind } from "@d0ttino/plugin-sdk/host";
import { isD0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { listEntries } from "@d0ttino/llm/host/catalog";
import { places, type Place, type PlaceName } from "@d0ttino/llm/host/places";
import {
  KIND_OF_GROUP,
  type PluginEntry,
  type PluginPackage,
  type PluginProblem,
} from "@d0ttino/llm/host/plugin-package";
import { tryPackage, type TriedPackage } from "./try-package.ts";

/** A package and the place it lies in. */
export interface PlacedPlugin {
  readonly place: PlaceName;
  /** The one kind that counts there. */
  readonly only: PluginKind | undefined;
  readonly package: PluginPackage;
}

/** A package, and what came of importing it. */
export interface TriedPlugin extends PlacedPlugin {
  readonly tried: TriedPackage;
}

/** Every package of every place, and what is wrong that can be seen without an import. */
export function findPlugins(programDir: string): { plugins: PlacedPlugin[]; problems: PluginProblem[] } {
  const all = places(programDir);
  const plugins = all.flatMap(({ name, only, read }) =>
    read()
      .packages.map((one) => ({ place: name, only, package: { ...one, entries: one.entries.filter(counts(only)) } }))
      .filter((one) => one.package.entries.length > 0),
  );
  const problems = new Map<string, PluginProblem>();
  for (const kind of ["backend", "recipe"] as const) {
    for (const one of problemsOf(all, kind)) problems.set(JSON.stringify(one), one);
  }
  return { plugins, problems: [...problems.values()] };
}

/** A config file that cannot be read is told by itself. */
function problemsOf(all: readonly Place[], kind: PluginKind): readonly PluginProblem[] {
  try {
    return listEntries(all, kind).problems;
  } catch (error) {
    if (isD0ttinoError(error) && error.code === "bad-config") return all.flatMap((one) => one.read().problems);
    throw error;
  }
}

function counts(only: PluginKind | undefined): (entry: PluginEntry) => boolean {
  return ({ group }) => only === undefined || KIND_OF_GROUP[group] === only;
}

/** How many processes import at the same time. */
const AT_ONCE = Math.max(2, Math.min(4, availableParallelism()));

/**
 * Imports packages, each in a process of its own.
 * @param onNext told of each before it is imported
 * @throws the reason of the signal
 */
export async function tryPlugins(
  plugins: readonly PlacedPlugin[],
  programDir: string,
  signal: AbortSignal,
  onNext: (one: PlacedPlugin) => void,
): Promise<TriedPlugin[]> {
  const results = new Map<PlacedPlugin, TriedPlugin>();
  const queue = plugins.values();
  const work = async (): Promise<void> => {
    for (const one of queue) {
      onNext(one);
      const tried = await tryPackage({ place: one.place, package: one.package }, programDir, signal);
      results.set(one, { ...one, tried });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return plugins.flatMap((one) => results.get(one) ?? []);
}
