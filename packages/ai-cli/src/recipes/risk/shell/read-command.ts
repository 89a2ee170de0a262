import type { ArrayValue, Assignment, Command, CommandArgument, Redirection, Word } from "unbash";
import { NOTHING, type Output } from "../output.ts";
import type { Reading } from "../reading.ts";
import type { Scope } from "../scope.ts";
import { judgeVariable } from "./judge-variable.ts";
import { noteWritten, readRedirections } from "./read-redirections.ts";
import { addWords, resolveText, resolveWords, type ReadScript } from "../words/resolve-words.ts";
import { unknownWord, type ShellWord } from "../words/shell-word.ts";

/** Reads a simple command with its assignments and redirections; gives what it prints. */
export function readCommand(command: Command, scope: Scope, reading: Reading, input: Output, read: ReadScript): Output {
  const words: ShellWord[] = [];
  if (command.name !== undefined) addWords(words, command.name, scope, read);
  const { args, prefix, redirects: redirections } = command;
  for (let at = 0; at < args.length; at++) {
    const argument = args[at] as CommandArgument;
    if (argument.type === "Word") addWords(words, argument, scope, read);
    else words.push(assignmentWord(argument, scope, read));
  }
  for (let at = 0; at < prefix.length; at++) {
    const one = prefix[at] as Assignment | Redirection;
    if (one.type !== "Assignment") continue;
    const values = assignedValues(one, scope, read);
    // In front of a command a variable is that command's; alone it stays.
    if (words.length === 0) assign(one.name, values, one.append === true, scope);
    else judgeVariable(one.name, values[0]?.text ?? "", scope, reading);
  }
  if (redirections.length === 0) return words.length === 0 ? NOTHING : reading.readWords(words, scope, input);
  const redirected = readRedirections(redirections, printsNothing(words, redirections), scope, reading, read, input);
  const output = words.length === 0 ? NOTHING : reading.readWords(words, scope, redirected.input);
  noteWritten(redirected.files, output, scope, reading);
  return redirected.away ? NOTHING : output;
}

function printsNothing(words: readonly ShellWord[], redirections: readonly Redirection[]): boolean {
  if (words.length === 1 && words[0]?.text === "cat")
    return redirections.some((one) => one.operator === "<" && one.target?.value === "/dev/null");
  const line = words.map(({ text }) => text).join(" ");
  return /^(?:|:|true|cat \/dev\/null|echo -n ?|printf ?|echo)$/.test(line.trim());
}

const LONGEST_VALUE = 16_384;

/** Gives a variable its values; more than one when it is added to. */
export function assign(name: string, values: readonly ShellWord[], append: boolean, scope: Scope): void {
  const before = append ? (scope.variables.get(name) ?? []) : [];
  const [old] = before;
  const [added] = values;
  // A value that doubles itself again and again is nobody's.
  if (values.some(({ text }) => text.length > LONGEST_VALUE)) scope.variables.set(name, [unknownWord(`$${name}`)]);
  else if (append && before.length === 1 && values.length === 1 && old !== undefined && added !== undefined)
    scope.variables.set(name, [{ ...added, text: old.text + added.text, known: old.known && added.known }]);
  else scope.variables.set(name, [...before, ...values].slice(0, 24));
}

function assignedValues(one: Assignment, scope: Scope, read: ReadScript): readonly ShellWord[] {
  return isArray(one.value)
    ? one.value.elements.flatMap((word) => resolveWords(word, scope, read))
    : [resolveText(one.value, scope, read)];
}

function assignmentWord(one: Assignment, scope: Scope, read: ReadScript): ShellWord {
  const values = assignedValues(one, scope, read);
  assign(one.name, values, one.append === true, scope);
  const [first] = values;
  return { text: `${one.name}=${values.map(({ text }) => text).join(" ")}`, known: first?.known ?? true, glob: false };
}

function isArray(value: Word | ArrayValue): value is ArrayValue {
  return value.type === "ArrayValue";
}
