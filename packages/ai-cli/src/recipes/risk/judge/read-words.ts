import { isAtLeast } from "../risk-level.ts";
import { knownText, madeOutput, UNKNOWN, type Output } from "../output.ts";
import { readInside, type Reading } from "../reading.ts";
import { findProgram, isProgram } from "../rules/programs.ts";
import { calling, type Scope } from "../scope.ts";
import { callFunction } from "../shell/read-script.ts";
import { judgeVariable } from "../shell/judge-variable.ts";
import { findRow } from "../table/find-row.ts";
import type { Program, Wrap } from "../table/program.ts";
import { readArguments, type Arguments } from "../words/arguments.ts";
import { plainWord, unknownWord, type ShellWord } from "../words/shell-word.ts";
import { windowsWord } from "../words/windows-path.ts";
import { BUILTINS } from "./builtins.ts";
import { isQuestion } from "./is-question.ts";
import { judgeMadeIn, judgeMoved, noteFetched, noteMade } from "./earlier-files.ts";
import { readCarried, readInput } from "./given-code.ts";
import { outputOf } from "./output-of.ts";
import { programName, toolOf } from "./program-name.ts";
import {
  judgeSubcommands,
  judgeTexts,
  judgeTold,
  judgeUnknownProgram,
  judgeUnknownWord,
  judgeVerbs,
  judgeWords,
} from "./unknown-program.ts";
import { copiesSecrets, sendsSecrets } from "./secrets.ts";
import { linesOf, withNames, wrappedFrom } from "./unwrap.ts";

/** A script that starts and stops a service. */
const INIT_SCRIPT = /^\/etc\/(?:init|rc)\.d\/([\w.-]+)$/;

const NONE: readonly never[] = [];

/** Reads one command that is taken apart into words; gives what it prints. */
export function readWords(words: readonly ShellWord[], scope: Scope, reading: Reading, input: Output): Output {
  const first = words[0];
  if (first === undefined) return UNKNOWN;
  const rest = words.slice(1);
  if (first.text === "") return readWords(rest, scope, reading, input);
  if (reading.left-- <= 0) {
    reading.find("high", "unfolds into more commands than can be read");
    return UNKNOWN;
  }
  const defined = scope.functions.get(first.text);
  if (defined !== undefined && !scope.calling.has(first.text))
    return callFunction(defined, rest, scope, reading, input);
  const alias = scope.aliases.get(first.text);
  if (alias !== undefined && !scope.calling.has(`alias ${first.text}`)) {
    const inner = calling(scope, `alias ${first.text}`);
    return reading.readShell([alias, ...rest.map(({ text }) => text)].join(" "), inner, input);
  }
  const script = first.text.startsWith("/etc/") ? INIT_SCRIPT.exec(first.text)?.[1] : undefined;
  if (script !== undefined) return readWords([plainWord("service"), plainWord(script), ...rest], scope, reading, input);
  const name = programName(first, isProgram);
  if (name === "") {
    const tool = toolOf(first, isProgram);
    if (tool !== undefined) {
      reading.find("medium", `runs ${first.text}, whatever that is`);
      return readWords([plainWord(tool), ...rest], scope, reading, input);
    }
    judgeUnknownWord(first, rest, scope, reading);
    return UNKNOWN;
  }
  const builtin = BUILTINS[name];
  if (builtin !== undefined) return builtin(rest, scope, reading, input);
  if (sendsSecrets(name, rest, input)) reading.find("high", "sends secrets of the machine away");
  if (judgeMadeIn(name, rest, scope, reading)) return UNKNOWN;
  const program = findProgram(name);
  if (program === undefined) judgeUnknownProgram(first, name, rest, scope, reading, input);
  else return readProgram(name, program, rest, scope, reading, input);
  return outputOf(name, rest, input, scope);
}

