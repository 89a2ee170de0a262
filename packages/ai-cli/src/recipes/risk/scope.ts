import type { Function as ShellFunction } from "unbash";
import { plainWord, type ShellWord } from "./words/shell-word.ts";

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

/** A scope of its own in which a function or an alias is being read. */
export function calling(scope: Scope, name: string): Scope {
  return innerScope(scope, new Set([...scope.calling, name]));
}

/** Sets what `$1` and those behind it stand for. */
export function setPositional(words: readonly ShellWord[], { variables }: Scope): void {
  for (const [at, word] of words.entries()) variables.set(String(at + 1), [word]);
  if (words.length > 0) for (const all of ["@", "*"]) variables.set(all, words);
  variables.set("#", [plainWord(String(words.length))]);
}

/** Most are empty, which needs no iterator. */
function copyOf<T>(map: ReadonlyMap<string, T>): Map<string, T> {
  return map.size === 0 ? new Map<string, T>() : new Map(map);
}
