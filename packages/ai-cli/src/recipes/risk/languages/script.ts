import type { Reading } from "../reading.ts";
import type { Scope } from "../scope.ts";
import {
  CLIENT_LIBRARIES,
  DELETING_METHODS,
  SCRIPT_CALLS,
  type CallEffect,
  type NamedCalls,
} from "../rules/script-calls.ts";
import { isProgram } from "../rules/programs.ts";
import { judgeTarget } from "../shell/read-redirections.ts";
import { plainWord, unknownWord } from "../words/shell-word.ts";
import { UNKNOWN } from "../output.ts";
import { scriptTokens, type ScriptToken } from "./script-tokens.ts";
import { readSql } from "./sql.ts";

/** Calls whose name begins with a word of destruction, but for those that everybody knows to be harmless. */
const DESTROYS =
  /(?:^|\.)(?!deleteProperty|delete_?char|drop_?while|dropna|drop_duplicates|dropWhile|drop_last|truncate_words|destroy_?session)(?:delete|destroy|drop|purge|truncate|wipe|clear(?=Objects|_objects))(?:[A-Z_]\w*)$/;

const WRITES_TEXT = /(?:^|\.)(?:f?write\w*|dump|puts|fputs|print\w*|save\w*|writer|to_\w+|copyfileobj|extend)$/;
const MAKES_TEMPORARY = /(?:^|\.)(?:mkdtemp|mkdtempSync|mktmpdir|TemporaryDirectory|tempdir|NamedTemporaryFile)$/;

const EFFECTS: ReadonlyMap<string, CallEffect> = new Map(
  SCRIPT_CALLS.flatMap(([names, effect]) => names.split(" ").map((name) => [name, effect] as const)),
);