function readProgram(
  name: string,
  program: Program,
  words: readonly ShellWord[],
  scope: Scope,
  reading: Reading,
  input: Output,
): Output {
  const { wraps = NONE } = program;
  for (let at = 0; at < wraps.length; at++) {
    const wrap = wraps[at] as Wrap;
    const from = wrappedFrom(words, wrap);
    if (from === undefined) continue;
    const own = words.slice(0, from);
    const given = readArguments(program.windows === true ? own.map(windowsWord) : own, program);
    if (judgeRows(name, program, own, given, scope, reading) === "none-given") continue;
    readCarried(program, { options: given.options, operands: NONE }, scope, reading);
    return readInside(reading, () => readWrapped(wrap, own, words.slice(from), scope, reading, input));
  }
  const given = readArguments(program.windows === true ? words.map(windowsWord) : words, program);
  if (judgeRows(name, program, words, given, scope, reading) === "little-known") {
    judgeTexts(words, scope, reading);
    if (input.kind === "text" && program.input === undefined) judgeTold(input.text, scope, reading);
  }
  const isOnlyAsked = program.carries?.every(({ language }) => language === "sql") === true && isQuestion(given);
  if (!isOnlyAsked) {
    const hasCode = readCarried(program, given, scope, reading);
    // The address is code too, and data may come in besides.
    if (!hasCode || (program.input === "request" && input.kind !== "unknown"))
      readInput(program, given, scope, reading, input);
  }
  noteFetched(name, given, reading);
  noteMade(name, words, scope, reading);
  if (copiesSecrets(name, given)) reading.find("high", "sends secrets of the machine away");
  if (name === "mv" || name === "rm") judgeMoved(name, given, reading);
  return outputOf(name, words, input, scope);
}

/** Judges a program by the first of its rows that fits. */
function judgeRows(
  name: string,
  program: Program,
  words: readonly ShellWord[],
  given: Arguments,
  scope: Scope,
  reading: Reading,
): "none-given" | "judged" | "little-known" {
  const isAsked = isQuestion(given);
  const row = isAsked || program.rows === undefined ? undefined : findRow(program.rows, given, scope.folder);
  if (row !== undefined) {
    if (row[2] !== undefined) reading.find(row[1], row[2]);
    return row[1] === "none" ? "none-given" : "judged";
  }
  if (isAsked) return "none-given";
  const [level, reason] = program.otherwise ?? ["none" as const];
  if (isAtLeast(level, "low")) reading.find(level, reason ?? `runs ${name}`);
  if (level === "low") judgeSubcommands(given, scope, reading);
  if (level !== "medium") return "judged";
  judgeVerbs(given, scope, reading);
  judgeWords(withoutValues(words), reading);
  return "little-known";
}

/** Words but those that stand behind an option and may be its value: a name can be any word. */
function withoutValues(words: readonly ShellWord[]): readonly ShellWord[] {
  return words.filter(({ text }, at) => text.startsWith("-") || words[at - 1]?.text.startsWith("-") !== true);
}

function readWrapped(
  wrap: Wrap,
  own: readonly ShellWord[],
  words: readonly ShellWord[],
  scope: Scope,
  reading: Reading,
  input: Output,
): Output {
  for (const { text } of wrap.assignments === true ? own : []) {
    const [, variable, value] = /^(\w+)\+?=(.*)$/s.exec(text) ?? [];
    if (variable !== undefined) judgeVariable(variable, value ?? "", scope, reading);
  }
  if (wrap.text === true && wrap.names === true)
    return reading.readShell(linesOf(words, namesFrom(input)), scope, UNKNOWN);
  if (wrap.text === true) return reading.readShell(words.map(({ text }) => text).join(" "), scope, input);
  if (wrap.names === true) {
    const mark = markOf(own);
    const inside = input.kind === "secret" ? input : UNKNOWN;
    return madeOutput(knownText(reading.readWords(withNames(words, namesFrom(input), mark), scope, inside)));
  }
  return reading.readWords(words, scope, input);
}

/** What xargs replaces by a name. */
function markOf(own: readonly ShellWord[]): string | undefined {
  const at = own.findIndex(({ text }) => /^-[^-]*[Ii]|^--replace/.test(text));
  if (at < 0) return undefined;
  const text = own[at]?.text ?? "";
  if (text.startsWith("--replace")) return text.split("=")[1] ?? "{}";
  const attached = text.replace(/^-[^Ii]*[Ii]/, "");
  if (attached !== "") return attached;
  return text.includes("I") ? (own[at + 1]?.text ?? "{}") : "{}";
}

function namesFrom(input: Output): readonly ShellWord[] {
  if (input.kind === "names") return input.words;
  if (input.kind !== "text") return [unknownWord("$(…)")];
  return input.text
    .split(/\s+/)
    .filter((text) => text !== "")
    .slice(0, 24)
    .map((text) => ({ text: text.replace(/['"]/g, ""), known: true, glob: false }));
}
