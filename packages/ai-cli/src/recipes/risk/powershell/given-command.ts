import type { Arguments, GivenOption, Operand } from "../words/arguments.ts";
import { plainWord } from "../words/shell-word.ts";
import { windowsPath } from "../words/windows-path.ts";
import type { Statement, Word } from "./parse-powershell.ts";
import { OPTION_VALUES, optionOf } from "./powershell-words.ts";
import { joinValues, NO_VALUE, textValue, type Value } from "./value.ts";

/** A command with what it is given. */
export interface Given {
  readonly name: string;
  /** Values by the full name of their option. */
  readonly options: ReadonlyMap<string, Value>;
  readonly operands: readonly Value[];
  readonly blocks: readonly (readonly Statement[])[];
  readonly input: Value | undefined;
}

/**
 * Takes apart what a command is given.
 * @param valueOf tells what a word stands for, and reads the code in it
 */
export function givenTo(
  name: string,
  words: readonly Word[],
  input: Value | undefined,
  valueOf: (word: Word) => Value,
): Given {
  const options = new Map<string, Value>();
  const operands: Value[] = [];
  const blocks: (readonly Statement[])[] = [];
  let option: string | undefined;
  let listed: string | undefined;
  let last: string | undefined;
  for (const word of words) {
    const [first] = word.parts;
    if (word.parts.length === 1 && first?.kind === "block") {
      blocks.push(first.statements);
      option = undefined;
      continue;
    }
    const value = valueOf(word);
    // Many write it as they would for the shell of Windows.
    if (name === "remove-item" && word.bare && /^\/[a-z]$/i.test(value.words[0]?.text ?? "")) continue;
    if (first?.kind === "splat") {
      for (const [key, one] of value.entries ?? []) options.set(optionOf(`-${key}`).name, one);
      continue;
    }
    if (word.bare && first?.kind === "text" && /^-[A-Za-z]/.test(first.text)) {
      const { name: full, hasValue } = optionOf(first.text);
      option = listed = last = undefined;
      const takesValue = OPTION_VALUES.has(full);
      if (hasValue) {
        const [{ text } = plainWord("")] = value.words;
        const attached = textValue(text.slice(text.indexOf(":") + 1));
        options.set(full, attached);
        if (!takesValue && !isTruth(attached)) operands.push(attached);
        continue;
      }
      options.set(full, NO_VALUE);
      if (takesValue) option = listed = full;
      else last = full;
      continue;
    }
    // A switch can be told whether it is meant, and so can an option that nobody knows.
    if (last !== undefined && isTruth(value)) {
      options.set(last, value);
      last = undefined;
      continue;
    }
    // What stands behind an option that nobody knows may be its value.
    if (last !== undefined) options.set(last, value);
    last = undefined;
    if (option !== undefined) options.set(option, value);
    else if (word.joined && listed !== undefined)
      options.set(listed, joinValues([options.get(listed) ?? NO_VALUE, value]));
    else {
      operands.push(value);
      listed = undefined;
    }
    option = undefined;
  }
  return { name, options, operands, blocks, input };
}

function isTruth({ words }: Value): boolean {
  return words[0]?.text === "$true" || words[0]?.text === "$false";
}

/**
 * What a command is given as rows are matched with it.
 * @param isTrial whether every command only says what it would do
 */
export function argumentsOf({ name, options, operands, input }: Given, isTrial: boolean): Arguments {
  const given: GivenOption[] = [];
  for (const [option, { words }] of options) {
    if (words.length === 0 || option === "-whatif") {
      if (option !== "-whatif" || words.every(({ text }) => text !== "$false"))
        given.push({ name: option, value: undefined });
    } else for (const word of words) given.push({ name: option, value: windowsPath(word) });
  }
  if (isTrial) given.push({ name: "-whatif", value: undefined });
  const words: Operand[] = [{ word: plainWord(name), afterOption: false }];
  for (const value of input === undefined ? operands : [...operands, input])
    for (const word of value.words) words.push({ word: windowsPath(word), afterOption: false });
  if (input !== undefined) given.push({ name: "-inputobject", value: plainWord(input.type) });
  return { options: given, operands: words };
}

/** What a command that gets something is asked for; all there is when it is not told. */
export function asked({ operands, options, input }: Given): Value {
  const name = options.get("-name");
  const words = joinValues([...operands, ...(name === undefined ? [] : [name])]).words;
  if (words.length > 0 || input !== undefined) return { words, type: "" };
  return options.size === 0 ? { words: [{ text: "*", known: true, glob: true }], type: "" } : NO_VALUE;
}
