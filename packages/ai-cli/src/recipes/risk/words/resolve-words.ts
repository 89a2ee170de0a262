import type { ParameterExpansionPart, ParsedScript, Word, WordPart } from "unbash";
import type { Output } from "../output.ts";
import type { Scope } from "../scope.ts";
import { braceAlternatives } from "./brace-alternatives.ts";
import { plainWord, unknownWord, type ShellWord } from "./shell-word.ts";

/** Reads the commands in a substitution; gives what they print. */
export type ReadScript = (script: ParsedScript | undefined) => Output;

/** More words than this are not told apart. */
const MOST = 24;

/**
 * The words that the shell makes of one: braces, known variables and substitutions whose output is known are put in.
 * A variable that can be one of several things stands for all of them.
 */
export function resolveWords(word: Word, scope: Scope, read: ReadScript): readonly ShellWord[] {
  const words: ShellWord[] = [];
  addWords(words, word, scope, read);
  return words;
}

/** Adds those words to others. */
export function addWords(words: ShellWord[], word: Word, scope: Scope, read: ReadScript): void {
  const { parts } = word;
  if (parts === undefined) {
    words.push({ text: word.value, known: true, glob: /^[^\\'"]*[*?]/.test(word.text) });
    return;
  }
  if (parts.length === 1 && isText(parts[0])) {
    words.push(plainWord(word.value));
    return;
  }
  const made = new Fields();
  for (const part of parts) addPart(made, part, false, scope, read);
  words.push(...made.finish());
}

/** Whether quotes hold text alone, as most do. */
function isText(part: WordPart | undefined): boolean {
  if (part?.type === "SingleQuoted") return true;
  return part?.type === "DoubleQuoted" && part.parts.length === 1 && part.parts[0]?.type === "Literal";
}

/** A word as one text, as in an assignment, where nothing is split. */
export function resolveText(word: Word, scope: Scope, read: ReadScript): ShellWord {
  if (word.parts === undefined) return { text: word.value, known: true, glob: false };
  const made = new Fields();
  for (const part of word.parts) addPart(made, part, true, scope, read);
  return made.finish()[0] ?? { text: "", known: true, glob: false };
}

/** The words that come to be: several at once where there are alternatives. */
class Fields {
  #done: ShellWord[] = [];
  #open: ShellWord[] = [{ text: "", known: true, glob: false }];
  #begun = false;

  add(text: string, known: boolean, glob: boolean): void {
    this.#begun = true;
    for (let at = 0; at < this.#open.length; at++) {
      const one = this.#open[at] as ShellWord;
      this.#open[at] = { text: one.text + text, known: one.known && known, glob: one.glob || glob };
    }
  }

  /** Goes on with each of these. */
  fork(words: readonly ShellWord[]): void {
    this.#begun = true;
    this.#open = this.#open
      .flatMap((one) =>
        words.map((word) => ({
          text: one.text + word.text,
          known: one.known && word.known,
          glob: one.glob || word.glob,
        })),
      )
      .slice(0, MOST);
  }

  split(): void {
    if (this.#begun && this.#open.some(({ text }) => text !== "")) this.#end();
    this.#open = [{ text: "", known: true, glob: false }];
    this.#begun = false;
  }

  finish(): readonly ShellWord[] {
    if (this.#begun) this.#end();
    return this.#done;
  }

  #end(): void {
    for (let at = 0; at < this.#open.length; at++) {
      const word = this.#open[at] as ShellWord;
      this.#done.push(at === 0 ? word : { ...word, isOther: true });
    }
  }
}

function addPart(made: Fields, part: WordPart, quoted: boolean, scope: Scope, read: ReadScript): void {
  switch (part.type) {
    case "Literal":
    case "SingleQuoted":
    case "AnsiCQuoted":
      return made.add(part.value, true, false);
    case "Glob":
      return made.add(part.value, true, !quoted);
    case "ExtendedGlob":
      return made.add(`*${part.text.startsWith("!") ? "" : part.pattern}`, true, true);
    case "DoubleQuoted":
    case "LocaleString":
      made.add("", true, false);
      for (const child of part.parts) addPart(made, child, true, scope, read);
      return undefined;
    case "SimpleExpansion":
      return addVariable(made, part.text.slice(1), quoted, scope);
    case "ParameterExpansion":
      return addExpansion(made, part, quoted, scope, read);
    case "CommandExpansion":
      if (/^\$\(\s*</.test(part.text)) return made.add(part.text, false, false);
      return addOutput(made, read(part.script), part.text, quoted, scope);
    case "ProcessSubstitution":
      return made.add(fromProcess(read(part.script), part.text), false, false);
    case "ArithmeticExpansion":
      return made.add("$((…))", false, false);
    case "BraceExpansion":
      return made.fork(braceAlternatives(part.text).map((text) => ({ text, known: true, glob: /[*?]/.test(text) })));
    default:
      return made.add("$?", false, false);
  }
}

/** What comes out of a process, for those that would run it. */
function fromProcess(output: Output, source: string): string {
  return output.kind === "downloaded" || output.kind === "decoded" ? `<(${output.kind})` : source;
}

function addVariable(made: Fields, name: string, quoted: boolean, scope: Scope): void {
  if (name === "IFS" && !quoted) return made.split();
  const values = scope.variables.get(name);
  if (values === undefined) return made.add(`$${name}`, false, false);
  addValues(made, values, quoted, scope);
}

const BLANK = /\s+/;
const SUBSTITUTION = /^\$\([^()]*\)$/;

const MOST_MARKS = 16;
/** A value of more words is not read to its end. */
const MOST_PARTS = 64;

/** What the shell splits values at that are not in quotes: blanks and, where that is known, what a step has set for it. */
function separator({ variables }: Scope): RegExp {
  const marks = variables.get("IFS")?.[0];
  if (marks === undefined || !marks.known || marks.text.trim() === "" || marks.text.length > MOST_MARKS) return BLANK;
  return new RegExp(`[\\s${marks.text.replace(/[\]\\^-]/g, "\\$&")}]+`);
}

function addValues(made: Fields, values: readonly ShellWord[], quoted: boolean, scope: Scope): void {
  if (values.length === 0) return made.add("", true, false);
  const between = separator(scope);
  if (quoted || values.length > 1 || !between.test(values[0]?.text ?? "")) return made.fork(values);
  const [value] = values as [ShellWord];
  // What a command prints that nobody knows stands there as that command.
  if (!value.known && SUBSTITUTION.test(value.text)) return made.fork(values);
  const texts = value.text.split(between, MOST_PARTS + 1);
  for (const [at, text] of texts.entries()) {
    if (at > 0) made.split();
    if (at === MOST_PARTS) made.add("$…", false, false);
    else if (text !== "") made.add(text, value.known, /[*?]/.test(text));
  }
}

function addOutput(made: Fields, output: Output, source: string, quoted: boolean, scope: Scope): void {
  if (output.kind === "names") return addValues(made, output.words, quoted, scope);
  if (output.kind !== "text") return made.add(source.replace(/^`(.*)`$/s, "$($1)"), false, false);
  addValues(made, [{ text: output.text.replace(/(?<!\n)\n+$/, ""), known: true, glob: false }], quoted, scope);
}

function addExpansion(
  made: Fields,
  part: ParameterExpansionPart,
  quoted: boolean,
  scope: Scope,
  read: ReadScript,
): void {
  const { parameter, operation, prefix, index } = part;
  const values = scope.variables.get(parameter);
  if (prefix === "#") return made.add("$#", false, false);
  if (prefix === "!") {
    const named = values?.[0];
    return named?.known === true
      ? addVariable(made, named.text, quoted, scope)
      : made.add(`$${parameter}`, false, false);
  }
  if (operation === undefined) {
    if (index !== undefined && values !== undefined && /^\d+$/.test(index.text))
      return addValues(made, values.slice(Number(index.text), Number(index.text) + 1), quoted, scope);
    return addVariable(made, parameter, quoted, scope);
  }
  if (operation.type === "Default") {
    const { operator, operand } = operation;
    const other = resolveText(operand, scope, read);
    if (operator.endsWith("?")) return addVariable(made, parameter, quoted, scope);
    if (operator.endsWith("+")) return made.add(other.text, other.known && values !== undefined, false);
    if (values !== undefined && values.some(({ text }) => text !== "")) return addValues(made, values, quoted, scope);
    return made.fork([{ ...other, known: other.known && values !== undefined }]);
  }
  if (values === undefined || values.length !== 1) return made.add(`$${parameter}`, false, false);
  const [value] = values as [ShellWord];
  const changed = change(value.text, operation, (word) => {
    const { text, known } = resolveText(word, scope, read);
    return known ? text : undefined;
  });
  addValues(made, [changed === undefined ? unknownWord(`$${parameter}`) : { ...value, text: changed }], quoted, scope);
}

/** What the simple ones of the shell's operations make of a value; undefined for the others, and where a part is unknown. */
function change(
  value: string,
  operation: NonNullable<ParameterExpansionPart["operation"]>,
  read: (word: Word) => string | undefined,
): string | undefined {
  if (operation.type === "Slice") {
    const offset = Number(read(operation.offset));
    const length = operation.length === undefined ? value.length : Number(read(operation.length));
    if (!Number.isInteger(offset) || !Number.isInteger(length) || length < 0) return undefined;
    return value.slice(offset).slice(0, length);
  }
  if (operation.type === "CaseModification") {
    const cased = operation.operator.startsWith("^") ? value.toUpperCase() : value.toLowerCase();
    return operation.operator.length === 2 ? cased : cased.slice(0, 1) + value.slice(1);
  }
  if (operation.type === "Remove") {
    const pattern = read(operation.operand);
    if (pattern === undefined || /[*?[]/.test(pattern)) return undefined;
    if (operation.operator.startsWith("#")) return value.startsWith(pattern) ? value.slice(pattern.length) : value;
    return value.endsWith(pattern) ? value.slice(0, value.length - pattern.length) : value;
  }
  if (operation.type === "Replace") {
    const pattern = read(operation.pattern);
    const replacement = read(operation.replacement);
    if (pattern === undefined || replacement === undefined || /[*?[]/.test(pattern) || pattern === "") return undefined;
    return operation.operator === "//"
      ? value.replaceAll(pattern, replacement)
      : value.replace(pattern, () => replacement);
  }
  return undefined;
}