/** Looks a script of another language through for calls that destroy, run commands, or hide what they do. */
export function readScriptCode(code: string, scope: Scope, reading: Reading, names: NamedCalls): void {
  if (/\$\(\s*(?:curl|wget)\b/.test(code)) reading.find("high", "runs code straight from a network");
  const tokens = scriptTokens(code);
  const effects = new Set<CallEffect>();
  const isTemporary = tokens.some(({ kind, value }) => kind === "name" && MAKES_TEMPORARY.test(value));
  const writesText = tokens.some(({ kind, value }) => kind === "name" && WRITES_TEXT.test(value));
  const isClient = tokens.some((token) => token.kind !== "mark" && isLibrary(token.value));
  for (const [at, token] of tokens.entries()) {
    if (token.kind === "name" && token.value === "getattr" && isHiddenCall(tokens.slice(at + 2, at + 5)))
      reading.find("high", "hides which function it calls");
    if (
      token.value === "Buffer.from" &&
      tokens.slice(at + 2, at + 6).some(({ value }) => /^(?:base64|hex)$/.test(value))
    )
      effects.add("decodes");
    if (token.quote === "`" && (isShellTemplate(tokens[at - 1]) || !/\$\{/.test(token.value)))
      reading.readShell(token.value.replace(/\$\{[^{}]*\}/g, "$unknown"), scope);
    if (token.kind === "text" && tokens[at - 1]?.value === "script" && tokens[at - 2]?.value === "shell")
      reading.readShell(token.value, scope);
    // Functions are handed on by name: array_map("unlink", …).
    if (token.kind === "text" && /^(?:unlink|rmdir|rmtree|rmSync|unlinkSync)$/.test(token.value))
      reading.find("high", "deletes files that are only known when it runs");
    if (token.kind !== "name") continue;
    const known = lookUp(token.value, (name) => (Object.hasOwn(names, name) ? names[name] : undefined));
    if (known !== undefined) reading.find(known[0], known[1]);
    else if (DESTROYS.test(token.value) && isCall(tokens, at)) reading.find("high", `calls ${token.value}`);
    else if (deletesThing(tokens, at, isClient))
      reading.find("high", "deletes what is in a database or on another machine");
    const effect = lookUp(token.value, (name) => EFFECTS.get(name));
    // Python's `del` deletes no file, the function of that name does.
    if (effect === undefined || !isCall(tokens, at) || (token.value === "del" && tokens[at + 1]?.value !== "("))
      continue;
    effects.add(effect);
    act(effect, token, { ...argumentsOf(tokens, at), isTemporary, writesText }, scope, reading);
  }
  if (
    (effects.has("connects") || isClient) &&
    tokens.some(({ kind, value }) => kind === "text" && value.toUpperCase() === "DELETE")
  )
    reading.find("high", "tells a server to delete something");
  // A command that is put together first stands somewhere as a text.
  if (effects.has("runs"))
    for (const { kind, value } of tokens)
      if (kind === "text" && /^[\w.-]+\s/.test(value) && isProgram(value.slice(0, value.search(/\s/))))
        reading.readShell(`${value} $unknown`, scope);
  const runs = effects.has("evaluates") || effects.has("runs") || effects.has("may run");
  if (effects.has("decodes") && runs) reading.find("high", "runs code that nobody can read before");
  if (effects.has("connects") && runs)
    reading.find("high", "gives another machine a way to run commands here, or runs what it sends");
  if (effects.has("connects")) reading.find("medium", "talks to another machine");
  const forks = tokens.filter(({ value }) => /(?:^|\.)fork$/.test(value)).length;
  if (forks > 0 && (forks > 1 || tokens.some(({ value }) => /^(?:while|loop|for|until|forever)$/.test(value))))
    reading.find("critical", "starts itself again and again until the machine stands still");
}

/** Whether arguments name a function that runs or deletes something: `os, "system"`. */
function isHiddenCall([from, , name]: readonly ScriptToken[]): boolean {
  if (!/^(?:os|subprocess|shutil|__builtins__|builtins|pty)$/.test(from?.value ?? "")) return false;
  return /^(?:system|popen|exec[lv]?[pe]*|eval|spawn\w*|remove|unlink|rmdir|rmtree|call|run|Popen)$/.test(
    name?.value ?? "",
  );
}

/** Whether what stands in front of a text in back quotes hands it to a shell, as `$` does for zx and Bun. */
function isShellTemplate(before: ScriptToken | undefined): boolean {
  return before?.value === "$";
}

/** Whether a name or a text is that of a library that reaches other machines or databases. */
function isLibrary(value: string): boolean {
  const end = value.search(/[./]/);
  return CLIENT_LIBRARIES.has(end < 0 ? value : value.slice(0, end));
}

/** Whether a method deletes what it is called on: without arguments, or with some where a library reaches far. */
function deletesThing(tokens: readonly ScriptToken[], at: number, isClient: boolean): boolean {
  const { value } = tokens[at] as ScriptToken;
  const dot = value.lastIndexOf(".");
  if (dot < 0 && tokens[at - 1]?.value !== ".") return false;
  const name = value.slice(dot + 1);
  const opens = tokens[at + 1]?.value === "(";
  if (!opens) return /!$|^destroy$/.test(name) && DELETING_METHODS.has(name) && tokens[at + 1] === undefined;
  if (isClient) return DELETING_METHODS.has(name) || /^(?:delete|remove|destroy|terminate|purge|drop)[_A-Z]/.test(name);
  return (name === "delete" || name === "delete_all" || name === "purge") && tokens[at + 2]?.value === ")";
}

/** Looks a dotted name up whole, then by its last two parts, then by its last. */
function lookUp<T>(name: string, find: (name: string) => T | undefined): T | undefined {
  if (name.endsWith("!")) return find(name) ?? lookUp(name.slice(0, -1), find);
  const parts = name.split(".");
  return find(name) ?? find(parts.slice(-2).join(".")) ?? find(parts.at(-1) ?? "");
}

/** Whether a name is called: with brackets, or, as Perl and Ruby allow, in front of a text or a variable. */
function isCall(tokens: readonly ScriptToken[], at: number): boolean {
  const next = tokens[at + 1];
  if (next === undefined || /^(?:def|function|import|from|require)$/.test(tokens[at - 1]?.value ?? "")) return false;
  return next.value === "(" || next.kind === "text" || next.kind === "name" || /^[<{@$*%]$/.test(next.value);
}

/** The texts in a call's brackets, or up to the end of the statement; undefined where there is something else too. */
function argumentsOf(tokens: readonly ScriptToken[], at: number): { texts: readonly string[]; all: boolean } {
  const texts: string[] = [];
  let depth = 0;
  let all = true;
  for (const token of tokens.slice(at + 1, at + 60)) {
    if (/^[([{]$/.test(token.value) && token.kind === "mark") depth++;
    else if (/^[)\]}]$/.test(token.value) && token.kind === "mark" && --depth <= 0) break;
    else if (token.value === ";" && token.kind === "mark") break;
    else if (token.kind === "text") texts.push(token.value);
    else if (token.kind === "mark" && /^[$@]$/.test(token.value)) all = false;
    else if (
      token.kind === "name" &&
      !/^(?:recursive|force|shell|true|True|check|ignore_errors|stdio|capture_output)$/.test(token.value)
    )
      all = false;
  }
  return { texts, all };
}

function act(
  effect: CallEffect,
  token: ScriptToken,
  {
    texts,
    all,
    isTemporary,
    writesText,
  }: { texts: readonly string[]; all: boolean; isTemporary: boolean; writesText: boolean },
  scope: Scope,
  reading: Reading,
): void {
  if (effect === "deletes") {
    if (texts.length === 0 && isTemporary) return reading.find("low", "deletes a temporary folder");
    const words = texts.map((text) => ({ ...plainWord(text), glob: text.includes("*") }));
    const named = all && words.length > 0 ? words : [...words, unknownWord("$…")];
    reading.readWords([plainWord("rm"), plainWord("-r"), ...named], scope, UNKNOWN);
  } else if (effect === "may run") {
    const line = texts.join(" ");
    if (isProgram(/^[\w.-]+/.exec(line.trim())?.[0] ?? "")) reading.readShell(all ? line : `${line} $unknown`, scope);
  } else if (effect === "runs") {
    // A list of words or one line: joined, both read alike.
    const line = texts.filter((text) => text !== "inherit" && text !== "utf8").join(" ");
    if (line !== "") reading.readShell(all ? line : `${line} $unknown`, scope);
    else if (!token.value.endsWith("exec")) reading.find("medium", "runs a command that is not written out");
  } else if (effect === "writes") {
    const [path, mode] = texts;
    const writes =
      mode === undefined
        ? !/(?:^|\.)open$|Path$/.test(token.value)
        : /[wa+>]/.test(mode) || mode.length > 3 || /write|put_contents/i.test(token.value);
    const isEmpty = mode === "" || (writes && !writesText && /^(?:w|wb|w\+)$/.test(mode ?? ""));
    if (path !== undefined && writes) judgeTarget(plainWord(path), mode === "a" ? ">>" : ">", isEmpty, scope, reading);
  } else if (effect === "queries") {
    for (const text of texts) readSql(text, scope, reading);
  }
}
