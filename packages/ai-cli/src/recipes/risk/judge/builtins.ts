import { knownText, NOTHING, UNKNOWN, type Output } from "../output.ts";
import type { Reading } from "../reading.ts";
import { calling, innerScope, setPositional, type Scope } from "../scope.ts";
import { judgeVariable } from "../shell/judge-variable.ts";
import { isProgram } from "../rules/programs.ts";
import { judgeTarget, noteWritten } from "../shell/read-redirections.ts";
import { readArguments } from "../words/arguments.ts";
import { normalPath, pathIn } from "../words/normal-path.ts";
import { plainWord, unknownWord, type ShellWord } from "../words/shell-word.ts";
import { judgeFetched } from "./earlier-files.ts";
import { readFind } from "./read-find.ts";

type Builtin = (words: readonly ShellWord[], scope: Scope, reading: Reading, input: Output) => Output;

/** Commands that change what the words after them mean, so that no row could judge them. */
export const BUILTINS: Readonly<Record<string, Builtin>> = {
  __proto__: null as never,
  cd: changeFolder,
  pushd: changeFolder,
  popd: leaveFolder,
  set: setParameters,
  shift: shiftParameters,
  eval: (words, scope, reading, input) => reading.readShell(textOf(words), scope, input),
  alias: defineAliases,
  export: declareVariables,
  declare: declareReferences,
  typeset: declareReferences,
  local: declareReferences,
  readonly: declareVariables,
  unset: forgetVariables,
  read: readVariables,
  mapfile: readVariables,
  readarray: readVariables,
  trap: (words, scope, reading) => {
    const command = words.find(({ text }) => !text.startsWith("-"));
    // By then the variables have the values that later lines give them.
    if (command !== undefined && words.length > 1) reading.later.push(() => reading.readShell(command.text, scope));
    return NOTHING;
  },
  source: (words, scope, reading, input) => sourceFile(words, scope, reading, input),
  ".": (words, scope, reading, input) => sourceFile(words, scope, reading, input),
  find: (words, scope, reading) => readFind(words, scope, reading),
  tee: writeFiles,
  sponge: writeFiles,
};

/** What comes in goes into each of these files, as through a redirection, and on. */
function writeFiles(words: readonly ShellWord[], scope: Scope, reading: Reading, input: Output): Output {
  const { options, operands } = readArguments(words, {});
  const appends = options.some(({ name }) => name === "-a" || name === "--append");
  const isEmpty = input.kind === "text" && input.text === "";
  for (const { word } of operands) {
    const command = /^>\((.*)\)$/s.exec(word.text)?.[1];
    if (command !== undefined) reading.readShell(command, innerScope(scope), input);
    judgeTarget(word, appends ? ">>" : ">", isEmpty, scope, reading);
  }
  const files = operands.map(({ word }) => ({ path: word.text, appends }));
  noteWritten(files, input, scope, reading);
  return input;
}

function setParameters(words: readonly ShellWord[], scope: Scope): Output {
  if (words.length === 0) return UNKNOWN;
  let from = words.findIndex(
    ({ text }, at) => !/^[-+]/.test(text) && !/^[-+][a-zA-Z]*o$/.test(words[at - 1]?.text ?? ""),
  );
  const dashes = words.findIndex(({ text }) => text === "--");
  if (dashes >= 0 && (from < 0 || dashes < from)) from = dashes + 1;
  // Which of two of these counts may depend on what happens.
  if (from >= 0) setPositional(scope.variables.has("#") ? undefined : words.slice(from), scope);
  return NOTHING;
}

function shiftParameters(words: readonly ShellWord[], scope: Scope): Output {
  const count = Number(words[0]?.text ?? 1);
  const all = scope.variables.get("@");
  setPositional(Number.isInteger(count) ? all?.slice(count) : undefined, scope);
  return NOTHING;
}

function textOf(words: readonly ShellWord[]): string {
  return words.map(({ text }) => text).join(" ");
}

function changeFolder(words: readonly ShellWord[], scope: Scope): Output {
  const target = words.find(({ text }) => text === "-" || !text.startsWith("-"));
  if (target === undefined) scope.folder = "~";
  else scope.folder = target.text === "-" || /^\+\d/.test(target.text) ? "" : pathIn(scope.folder, target.text);
  if (scope.folder === ".") scope.folder = "";
  return NOTHING;
}

