import type { Arguments, Operand } from "../words/arguments.ts";
import { matches } from "./pattern.ts";
import type { Row } from "./program.ts";

/** What arguments must at least have to fit a row: one of these words, an option, an operand, or nothing of the kind. */
type Need = ReadonlySet<string> | "option" | "operand" | "nothing";

const NEEDS = new WeakMap<readonly Row[], readonly Need[]>();

/**
 * The first row that fits arguments given in a folder. Most steps are read before V8 has compiled this, and plain loops
 * take it a fraction of what calls and iterators do.
 */
export function findRow(rows: readonly Row[], given: Arguments, folder: string): Row | undefined {
  let needs = NEEDS.get(rows);
  if (needs === undefined) NEEDS.set(rows, (needs = rows.map(([pattern]) => needOf(pattern))));
  for (let at = 0; at < rows.length; at++) {
    // Most rows are for something else, and their patterns need not be compiled.
    if (!hasNeed(given, needs[at] as Need)) continue;
    const row = rows[at] as Row;
    if (matches(row[0], given, folder)) return row;
  }
  return undefined;
}

function needOf(pattern: string): Need {
  const space = pattern.indexOf(" ");
  const first = space < 0 ? pattern : pattern.slice(0, space);
  if (first.startsWith("!") || first === "<none>") return "nothing";
  if (first.startsWith("-")) return "option";
  return /^@|[*<]/.test(first) ? "operand" : new Set(first.split("|"));
}

function hasNeed({ options, operands }: Arguments, need: Need): boolean {
  if (need === "option") return options.length > 0;
  if (need === "operand") return operands.length > 0;
  if (need === "nothing") return true;
  for (let at = 0; at < operands.length; at++) if (need.has((operands[at] as Operand).word.text)) return true;
  return false;
}
