import type {
  AndOr,
  CompoundList,
  Function as ShellFunction,
  ParsedScript,
  Pipeline,
  PipelineNode,
  Redirection,
  Statement,
  SyntaxNode,
  While,
  Word,
} from "unbash";
import { forEachChild } from "unbash";
import { joinOutputs, madeOutput, NOTHING, UNKNOWN, type Output } from "../output.ts";
import type { Reading } from "../reading.ts";
import { calling, innerScope, setPositional, type Scope } from "../scope.ts";
import { unknownWord, type ShellWord } from "../words/shell-word.ts";
import { resolveWords, type ReadScript } from "../words/resolve-words.ts";
import type { PlainCommand } from "./plain-commands.ts";
import { emptiedBeforeRead } from "./emptied-before-read.ts";
import { readCommand } from "./read-command.ts";
import { noteWritten, readRedirections, type Redirected } from "./read-redirections.ts";

/** Reads a parsed script; gives what it prints. */
export function readScript(
  script: ParsedScript | undefined,
  scope: Scope,
  reading: Reading,
  input: Output = UNKNOWN,
): Output {
  if (script === undefined) return UNKNOWN;
  if (script.errors !== undefined && script.errors.length > 0)
    reading.find("high", `cannot be read as shell (${script.errors[0]?.message ?? "unknown"})`);
  return readStatements(script.commands, scope, reading, input);
}

/** Reads commands that no parser had to take apart; gives what they print. */
export function readPlainCommands(
  commands: readonly PlainCommand[],
  scope: Scope,
  reading: Reading,
  input: Output,
): Output {
  let printed: Output = NOTHING;
  let isPiped = false;
  let output = input;
  for (let at = 0; at < commands.length; at++) {
    const { words, operator } = commands[at] as PlainCommand;
    if (isPiped && words.some(isTee)) judgeTee(commands, words, reading);
    const own = isPiped || operator === "|" ? innerScope(scope) : scope;
    output = reading.readWords(words, own, isPiped ? output : input);
    isPiped = operator === "|";
    if (isPiped) output = throughPipe(output);
    else printed = joinOutputs(printed, output);
  }
  return printed;
}

const CONTENT: Output = { kind: "content" };

/** What comes through a pipe is there, even if nobody knows what it is. */
function throughPipe(output: Output): Output {
  return output.kind === "unknown" ? CONTENT : output;
}

function isTee({ text }: ShellWord): boolean {
  return text === "tee";
}

