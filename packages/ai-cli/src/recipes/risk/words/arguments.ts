import type { ShellWord } from "./shell-word.ts";

/** How a program reads its options. */
export interface OptionShape {
  /** Options that take the next word as their value, separated by spaces. */
  readonly values?: string;
  /** Whether options are whole words behind one dash, as find has them. */
  readonly wordOptions?: boolean;
  /** Whether what stands behind the first operand is no option of the program, as it is for shells. */
  readonly optionsFirst?: boolean;
}

/** An option as it was given: `-r` for each letter of `-rf`. */
export interface GivenOption {
  readonly name: string;
  readonly value: ShellWord | undefined;
}

/** A word that is no option. */
export interface Operand {
  readonly word: ShellWord;
  /** Whether it stands behind an option and may be that one's value. */
  readonly afterOption: boolean;
}

/** The words behind a program's name, taken apart. */
export interface Arguments {
  readonly options: readonly GivenOption[];
  readonly operands: readonly Operand[];
}

const SHAPES = new Map<string, ReadonlySet<string>>();

/** The options of a shape that take values. */
export function valueOptions(values: string | undefined): ReadonlySet<string> {
  if (values === undefined) return NO_VALUES;
  let known = SHAPES.get(values);
  if (known === undefined) SHAPES.set(values, (known = new Set(values.split(" "))));
  return known;
}

const NO_VALUES: ReadonlySet<string> = new Set();

/** What looks like an option is none's value, so that nothing is hidden behind a wrong guess. */
function isValue(word: ShellWord | undefined): boolean {
  return word !== undefined && !(word.text.startsWith("-") && /^-(?:-|[A-Za-z])/.test(word.text));
}

/** JSON without what may stand between its parts. */
function withoutBlanks(word: ShellWord | undefined): ShellWord | undefined {
  return word !== undefined && word.text.startsWith("{") && /\s/.test(word.text)
    ? { ...word, text: word.text.replace(/\s+/g, "") }
    : word;
}

/** Takes words apart into options and operands. */
export function readArguments(words: readonly ShellWord[], shape: OptionShape): Arguments {
  const values = valueOptions(shape.values);
  const options: GivenOption[] = [];
  const operands: Operand[] = [];
  let ended = false;
  let afterOption = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as ShellWord;
    const { text } = word;
    if (ended || text.length < 2 || !text.startsWith("-")) {
      operands.push({ word, afterOption });
      afterOption = false;
      ended ||= shape.optionsFirst === true;
      continue;
    }
    if (text === "--") {
      ended = true;
      options.push({ name: text, value: undefined });
      continue;
    }
    const equals = text.indexOf("=");
    if (text.startsWith("--") || shape.wordOptions === true) {
      const name = equals > 0 ? text.slice(0, equals) : text;
      const next = equals < 0 && values.has(name) && isValue(words[at + 1]) ? words[++at] : undefined;
      options.push({ name, value: withoutBlanks(equals > 0 ? { ...word, text: text.slice(equals + 1) } : next) });
      afterOption = equals < 0 && next === undefined;
      continue;
    }
    afterOption = true;
    for (let letter = 1; letter < text.length; letter++) {
      const name = `-${text[letter]}`;
      if (!values.has(name)) {
        options.push({ name, value: undefined });
        continue;
      }
      const attached = text.slice(letter + 1).replace(/^=/, "");
      options.push({
        name,
        value: attached !== "" ? { ...word, text: attached } : isValue(words[at + 1]) ? words[++at] : undefined,
      });
      afterOption = false;
      break;
    }
  }
  return { options, operands };
}
