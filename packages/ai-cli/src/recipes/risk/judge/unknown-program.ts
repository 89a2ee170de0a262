import type { Reading } from "../reading.ts";
import type { Scope } from "../scope.ts";
import { isProgram } from "../rules/programs.ts";
import { HARMLESS_COMMANDS, ONLY_UNKNOWN, UNKNOWN_PROGRAMS } from "../rules/unknown-programs.ts";
import { findRow } from "../table/find-row.ts";
import { readArguments, type Arguments } from "../words/arguments.ts";
import { normalPath } from "../words/normal-path.ts";
import { plainWord, type ShellWord } from "../words/shell-word.ts";
import type { Output } from "../output.ts";
import { judgeFetched } from "./earlier-files.ts";
import { isQuestion } from "./is-question.ts";
import { saysDestruction } from "./says-destruction.ts";

/** Names of programs that delete, cancel or empty something. */
const DESTROYS =
  /^(?:rm|mem\w*|[a-z]{1,4}|\w+_|\w+-)(?:del|delete|rm|kill|cancel|flush|wipe|purge|erase|trash|destroy|rmsnapshot|clear|uninstall)$/;

/** Variables that by custom hold the name of a tool. */
const TOOLS =
  /^"?\$\{?(?:EDITOR|VISUAL|PAGER|BROWSER|SHELL|PYTHON\d?|PYTHON_BIN|NODE|NPM|YARN|CC|CXX|LD|AR|MAKE|CMAKE|GO|CARGO|RUSTC|JAVA|RUBY|PERL|PHP|PIP|GIT|DOCKER|COMPOSE|KUBECTL|HELM|TERRAFORM|GRADLE|MVN|CURL|JAVA_HOME|VIRTUAL_ENV|GOPATH|GOBIN|CARGO_HOME|ANDROID_HOME|NVM_DIR|BUN|DENO|TEST_CMD|RUNNER|BIN|VENV)\}?/;

