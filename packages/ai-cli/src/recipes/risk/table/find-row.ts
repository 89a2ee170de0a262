import type { Arguments } from "../words/arguments.ts";
import { matches } from "./pattern.ts";
import type { Row } from "./program.ts";

/** The sub-commands that rows begin with; undefined for a row that begins with something else. */
const FIRST_WORDS = new WeakMap<readonly Row[], readonly (ReadonlySet<string> | undefined)[]>();

/** The first row that fits arguments given in a folder. */
export function findRow(rows: readonly Row[], given: Arguments, folder: string): Row | undefined {
  let firsts = FIRST_WORDS.get(rows);
  if (firsts === undefined) FIRST_WORDS.set(rows, (firsts = rows.map(([pattern]) => firstWords(pattern))));
  return rows.find(([pattern], at) => {
    // Most rows are for other sub-commands, and need not be compiled.
    const first = firsts[at];
    if (first !== undefined && !given.operands.some(({ word }) => first.has(word.text))) return false;
    return matches(pattern, given, folder);
  });
}

function firstWords(pattern: string): ReadonlySet<string> | undefined {
  const space = pattern.indexOf(" ");
  const first = space < 0 ? pattern : pattern.slice(0, space);
  return /^[-<@!]|[*<]/.test(first) ? undefined : new Set(first.split("|"));
}
