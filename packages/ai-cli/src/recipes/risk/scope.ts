import type { Function as ShellFunction } from "unbash";
import type { ShellWord } from "./words/shell-word.ts";

/** What a step has said up to some point: its variables, functions, aliases and where it is. */
export interface Scope {
  readonly variables: Map<string, readonly ShellWord[]>;
  readonly functions: Map<string, ShellFunction>;
  readonly aliases: Map<string, string>;
  /** Functions that are being read, for one that calls itself. */
  readonly calling: ReadonlySet<string>;
  /** Empty for the folder that the step starts in. */
  folder: string;
}

const NOBODY: ReadonlySet<string> = new Set();

/** A scope in which nothing has been said. */
export function emptyScope(folder: string): Scope {
  return { variables: new Map(), functions: new Map(), aliases: new Map(), calling: NOBODY, folder };
}

/** A scope of its own that begins with what another knows. */
export function innerScope(scope: Scope, calling = scope.calling): Scope {
  return {
    variables: copyOf(scope.variables),
    functions: copyOf(scope.functions),
    aliases: copyOf(scope.aliases),
    calling,
    folder: scope.folder,
  };
}

/** Most are empty, which needs no iterator. */
function copyOf<T>(map: ReadonlyMap<string, T>): Map<string, T> {
  return map.size === 0 ? new Map<string, T>() : new Map(map);
}