function leaveFolder(_: readonly ShellWord[], scope: Scope): Output {
  scope.folder = "";
  return NOTHING;
}

function defineAliases(words: readonly ShellWord[], scope: Scope, reading: Reading): Output {
  for (const { text } of words) {
    const equals = text.indexOf("=");
    if (equals < 1) continue;
    const [name, command] = [text.slice(0, equals), text.slice(equals + 1)];
    scope.aliases.set(name, command);
    // Whoever uses a known name later does not see that it is something else.
    if (command.includes(" ") && isProgram(name))
      reading.later.push(() => reading.readShell(command, calling(scope, `alias ${name}`)));
  }
  return NOTHING;
}

function declareVariables(words: readonly ShellWord[], scope: Scope, reading: Reading): Output {
  for (const word of words) {
    const [, name, value] = /^(\w+)\+?=(.*)$/s.exec(word.text) ?? [];
    if (name === undefined) continue;
    if (!scope.variables.has(name)) scope.variables.set(name, [{ ...word, text: value ?? "" }]);
    judgeVariable(name, value ?? "", scope, reading);
  }
  return NOTHING;
}

function declareReferences(words: readonly ShellWord[], scope: Scope, reading: Reading): Output {
  const output = declareVariables(words, scope, reading);
  // A name for another variable stands for whatever that one is by then.
  if (words.some(({ text }) => /^-[a-zA-Z]*n/.test(text)))
    for (const { text } of words) {
      const name = /^\w+(?==)/.exec(text)?.[0];
      if (name !== undefined) scope.variables.set(name, [unknownWord(`$${name}`)]);
    }
  return output;
}

function forgetVariables(words: readonly ShellWord[], scope: Scope): Output {
  for (const { text } of words) {
    scope.variables.delete(text);
    scope.functions.delete(text);
  }
  return NOTHING;
}

function readVariables(words: readonly ShellWord[], scope: Scope, _: Reading, input: Output): Output {
  for (const { text } of words) {
    if (!/^[A-Za-z_]\w*$/.test(text)) continue;
    if (input.kind === "names") scope.variables.set(text, input.words);
    else if (input.kind === "text" && input.text.trim() !== "")
      scope.variables.set(text, input.text.trim().split("\n").slice(0, 24).map(plainWord));
    else scope.variables.set(text, [unknownWord(`$${text}`)]);
  }
  return NOTHING;
}

const STANDARD_INPUT = plainWord("/dev/stdin");
const OPEN_FILE = /^\/dev\/(?:stdin|fd\/\d+)$/;

function sourceFile(words: readonly ShellWord[], scope: Scope, reading: Reading, input: Output): Output {
  const file = words[0] ?? STANDARD_INPUT;
  judgeFetched(file.text, reading);
  if (/^<\((?:downloaded|decoded)/.test(file.text))
    reading.find("high", "runs code that it downloads or decodes first");
  else if (reading.written.has(normalPath(file.text)))
    return reading.readShell(reading.written.get(normalPath(file.text)) ?? "", scope);
  else if (/^<\(.*\)$/s.test(file.text)) {
    const text = knownText(reading.readShell(file.text.slice(2, -1), innerScope(scope)));
    reading.find("medium", "runs a script that was not read");
    return text === undefined ? UNKNOWN : reading.readShell(text, scope);
  } else if (file.text === "-" || OPEN_FILE.test(file.text)) {
    const text = knownText(input);
    if (text !== undefined) return reading.readShell(text, scope);
    if (input.kind === "downloaded" || input.kind === "decoded")
      reading.find("high", "runs code straight from a network");
    else reading.find("medium", "runs a script that was not read");
  } else if (
    /(?:^|\/)(?:activate|\.?nvm\.sh|\.env[\w.-]*|\.?(?:bash|zsh)rc|\.profile|env|setup\.bash)$/.test(file.text)
  )
    reading.find("low", "takes over the settings in a file");
  else reading.find("medium", "runs a script that was not read");
  return UNKNOWN;
}
