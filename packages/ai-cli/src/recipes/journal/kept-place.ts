import type { Surroundings } from "../step-script.ts";

/**
 * A directory and variables, as they are written down: only what steps have changed in the variables that the run was
 * started with, so that keys in a person's environment stay out of the file.
 */
export interface KeptPlace {
  readonly cwd: string;
  readonly set: Readonly<Record<string, string>>;
  readonly unset: readonly string[];
}

/**
 * What is to be kept of a place.
 * @param base the variables that this process was started with
 * @param earlier what was kept before; what it names is named again, for another process may take the run up
 */
export function keepPlace(place: Surroundings, base: NodeJS.ProcessEnv, earlier: KeptPlace | undefined): KeptPlace {
  const set: Record<string, string> = {};
  for (const [name, value] of Object.entries(place.env)) {
    const isKnown = base[name] === value && !Object.hasOwn(earlier?.set ?? {}, name);
    if (value !== undefined && !isKnown) set[name] = value;
  }
  const names = new Set([...Object.keys(base), ...(earlier?.unset ?? []), ...Object.keys(earlier?.set ?? {})]);
  return { cwd: place.cwd, set, unset: [...names].filter((name) => place.env[name] === undefined) };
}

/** The place again, over the variables that this process was started with. */
export function restorePlace(kept: KeptPlace, base: NodeJS.ProcessEnv): Surroundings {
  const env = { ...base, ...kept.set };
  for (const name of kept.unset) delete env[name];
  return { cwd: kept.cwd, env };
}
