import type { Arguments, Operand } from "../words/arguments.ts";
import { matches } from "./pattern.ts";
import type { Row } from "./program.ts";

/** Which rows can fit at all, by their numbers in rising order. */
interface RowIndex {
  /** Those that begin with a sub-command, by its name. */
  readonly words: ReadonlyMap<string, readonly number[]>;
  /** The others, for arguments without options and operands, with options, with operands, and with both. */
  readonly others: readonly (readonly number[])[];
}

const INDEXES = new WeakMap<readonly Row[], RowIndex>();

/**
 * The first row that fits arguments given in a folder. Most rows are for something else, and are not even looked at. Most
 * steps are read before V8 has compiled this, and plain loops take it a fraction of what calls and iterators do.
 */
export function findRow(rows: readonly Row[], given: Arguments, folder: string): Row | undefined {
  let index = INDEXES.get(rows);
  if (index === undefined) INDEXES.set(rows, (index = indexOf(rows)));
  const { options, operands } = given;
  const named = namedRows(index, operands);
  const others = index.others[(options.length > 0 ? 1 : 0) + (operands.length > 0 ? 2 : 0)] as readonly number[];
  for (let at = 0, otherAt = 0; at < named.length || otherAt < others.length;) {
    const one = named[at] ?? rows.length;
    const other = others[otherAt] ?? rows.length;
    if (one <= other) at++;
    else otherAt++;
    const row = rows[Math.min(one, other)] as Row;
    if (matches(row[0], given, folder)) return row;
  }
  return undefined;
}

const NONE: readonly number[] = [];

/** The rows that begin with a word that is given, in rising order. */
function namedRows({ words }: RowIndex, operands: readonly Operand[]): readonly number[] {
  let found = NONE;
  for (let at = 0; at < operands.length; at++) {
    const named = words.get((operands[at] as Operand).word.text);
    if (named === undefined) continue;
    found = found.length === 0 ? named : [...found, ...named].toSorted((one, other) => one - other);
  }
  return found;
}

function indexOf(rows: readonly Row[]): RowIndex {
  const words = new Map<string, number[]>();
  const others: number[][] = [[], [], [], []];
  for (const [at, [pattern]] of rows.entries()) {
    const [first = ""] = pattern.split(" ", 1);
    if (first.startsWith("!") || first === "<none>") for (const one of others) one.push(at);
    else if (first.startsWith("-")) for (const one of [1, 3]) others[one]?.push(at);
    else if (/^@|[*<]/.test(first)) for (const one of [2, 3]) others[one]?.push(at);
    else {
      for (const word of new Set(first.split("|"))) {
        const known = words.get(word);
        if (known === undefined) words.set(word, [at]);
        else known.push(at);
      }
    }
  }
  return { words, others };
}