/** Judges whether `tee` writes over a file that a command in front of it reads. */
function judgeTee(commands: readonly PlainCommand[], words: readonly ShellWord[], reading: Reading): void {
  if (words.some(({ text }) => text === "-a" || text === "--append")) return;
  const files = words.map(({ text }) => text).filter((text) => /[./]/.test(text) && !/^\/(?:dev|tmp)\//.test(text));
  const read = commands
    .slice(
      0,
      commands.findIndex((one) => one.words === words),
    )
    .flatMap((one) => one.words.slice(1));
  const file = files.find((text) => read.some((word) => word.text === text));
  if (file !== undefined) reading.find("high", `empties ${file} before it is read`);
}

/** How substitutions inside words are read: in a shell of their own. */
function substitutionReader(scope: Scope, reading: Reading): ReadScript {
  return (script) => readScript(script, innerScope(scope), reading);
}

function readStatements(statements: readonly Statement[], scope: Scope, reading: Reading, input: Output): Output {
  // Most steps are read before V8 has compiled this: iterators would take longer than what they go over.
  let output = NOTHING;
  for (let at = 0; at < statements.length; at++)
    output = joinOutputs(output, readNode((statements[at] as Statement).command, scope, reading, input));
  return output;
}

function readList(list: CompoundList | undefined, scope: Scope, reading: Reading, input: Output): Output {
  return list === undefined ? NOTHING : readStatements(list.commands, scope, reading, input);
}

function readNode(node: PipelineNode | AndOr | CompoundList, scope: Scope, reading: Reading, input: Output): Output {
  switch (node.type) {
    case "Command":
      if (node.redirects.length > 0) judgeEmptied([node], reading);
      return readCommand(node, scope, reading, input, substitutionReader(scope, reading));
    case "Pipeline":
      return readPipeline(node, scope, reading, input);
    case "AndOr": {
      let output = NOTHING;
      for (let at = 0; at < node.commands.length; at++)
        output = joinOutputs(output, readNode(node.commands[at] as PipelineNode, scope, reading, input));
      return output;
    }
    case "CompoundList":
    case "BraceGroup":
      return readList(node.type === "BraceGroup" ? node.body : node, scope, reading, input);
    case "Subshell":
      return readList(node.body, innerScope(scope), reading, input);
    case "If": {
      readList(node.clause, scope, reading, input);
      let output = readList(node.then, scope, reading, input);
      for (const one of node.elif) {
        readList(one.clause, scope, reading, input);
        output = joinOutputs(output, readList(one.then, scope, reading, input));
      }
      return joinOutputs(output, readList(node.else, scope, reading, input));
    }
    case "While":
      readList(node.clause, scope, reading, input);
      if (multipliesWithoutEnd(node))
        reading.find("critical", "starts programs again and again until the machine stands still");
      return loopOutput(readList(node.body, scope, reading, input));
    case "For":
    case "Select":
      scope.variables.set(node.name.value, loopValues(node.wordlist ?? [], node.name.value, scope, reading));
      return loopOutput(readList(node.body, scope, reading, input));
    case "ArithmeticFor":
      readExpansions(node, scope, reading);
      return loopOutput(readList(node.body, scope, reading, input));
    case "Case":
      resolveWords(node.word, scope, substitutionReader(scope, reading));
      return node.items.reduce<Output>(
        (output, item) => joinOutputs(output, readList(item.body, scope, reading, input)),
        NOTHING,
      );
    case "Redirected": {
      judgeEmptied([node], reading);
      const { input: from, files } = redirected(node.redirects, scope, reading, input);
      const output = readNode(node.command, scope, reading, from);
      noteWritten(files, output, scope, reading);
      return output;
    }
    case "Function":
      defineFunction(node, scope, reading);
      return NOTHING;
    case "Coproc":
      return readNode(node.body, innerScope(scope), reading, UNKNOWN);
    default:
      readExpansions(node, scope, reading);
      return NOTHING;
  }
}

/** Whether a loop never ends and waits for nothing that it starts. */
function multipliesWithoutEnd({ kind, clause, body }: While): boolean {
  const [first] = clause.commands;
  if (first?.command.type !== "Command") return false;
  const line = [first.command.name, ...first.command.args]
    .map((word) => (word?.type === "Word" ? word.value : ""))
    .join(" ");
  if (!(kind === "while" ? /^(?::|true|\[ 1 \])$/ : /^false$/).test(line)) return false;
  const started = body.commands.filter(({ background }) => background === true);
  return started.length > 0 && body.commands.every((one) => started.includes(one) || doesNothing(one.command));
}

function doesNothing(command: Statement["command"]): boolean {
  return command.type === "Command" && /^(?:|:|true|echo|printf)$/.test(command.name?.value ?? "");
}

/** A loop prints its body's output more than once. */
function loopOutput(output: Output): Output {
  return output.kind === "text" && output.text !== "" ? madeOutput(output.text) : output;
}

function readPipeline(node: Pipeline, scope: Scope, reading: Reading, input: Output): Output {
  let output = input;
  if (node.commands.length > 1) judgeEmptied(node.commands, reading);
  for (let at = 0; at < node.commands.length; at++) {
    const own = node.commands.length > 1 ? innerScope(scope) : scope;
    output = readNode(node.commands[at] as PipelineNode, own, reading, at === 0 ? output : throughPipe(output));
  }
  return output;
}

function judgeEmptied(commands: readonly PipelineNode[], reading: Reading): void {
  const file = emptiedBeforeRead(commands);
  if (file !== undefined) reading.find("high", `empties ${file} before it is read`);
}

function redirected(redirects: readonly Redirection[], scope: Scope, reading: Reading, input: Output): Redirected {
  return readRedirections(redirects, false, scope, reading, substitutionReader(scope, reading), input);
}

function loopValues(words: readonly Word[], name: string, scope: Scope, reading: Reading): readonly ShellWord[] {
  const read = substitutionReader(scope, reading);
  const values = words.flatMap((word) => resolveWords(word, scope, read));
  return values.length === 0 ? [unknownWord(`$${name}`)] : values.slice(0, 24);
}

/** Reads the substitutions in what is no command: tests and arithmetic. */
function readExpansions(node: SyntaxNode, scope: Scope, reading: Reading): void {
  if (node.type === "CompoundList") return;
  if (
    node.type === "CommandExpansion" ||
    node.type === "ArithmeticCommandExpansion" ||
    node.type === "ProcessSubstitution"
  ) {
    readScript(node.script, innerScope(scope), reading);
    return;
  }
  forEachChild(node, (child) => readExpansions(child, scope, reading));
}

function defineFunction(node: ShellFunction, scope: Scope, reading: Reading): void {
  const name = node.name.value;
  if (multiplies(node.body, name))
    reading.find("critical", "starts itself again and again until the machine stands still");
  scope.functions.set(name, node);
  // Nobody may call it, but what it would do is part of the step.
  reading.later.push(() => {
    if (!reading.called.has(node)) callFunction(node, [], scope, reading, UNKNOWN);
  });
}

/** Reads a function's body with the words it is called with. */
export function callFunction(
  node: ShellFunction,
  words: readonly ShellWord[],
  scope: Scope,
  reading: Reading,
  input: Output,
): Output {
  const name = node.name.value;
  if (scope.calling.has(name)) return UNKNOWN;
  reading.called.add(node);
  const inner = calling(scope, name);
  setPositional(words, inner);
  return readNode(node.body, inner, reading, input);
}

/** Whether a function calls itself more than once at the same time. */
function multiplies(node: SyntaxNode, name: string): boolean {
  const isCall = (one: SyntaxNode): boolean => one.type === "Command" && one.name?.value === name;
  let found = false;
  if (node.type === "Pipeline" && node.commands.filter(isCall).length > 1) return true;
  if (node.type === "Statement" && node.background === true && isCall(node.command)) return true;
  forEachChild(node, (child) => {
    found ||= multiplies(child, name);
  });
  return found;
}
