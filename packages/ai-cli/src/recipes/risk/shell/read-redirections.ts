import { parse, type Redirection, type WordPart } from "unbash";
import { knownText, madeOutput, NOTHING, type Output } from "../output.ts";
import type { Reading } from "../reading.ts";
import { innerScope, type Scope } from "../scope.ts";
import { APPENDING, EMPTYING, OF_THE_SYSTEM, RUN_BY_ITSELF, WEAKENS, WRITING } from "../rules/redirections.ts";
import { findRow } from "../table/find-row.ts";
import { normalPath } from "../words/normal-path.ts";
import { resolveText, type ReadScript } from "../words/resolve-words.ts";
import type { ShellWord } from "../words/shell-word.ts";

/** What redirections do to a command's input and output. */
export interface Redirected {
  readonly input: Output;
  /** Whether its output goes into a file. */
  readonly away: boolean;
  /** What its output goes into. */
  readonly files: readonly WrittenFile[];
}

/**
 * Judges where redirections write.
 * @param empty whether the command prints nothing, so that a file is emptied
 */
export function readRedirections(
  redirections: readonly Redirection[],
  empty: boolean,
  scope: Scope,
  reading: Reading,
  read: ReadScript,
  before: Output,
): Redirected {
  let input = before;
  let away = false;
  let files: readonly WrittenFile[] = [];
  for (const one of redirections) {
    if (one.type === "HereDoc") {
      const { body, delimiter } = one;
      input = { kind: "text", text: body.text };
      if (delimiter?.quoted !== true && body.parts !== undefined)
        input = { kind: "text", text: hereText(one.body.parts ?? [], body.text, scope, read) };
      continue;
    }
    if (one.target === undefined) continue;
    const target = resolveText(one.target, scope, read);
    if (one.type === "HereString") input = { kind: "text", text: target.text };
    else if (one.operator === "<") input = contentOf(target.text, scope, reading);
    else if (one.operator !== "<&" && !(one.operator === ">&" && /^(?:\d+-?|-)$/.test(target.text))) {
      const descriptor = one.descriptor?.type === "FileDescriptor" ? one.descriptor.value : 1;
      if (one.operator !== "<>" && descriptor === 1) {
        away = true;
        files = [{ path: target.text, appends: one.operator.endsWith(">>") }];
      }
      judgeTarget(target, one.operator, empty && descriptor === 1, scope, reading);
    }
  }
  return { input, away, files };
}

/** A file that a step writes, and whether it is put behind what is there. */
export interface WrittenFile {
  readonly path: string;
  readonly appends: boolean;
}

/**
 * Notes what a step writes into files, for what reads or runs them later, and reads what will be run without being asked
 * for.
 */
export function noteWritten(files: readonly WrittenFile[], output: Output, scope: Scope, reading: Reading): void {
  if (files.length === 0) return;
  if (output.kind === "downloaded") for (const { path } of files) reading.fetched.add(normalPath(path));
  const text = knownText(output);
  if (text === undefined || text.length > LONGEST_NOTED) return;
  for (const file of files) {
    const path = normalPath(file.path);
    const before = file.appends ? (reading.written.get(path) ?? "") : "";
    if (before.length <= LONGEST_NOTED) reading.written.set(path, before + text);
  }
  if (files.some(({ path }) => OF_THE_SYSTEM.test(path)) && WEAKENS.test(text))
    reading.find("high", "changes who may get in, or who may do everything");
  if (files.some(({ path }) => RUN_BY_ITSELF.test(path)) && isShell(text)) reading.readShell(text, innerScope(scope));
}

/** Whether a text can be read by itself: such files are in other languages too, or put together of parts. */
function isShell(text: string): boolean {
  return !/^#!(?!.*\b(?:ba|z|k|da)?sh\b)/.test(text) && (parse(text).errors ?? []).length === 0;
}

const LONGEST_NOTED = 16_384;

/** What a file holds: nothing, what a command prints, or something that nobody knows. */
function contentOf(path: string, scope: Scope, reading: Reading): Output {
  if (path === "/dev/null") return NOTHING;
  const written = reading.written.get(normalPath(path));
  if (written !== undefined) return madeOutput(written);
  const command = /^<\((.*)\)$/s.exec(path)?.[1];
  if (command === undefined || /^(?:downloaded|decoded)$/.test(command)) return { kind: "content", path };
  return reading.readShell(command, innerScope(scope));
}

/** A here-document's text with what is known put in. */
function hereText(parts: readonly WordPart[], text: string, scope: Scope, read: ReadScript): string {
  const word = { type: "Word" as const, text, value: text, pos: 0, end: text.length, parts };
  return resolveText(word, scope, read).text;
}

/** Judges a file that is written to. */
export function judgeTarget(target: ShellWord, operator: string, empty: boolean, scope: Scope, reading: Reading): void {
  if (/^[<>]\(/.test(target.text)) return;
  if (/^\/dev\/(?:tcp|udp)\//.test(target.text)) {
    if (/^\/dev\/\w+\/(?:localhost|127(?:\.\d+){3})\//.test(target.text)) return;
    reading.find("high", "opens a connection of the shell's own to another machine");
    return;
  }
  const rows = operator.endsWith(">>") ? APPENDING : empty ? EMPTYING : WRITING;
  const given = { options: [], operands: [{ word: target, afterOption: false }] };
  const row = findRow(rows, given, scope.folder);
  if (row?.[2] !== undefined) reading.find(row[1], row[2]);
}
