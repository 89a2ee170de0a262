import { UNKNOWN, type Output } from "../output.ts";
import { plainWord, unknownWord, type ShellWord } from "../words/shell-word.ts";

/** What an expression or a command of PowerShell gives, as far as it can be told. */
export interface Value {
  /** The texts that it is, or the names of what it is. */
  readonly words: readonly ShellWord[];
  /** The last part of the name of its type, or the command that it comes from, in lower case. */
  readonly type: string;
  /** What nobody has read, or nobody else should. */
  readonly kind?: "downloaded" | "decoded" | "secret" | "content" | "settings";
  /** What a table holds. */
  readonly entries?: ReadonlyMap<string, Value>;
}

export const NO_VALUE: Value = { words: [], type: "" };

/** A value of which only the source is known. */
export function unknownValue(source: string, type = ""): Value {
  return { words: [unknownWord(source)], type };
}

export function textValue(text: string): Value {
  return { words: [plainWord(text)], type: "string" };
}

/** More words say nothing new. */
const MOST_WORDS = 24;
/** A text that doubles itself again and again is nobody's. */
const LONGEST = 16_384;

/** Several values as one list. */
export function joinValues(values: readonly Value[]): Value {
  if (values.length === 1 && values[0] !== undefined) return values[0];
  const kind = values.find((value) => value.kind !== undefined)?.kind;
  return {
    words: values.flatMap(({ words }) => words).slice(0, MOST_WORDS),
    type: values[0]?.type ?? "",
    ...(kind !== undefined && { kind }),
  };
}

/** Two values as one text: each of the first with each of the second behind it. */
export function appendValue(first: Value, second: Value): Value {
  const words: ShellWord[] = [];
  for (const one of first.words.length === 0 ? EMPTY : first.words)
    for (const other of second.words.length === 0 ? EMPTY : second.words) {
      const text = shown(one) + shown(other);
      if (words.length >= MOST_WORDS) continue;
      if (text.length > LONGEST) words.push(unknownWord("$long"));
      else words.push({ text, known: one.known && other.known, glob: false });
    }
  const kind = first.kind ?? second.kind;
  return { words, type: "string", ...(kind !== undefined && { kind }) };
}

const EMPTY: readonly ShellWord[] = [plainWord("")];

function shown({ text }: ShellWord): string {
  return text === "$null" ? "" : text;
}

/** All the text of a value; undefined when not all of it is known. */
export function knownTextOf({ words, kind }: Value): string | undefined {
  if (kind !== undefined || words.length === 0 || !words.every(({ known }) => known)) return undefined;
  return words.map(shown).join("\n");
}

/** Whether nothing is in a value: `$null`, `''` and `@()`. */
export function isEmpty({ words, kind, entries }: Value): boolean {
  return kind === undefined && entries === undefined && words.every(({ text }) => text === "" || text === "$null");
}

/** What a program has through its standard input. */
export function outputOfValue(value: Value): Output {
  if (value.kind === "settings") return UNKNOWN;
  if (value.kind !== undefined) return { kind: value.kind };
  const text = knownTextOf(value);
  if (text !== undefined) return { kind: "text", text: `${text}\n` };
  if (value.words.length === 0) return UNKNOWN;
  return { kind: "made", text: value.words.map((word) => word.text).join("\n") };
}

/** What a program prints, as a value. */
export function valueOfOutput(output: Output): Value {
  switch (output.kind) {
    case "text":
      return {
        words: output.text.trim() === "" ? [] : output.text.trim().split("\n").slice(0, MOST_WORDS).map(plainWord),
        type: "string",
      };
    case "made":
      return { words: [unknownWord(output.text)], type: "string" };
    case "names":
      return { words: output.words, type: "string" };
    case "unknown":
      return unknownValue("$line", "string");
    default:
      return { words: [], type: "string", kind: output.kind };
  }
}
