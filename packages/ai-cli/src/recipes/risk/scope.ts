import type { Function as ShellFunction } from "unbash";
import { plainWord, unknownWord, type ShellWord } from "./words/shell-word.ts";

/** What names stand for. A scope inside another has the same until one of them changes them. */
class Names<T> {
  #map: Map<string, T> | undefined;
  /** Whether another has this map too, so that it must not be changed. */
  #isShared = false;

  get size(): number {
    return this.#map?.size ?? 0;
  }

  get(name: string): T | undefined {
    return this.#map?.get(name);
  }

  has(name: string): boolean {
    return this.#map?.has(name) === true;
  }

  set(name: string, value: T): void {
    this.#own().set(name, value);
  }

  delete(name: string): void {
    if (this.has(name)) this.#own().delete(name);
  }

  /** The same names for another scope. */
  copy(): Names<T> {
    const copy = new Names<T>();
    if (this.#map !== undefined) {
      copy.#map = this.#map;
      this.#isShared = copy.#isShared = true;
    }
    return copy;
  }

  #own(): Map<string, T> {
    if (this.#map === undefined || this.#isShared) this.#map = new Map(this.#map);
    this.#isShared = false;
    return this.#map;
  }
}

/** What a step has said up to some point: its variables, functions, aliases and where it is. */
export interface Scope {
  readonly variables: Names<readonly ShellWord[]>;
  readonly functions: Names<ShellFunction>;
  readonly aliases: Names<string>;
  /** Functions that are being read, for one that calls itself. */
  readonly calling: ReadonlySet<string>;
  /** Empty for the folder that the step starts in. */
  folder: string;
}

const NOBODY: ReadonlySet<string> = new Set();

/** A scope in which nothing has been said. */
export function emptyScope(folder: string): Scope {
  return { variables: new Names(), functions: new Names(), aliases: new Names(), calling: NOBODY, folder };
}

/** A scope of its own that begins with what another knows. */
export function innerScope(scope: Scope, calling = scope.calling): Scope {
  return {
    variables: scope.variables.copy(),
    functions: scope.functions.copy(),
    aliases: scope.aliases.copy(),
    calling,
    folder: scope.folder,
  };
}

/** A scope of its own in which a function or an alias is being read. */
export function calling(scope: Scope, name: string): Scope {
  return innerScope(scope, new Set([...scope.calling, name]));
}

/** More parameters than this are not told apart. */
const MOST_PARAMETERS = 24;

/** Sets what `$1` and those behind it stand for; nothing is known of them without words. */
export function setPositional(words: readonly ShellWord[] | undefined, { variables }: Scope): void {
  for (let at = 0; at < MOST_PARAMETERS; at++) {
    const word = words?.[at];
    if (word === undefined) variables.delete(String(at + 1));
    else variables.set(String(at + 1), [word]);
  }
  for (const all of ["@", "*"]) {
    if (words === undefined || words.length === 0) variables.delete(all);
    else if (words.length <= MOST_PARAMETERS) variables.set(all, words);
    else variables.set(all, [...words.slice(0, MOST_PARAMETERS), unknownWord(`$${all}`)]);
  }
  if (words === undefined) variables.delete("#");
  else variables.set("#", [plainWord(String(words.length))]);
}
