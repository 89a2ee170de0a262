import { parse, type Redirection, type WordPart } from "unbash";
import { bare } from "../judge/earlier-files.ts";
import { knownText, madeOutput, NOTHING, type Output } from "../output.ts";
import type { Reading } from "../reading.ts";
import { innerScope, type Scope } from "../scope.ts";
import { APPENDING, EMPTYING, WRITING } from "../rules/redirections.ts";
import { findRow } from "../table/find-row.ts";
import { resolveText, type ReadScript } from "../words/resolve-words.ts";
import type { ShellWord } from "../words/shell-word.ts";

/** What redirections do to a command's input and output. */
export interface Redirected {
  readonly input: Output;
  /** Whether its output goes into a file. */
  readonly away: boolean;
  /** The file that its output goes into, and whether it is put behind what is there. */
  readonly file: { readonly path: string; readonly appends: boolean } | undefined;
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
  let file: Redirected["file"];
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
        file = { path: target.text, appends: one.operator.endsWith(">>") };
      }
      judgeTarget(target, one.operator, empty && descriptor === 1, scope, reading);
    }
  }
  return { input, away, file };
}

/** Files that shells, git or the system run by themselves. */
const RUN_BY_ITSELF =
  /(?:^|\/)(?:\.(?:bashrc|bash_profile|bash_login|bash_logout|bash_aliases|profile|zshrc|zshenv|zprofile|zlogin|kshrc|xprofile|xinitrc)|config\.fish|rc\.local|bash\.bashrc)$|\.git\/hooks\/|^\/etc\/(?:profile|cron\.(?:hourly|daily|weekly|monthly)\/|profile\.d\/)/;

/** Settings of the system with which nobody is kept out any more. */
const WEAKENS =
  /\bNOPASSWD\b|\bno_root_squash\b|\bPermit(?:RootLogin|EmptyPasswords)\s+yes|^\s*host\s.*\strust\s*$|\bprotected-mode\s+no\b|\bSELINUX=disabled\b|\bDenyUsers\s+\*/m;

/**
 * Notes what a step writes into a file, for what reads or runs it later, and reads what will be run without being asked
 * for; tells whether it did.
 * @param isRead whether that text has been read already
 */
export function noteWritten(
  file: Redirected["file"],
  output: Output,
  scope: Scope,
  reading: Reading,
  isRead = false,
): boolean {
  if (file !== undefined && output.kind === "downloaded") reading.fetched.add(bare(file.path));
  const text = file === undefined ? undefined : knownText(output);
  if (file === undefined || text === undefined || text.length > LONGEST_NOTED) return false;
  if (/(?:^|\/)etc\/|\.conf$/.test(file.path) && WEAKENS.test(text))
    reading.find("high", "lets people in, or do what they may not");
  const path = bare(file.path);
  const before = file.appends ? (reading.written.get(path) ?? "") : "";
  if (before.length <= LONGEST_NOTED) reading.written.set(path, before + text);
  if (isRead || !RUN_BY_ITSELF.test(file.path) || !isShell(text)) return false;
  reading.readShell(text, innerScope(scope));
  return true;
}

/** Whether a text can be read by itself: such files are in other languages too, or put together of parts. */
function isShell(text: string): boolean {
  return !/^#!(?!.*\b(?:ba|z|k|da)?sh\b)/.test(text) && (parse(text).errors ?? []).length === 0;
}

const LONGEST_NOTED = 16_384;

/** What a file holds: nothing, what a command prints, or something that nobody knows. */
function contentOf(path: string, scope: Scope, reading: Reading): Output {
  if (path === "/dev/null") return NOTHING;
  const written = reading.written.get(bare(path));
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
