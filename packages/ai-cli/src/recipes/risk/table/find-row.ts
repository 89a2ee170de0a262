import type { Arguments, GivenOption, Operand } from "../words/arguments.ts";
import { isOption, matches } from "./pattern.ts";
import type { Row } from "./program.ts";

/** Which rows can fit at all, by their numbers in rising order. */
interface RowIndex {
  /** Those that begin with a sub-command, by its name. */
  readonly words: RowNumbers;
  /** Those that begin with an option, by its name. */
  readonly options: RowNumbers;
  /** A line for each of these names, to see at once that what was given is the beginning of none. */
  readonly optionLines: string;
  /** The others, for arguments without options and operands, with options, with operands, and with both. */
  readonly others: readonly (readonly number[])[];
}

type RowNumbers = ReadonlyMap<string, readonly number[]>;

const INDEXES = new WeakMap<readonly Row[], RowIndex>();

/**
 * The first row that fits arguments given in a folder. Most rows are for something else, and are not even looked at. Most
 * steps are read before V8 has compiled this, and plain loops take it a fraction of what calls and iterators do.
 */
export function findRow(rows: readonly Row[], given: Arguments, folder: string): Row | undefined {
  let index = INDEXES.get(rows);
  if (index === undefined) INDEXES.set(rows, (index = indexOf(rows)));
  const { options, operands } = given;
  const others = index.others[(options.length > 0 ? 1 : 0) + (operands.length > 0 ? 2 : 0)];
  const numbers = joined(namedRows(index, given), others);
  for (let at = 0; at < numbers.length; at++) {
    const row = rows[numbers[at] as number] as Row;
    if (matches(row[0], given, folder)) return row;
  }
  return undefined;
}

const NONE: readonly number[] = [];

/** The rows that begin with a word or an option that is given, in rising order. */
function namedRows({ words, options, optionLines }: RowIndex, given: Arguments): readonly number[] {
  let found = NONE;
  for (let at = 0; at < given.operands.length; at++)
    found = joined(found, words.get((given.operands[at] as Operand).word.text));
  for (let at = 0; at < given.options.length; at++) {
    const { name } = given.options[at] as GivenOption;
    found = joined(found, options.get(name));
    if (!optionLines.includes(`\n${name}`) || !name.startsWith("--")) continue;
    for (const [wanted, numbers] of options)
      if (wanted !== name && isOption(name, wanted)) found = joined(found, numbers);
  }
  return found;
}

/** Two lists in rising order as one. */
function joined(some: readonly number[], others: readonly number[] | undefined): readonly number[] {
  if (others === undefined || others.length === 0) return some;
  if (some.length === 0) return others;
  const all: number[] = [];
  for (let at = 0, otherAt = 0; at < some.length || otherAt < others.length;) {
    const one = some[at] ?? Infinity;
    const other = others[otherAt] ?? Infinity;
    all.push(one < other ? one : other);
    if (one <= other) at++;
    if (other <= one) otherAt++;
  }
  return all;
}

function indexOf(rows: readonly Row[]): RowIndex {
  const words = new Map<string, number[]>();
  const options = new Map<string, number[]>();
  const others: number[][] = [[], [], [], []];
  const add = (numbers: Map<string, number[]>, names: readonly string[], at: number): void => {
    for (const name of new Set(names)) {
      const known = numbers.get(name);
      if (known === undefined) numbers.set(name, [at]);
      else known.push(at);
    }
  };
  for (const [at, [pattern]] of rows.entries()) {
    const [first = ""] = pattern.split(" ", 1);
    const names = first.split("|").map((one) => one.split("=", 1)[0] as string);
    if (first.startsWith("!") || first === "<none>") for (const one of others) one.push(at);
    else if (first.startsWith("-") && names.every((name) => name.startsWith("-") && !name.includes("*")))
      add(options, names, at);
    else if (first.startsWith("-")) for (const one of [1, 3]) others[one]?.push(at);
    else if (/^@|[*<]/.test(first)) for (const one of [2, 3]) others[one]?.push(at);
    else add(words, first.split("|"), at);
  }
  return { words, options, optionLines: `\n${[...options.keys()].join("\n")}`, others };
}