/** Commands that print settings for the shell, which `eval` and `$(…)` are there for. */
const PRINTS_SETTINGS =
  /^\$\(\s*(?:ssh-agent|brew|pyenv|rbenv|nodenv|jenv|goenv|direnv|dircolors|starship|conda|mamba|micromamba|docker-machine|minikube|opam|fnm|nvm|mise|asdf|zoxide|keychain|gpgconf|register-python-argcomplete|register-completions|npm|pnpm|yarn|go|git|which|command|type|hub|thefuck|luarocks|perl -I|\S+ completion|\S+ (?:shellenv|init|env|hook))\b/;

/** Judges a command of which not even the name is known. */
export function judgeUnknownWord(word: ShellWord, rest: readonly ShellWord[], scope: Scope, reading: Reading): void {
  if (TOOLS.test(word.text) || PRINTS_SETTINGS.test(word.text)) {
    judgeVerbs(readArguments(rest, {}), scope, reading);
    reading.find("medium", `runs ${word.text}, whatever that is`);
    return;
  }
  reading.find("high", "runs a command that is only known when it runs");
}

/** What commands of PowerShell are called. */
const CMDLET = /^[A-Z][a-z]+-[A-Z][A-Za-z]+$/;

const DESTROYING_CMDLET = /^(?:Drop|Wipe|Purge|Destroy|Erase|Reset|Uninstall|Delete)-/;

function quoted(text: string): string {
  return /[\s;|'"]/.test(text) ? `'${text.replaceAll("'", "''")}'` : text;
}

/** Judges a program that no table knows, by what it is told to do. */
export function judgeUnknownProgram(
  word: ShellWord,
  name: string,
  rest: readonly ShellWord[],
  scope: Scope,
  reading: Reading,
  input: Output,
): void {
  if (word.text.includes("<(")) return;
  if (CMDLET.test(name)) {
    reading.readCode("powershell", [name, ...rest.map(({ text }) => quoted(text))].join(" "), scope);
    if (DESTROYING_CMDLET.test(name) && !rest.some(({ text }) => /^-whatif$/i.test(text)))
      reading.find("high", "is a program that is called after deleting something");
    return;
  }
  const given = readArguments(rest, {});
  // Some write SQL down as if it were a command.
  if (/^(?:drop|delete|truncate|alter|update|grant|revoke)$/i.test(name))
    reading.readCode("sql", [name, ...rest.map(({ text }) => text)].join(" "), scope);
  if (!isQuestion(given)) {
    judgeVerbs(given, scope, reading);
    const row = findRow(ONLY_UNKNOWN, given, scope.folder);
    if (row?.[2] !== undefined) reading.find(row[1], row[2]);
    judgeNames(name, rest, reading);
    judgeTexts(rest, scope, reading);
    for (const { text, ...others } of rest) {
      const value = /^--?[\w-]+=(.*\s.*)$/s.exec(text)?.[1];
      if (value !== undefined) judgeTexts([plainWord("-c"), { ...others, text: value }], scope, reading);
    }
    if (input.kind === "text") judgeTold(input.text, scope, reading);
  }
  judgeFetched(word.text, reading);
  if (/^(?:(?:github|gitlab|gist):|git\+|https?:)/.test(word.text))
    reading.find("high", "runs code that nobody has read");
  const written = reading.written.get(normalPath(word.text));
  if (written !== undefined) reading.readShell(written, scope);
  const isScript = word.text.includes("/") || /\.(?:sh|bash|py|js|rb|pl)$/.test(name);
  reading.find(
    "medium",
    isScript
      ? `runs ${shown(word.text)}, a program that was not read`
      : `runs ${shown(name)}, about which nothing is known`,
  );
}

/** Judges what a program is told to do by the words for it, where nothing more is known of it. */
export function judgeVerbs(given: Arguments, scope: Scope, reading: Reading): void {
  // Names of things may hold any word.
  const operands = given.operands.filter(({ word }) => !/[/@=\s]|\.[a-z]\w{0,4}$/.test(word.text));
  const row = findRow(UNKNOWN_PROGRAMS, { ...given, operands }, scope.folder);
  if (row?.[2] !== undefined) reading.find(row[1], row[2]);
}

/** Judges a program that is known to change little, by its sub-commands alone: all else may be names. */
export function judgeSubcommands({ operands }: Arguments, scope: Scope, reading: Reading): void {
  judgeVerbs({ options: [], operands: operands.filter(({ afterOption }) => !afterOption) }, scope, reading);
}

/** Judges a program that no table knows by what it, its sub-commands and its options are called. */
function judgeNames(name: string, rest: readonly ShellWord[], reading: Reading): void {
  if (rest.length > 0 && (saysDestruction(name.replace(/\.(?:sh|py|rb|pl)$/, "")) || DESTROYS.test(name)))
    reading.find("high", "is a program that is called after deleting something");
  judgeWords(rest, reading);
}

/** Judges sub-commands and options by what they are called; behind a harmless sub-command stand names. */
export function judgeWords(rest: readonly ShellWord[], reading: Reading): void {
  const commands = rest.filter(({ text }) => !text.startsWith("-")).slice(0, 2);
  const harmless = commands.find(({ text }) => HARMLESS_COMMANDS.has(text));
  const until = harmless === undefined ? 8 : rest.indexOf(harmless);
  const told = rest.slice(0, until).some(({ text }) => {
    if (text.startsWith("-") && STOPS.test(text.replace(/^-+/, ""))) return true;
    const value = /^-{0,2}[\w-]+=(\w+)$/.exec(text)?.[1];
    return value === undefined ? saysDestruction(text) : saysDestruction(value) || value === "absent";
  });
  if (told) reading.find("high", "is told to delete or reset something");
}

/** Judges what a program is told through its standard input: lines that begin like commands. */
export function judgeTold(text: string, scope: Scope, reading: Reading): void {
  for (const line of text.split(/[\n;]/).slice(0, 50)) {
    const [name, ...words] = line.trim().split(/\s+/).map(plainWord);
    if (name === undefined || words.length > 8) continue;
    if (STOPS.test(name.text) || saysDestruction(name.text.toLowerCase()))
      reading.find("high", "is told to delete or reset something");
  }
  judgeTexts([plainWord(text)], scope, reading);
}

/** Judges arguments that are whole statements or command lines. */
export function judgeTexts(rest: readonly ShellWord[], scope: Scope, reading: Reading): void {
  for (const [at, { text }] of rest.entries()) {
    if (/^\s*(?:drop|truncate|delete\s+from|alter\s+table|update)\s/i.test(text)) reading.readCode("sql", text, scope);
    else judgeOptionText(text, rest[at - 1]?.text ?? "", scope, reading);
  }
}

/** Judges what stands behind an option as a command line, if it looks like one. */
function judgeOptionText(text: string, option: string, scope: Scope, reading: Reading): void {
  if (
    /^\w+:\/\//.test(text) ||
    !/^(?:-[a-zA-Z]{1,2}|--(?:command|cmd|exec|execute|run|script|eval|query))$/.test(option)
  )
    return;
  if (/^(?:-c|-e|-x|--.*)$/.test(option) && isProgram(/^[\w.-]*/.exec(text)?.[0] ?? "")) reading.readShell(text, scope);
  else judgeLine(text, option, reading);
}

/** Judges a line for a program's own shell by the words it begins with. */
function judgeLine(text: string, option: string, reading: Reading): void {
  if (/^-[mtbnFfio]$/.test(option) || !/^[(\w]/.test(text)) return;
  for (const line of text.split(/[;\n]/)) {
    const words = line
      .trim()
      .split(/[\s("']+/)
      .filter((word) => word !== "");
    if (
      words.length > 1 &&
      words.length < 12 &&
      words.slice(0, 3).some((one) => STOPS.test(one) || saysDestruction(one))
    )
      reading.find("high", "is told to delete, reset or stop something");
  }
}

/** What ends a service when it is told to it. */
const STOPS = /^(?:stop|shutdown|poweroff|halt|flush_all|flushall|flushdb)$/i;

function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
