import type { Redirection, WordPart } from "unbash";
import type { Output } from "../output.ts";
import type { Reading } from "../reading.ts";
import type { Scope } from "../scope.ts";
import { APPENDING, EMPTYING, WRITING } from "../rules/redirections.ts";
import { findRow } from "../table/find-row.ts";
import { resolveText, type ReadScript } from "../words/resolve-words.ts";
import type { ShellWord } from "../words/shell-word.ts";

/** What redirections do to a command's input and output. */
export interface Redirected {
  readonly input: Output;
  /** Whether its output goes into a file. */
  readonly away: boolean;
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
    else if (one.operator === "<") input = { kind: "content" };
    else if (one.operator !== "<&" && !(one.operator === ">&" && /^(?:\d+-?|-)$/.test(target.text))) {
      const descriptor = one.descriptor?.type === "FileDescriptor" ? one.descriptor.value : 1;
      if (one.operator !== "<>" && descriptor === 1) away = true;
      judgeTarget(target, one.operator, empty && descriptor === 1, scope, reading);
    }
  }
  return { input, away };
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
    reading.find("high", "opens a connection of the shell's own to another machine");
    return;
  }
  const rows = operator.endsWith(">>") ? APPENDING : empty ? EMPTYING : WRITING;
  const given = { options: [], operands: [{ word: target, afterOption: false }] };
  const row = findRow(rows, given, scope.folder);
  if (row?.[2] !== undefined) reading.find(row[1], row[2]);
}
