import type { Reading } from "../reading.ts";
import type { Scope } from "../scope.ts";
import { isProgram } from "../rules/programs.ts";
import { UNKNOWN_PROGRAMS } from "../rules/unknown-programs.ts";
import { findRow } from "../table/find-row.ts";
import { readArguments, type Arguments } from "../words/arguments.ts";
import type { ShellWord } from "../words/shell-word.ts";

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

/** Judges a program that no table knows, by what it is told to do. */
export function judgeUnknownProgram(
  word: ShellWord,
  name: string,
  rest: readonly ShellWord[],
  scope: Scope,
  reading: Reading,
): void {
  if (word.text.includes("<(")) return;
  // Some write SQL down as if it were a command.
  if (/^(?:drop|delete|truncate|alter|update|grant|revoke)$/i.test(name))
    reading.readCode("sql", [name, ...rest.map(({ text }) => text)].join(" "), scope);
  judgeVerbs(readArguments(rest, {}), scope, reading);
  judgeTexts(rest, scope, reading);
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
  const row = findRow(UNKNOWN_PROGRAMS, given, scope.folder);
  if (row?.[2] !== undefined) reading.find(row[1], row[2]);
}

/** Judges arguments that are whole statements or command lines. */
function judgeTexts(rest: readonly ShellWord[], scope: Scope, reading: Reading): void {
  for (const [at, { text }] of rest.entries()) {
    if (/^\s*(?:drop|truncate|delete\s+from|alter\s+table|update)\s/i.test(text)) reading.readCode("sql", text, scope);
    else if (
      /^(?:-c|-e|-x|--(?:command|cmd|exec|execute|run|script|eval))$/.test(rest[at - 1]?.text ?? "") &&
      isProgram(/^[\w.-]*/.exec(text)?.[0] ?? "")
    )
      reading.readShell(text, scope);
  }
}

function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
