import { readCrontab } from "../languages/crontab.ts";
import { staysInside } from "../languages/sql.ts";
import { knownText, type Output } from "../output.ts";
import type { Reading } from "../reading.ts";
import { innerScope, type Scope } from "../scope.ts";
import { matches } from "../table/pattern.ts";
import type { Language, Program } from "../table/program.ts";
import { valueOptions, type Arguments } from "../words/arguments.ts";
import { normalPath } from "../words/normal-path.ts";
import { plainWord } from "../words/shell-word.ts";
import { judgeFetched } from "./earlier-files.ts";
import { isQuestion } from "./is-question.ts";
import { judgeTexts } from "./unknown-program.ts";

/** Words of destruction that begin the name of a script or of a file of statements. */
const DESTROYS = "wipe|destroy|nuke|purge|drop|erase|delete|teardown";
const DESTROYING_SCRIPT = new RegExp(
  `^(?:${DESTROYS}|tear-down|decommission|terminate|uninstall|factory-reset|reset-?_?db)(?:[-_.][\\w.-]+)?\\.\\w+$`,
);
/** Those of statements may end with them, too. */
const DESTROYING_STATEMENTS = new RegExp(
  `^(?:(?:${DESTROYS}|truncate|reset)(?:[-_.][\\w.-]+)?|[\\w.-]+[-_.](?:${DESTROYS}|truncate|reset))\\.sql$`,
);

/** What copies of a database are called. */
const COPY = /(?:^|[\W_])(?:backups?|dump|restore|old)(?:[\W_]|$)/i;

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Judges a script by what it is called. */
function judgeScriptName(path: string, reading: Reading): void {
  const name = nameOf(path);
  if (DESTROYING_SCRIPT.test(name) && !/[._-](?:test|spec)\.\w+$/.test(name))
    reading.find("high", "runs a script that is called after deleting something");
}

/** What the command in a process substitution prints, as far as it is known. */
function printedBy(word: string, scope: Scope, reading: Reading): string | undefined {
  const command = /^<\((.*)\)$/s.exec(word)?.[1];
  return command === undefined ? undefined : knownText(reading.readShell(command, innerScope(scope)));
}

/** Whether all that code does is gone when the program ends. */
function isForgotten({ forgets }: Program, text: string, given: Arguments, scope: Scope): boolean {
  return forgets !== undefined && matches(forgets, given, scope.folder) && staysInside(text);
}

/** Whether a command names something in production. */
function isInProduction({ options, operands }: Arguments): boolean {
  return [...operands.map(({ word }) => word), ...options.map(({ value }) => value)].some(
    (word) => word !== undefined && /(?:^|[\W_])prod(?:uction)?(?:$|[\W_])/.test(word.text),
  );
}

/** Reads code in a program's arguments; tells whether there is any. */
export function readCarried(program: Program, given: Arguments, scope: Scope, reading: Reading): boolean {
  if (program.carries === undefined) return false;
  let found = false;
  for (const { language, options, operand } of program.carries) {
    const names = valueOptions(options);
    const texts =
      operand === undefined
        ? given.options.filter(({ name }) => names.has(name)).map(({ value }) => value?.text)
        : [operand < 0 ? allOperands(given) : given.operands[operand]?.word.text];
    for (const text of texts) {
      if (text === undefined) continue;
      found = true;
      if (!isForgotten(program, text, given, scope)) reading.readCode(language, text, scope);
    }
  }
  return found;
}

/** All operands as one text; undefined when there are none. */
function allOperands({ operands }: Arguments): string | undefined {
  return operands.length === 0 ? undefined : operands.map(({ word }) => word.text).join(" ");
}

/** Reads what comes in through standard input as code, where that is what the program does with it. */
export function readInput(program: Program, given: Arguments, scope: Scope, reading: Reading, input: Output): void {
  const { input: language } = program;
  if (language === undefined) return;
  const has = (option: string): boolean => given.options.some(({ name }) => name === option);
  const isShell = program.optionsFirst === true;
  // A shell that only checks runs nothing.
  if (isShell && has("-n")) return;
  const isScript = language === "shell" || language === "script" || language === "powershell";
  const [file] = given.operands;
  const path = file?.word.text ?? "";
  if (given.operands.some(({ word }, at) => (at === 0 || !isScript) && REMOTE.test(word.text)))
    reading.find("high", "runs code that it downloads or decodes first");
  if (language === "sql")
    for (const { name, value } of given.options) {
      const statements = /^(?:-f|--file|-i)$/.test(name)
        ? reading.written.get(normalPath(value?.text ?? ""))
        : undefined;
      if (statements !== undefined) reading.readCode(language, statements, scope);
    }
  const isModule = language === "script" && has("-m");
  if (isScript && !has("-s") && program.inputAlways !== true && (isModule || !STANDARD_INPUT.has(path))) {
    if (!isQuestion(given) && file !== undefined) {
      judgeScriptName(path, reading);
      judgeFetched(path, reading);
    }
    // What a substitution prints is the script.
    const printed = isModule ? undefined : (reading.written.get(normalPath(path)) ?? printedBy(path, scope, reading));
    if (printed !== undefined) reading.readCode(language, printed, scope);
    return;
  }
  if (input.kind === "unknown" || isNoCode(language, given)) return;
  if (isShell && has("-i")) reading.find("high", "runs whatever somebody sends it");
  const text = knownText(input);
  if (text !== undefined && language === "script") judgeTexts([plainWord(text)], scope, reading);
  if (text !== undefined && !isForgotten(program, text, given, scope)) {
    if (language !== "crontab" || input.kind === "text") reading.readCode(language, text, scope);
    else readCrontab(text, scope, reading);
  }
  if (input.kind === "text" || language === "answer" || language === "request") return;
  if (language === "sql" && input.kind === "content") judgeStatementsFile(input.path ?? "", given, reading);
  if (input.kind === "downloaded") reading.find("high", "runs code straight from a network");
  else if (input.kind === "decoded") reading.find("high", "runs code that nobody can read before");
  else if (language === "crontab") reading.find("medium", "replaces planned commands by others that were not read");
  else
    reading.find("medium", `runs ${isScript ? "a script" : "statements"} that ${isScript ? "was" : "were"} not read`);
}

const REMOTE = /^[<>]\((?:downloaded|decoded)/;
const STANDARD_INPUT: ReadonlySet<string> = new Set(["", "-", "/dev/stdin"]);

/** Whether what comes in is something else: a text to edit, or nothing that `make` would look at. */
function isNoCode(language: Language, { options, operands }: Arguments): boolean {
  if (language === "editor") return operands.some(({ word }) => word.text === "-");
  if (language === "request") return !options.some(({ value }) => value?.text === "@-");
  return (
    language === "makefile" && !options.some(({ name, value }) => /^(?:-f|--file)$/.test(name) && value?.text === "-")
  );
}

/** Judges a file of statements that was not read, by what it is called and where it goes. */
function judgeStatementsFile(path: string, given: Arguments, reading: Reading): void {
  if (DESTROYING_STATEMENTS.test(nameOf(path)))
    reading.find("high", "runs statements from a file that is called after deleting something");
  if (COPY.test(path)) reading.find("high", "replaces a database by a copy");
  if (isInProduction(given)) reading.find("high", "runs statements that were not read where they count");
}
