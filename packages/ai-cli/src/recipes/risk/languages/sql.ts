import type { Reading } from "../reading.ts";
import type { Scope } from "../scope.ts";
import { SQL } from "../rules/statements.ts";
import { findRow } from "../table/find-row.ts";
import { plainWord } from "../words/shell-word.ts";

/** What the clients of databases give to a shell. */
const SHELL_LINE = /^[ \t]*(?:\\!|\.shell\b|\.system\b)[ \t]*(\S.*)$/gim;
/** What a block of statements puts together and runs. */
const EXECUTED = /\bexecute[\s(]*'((?:[^']|'')*)'/gi;

/** More parts of a block say nothing new. */
const MOST_PARTS = 24;

/** The statements of a block: what stands behind the words that begin one. */
function parts(words: string[]): string[][] {
  if (words[0] !== "DO") return [words];
  const starts = words.flatMap((word, at) => (/^(?:BEGIN|THEN|LOOP|ELSE)$/.test(word) ? [at + 1] : []));
  return [
    words,
    ...starts
      .slice(0, MOST_PARTS)
      .map((at) => words.slice(at))
      .filter((rest) => rest.length > 0),
  ];
}

/** Judges SQL and its like, one statement after the other. */
export function readSql(text: string, scope: Scope, reading: Reading): void {
  for (const [, command] of text.matchAll(SHELL_LINE)) reading.readShell(command ?? "", scope);
  for (const [, inner] of text.matchAll(EXECUTED)) readSql((inner ?? "").replaceAll("''", "'"), scope, reading);
  const statements = splitStatements(text);
  // What a transaction takes back has not happened.
  const takenBack =
    /^ROLLBACK\b/.test(statements.at(-1)?.join(" ") ?? "") && /^(?:BEGIN|START)\b/.test(statements[0]?.[0] ?? "");
  for (const words of statements.flatMap(parts)) {
    const operands = words.map((word) => ({ word: plainWord(word), afterOption: false }));
    const row = findRow(SQL, { options: [], operands }, "");
    if (row?.[2] !== undefined) reading.find(takenBack ? "medium" : row[1], row[2]);
  }
}

/** Whether SQL reaches nothing but the database it is given to: no other file, and no program. */
export function staysInside(text: string): boolean {
  return !/\b(?:attach|copy|export|import|install|load|load_extension|writefile|edit)\b|(?:^|[\n;])[^\S\n]*[.\\]/i.test(
    text,
  );
}

/** Statements as words in capitals, without comments; a text in quotes is one word, `'…'`. */
function splitStatements(text: string): string[][] {
  const statements: string[][] = [[]];
  const token =
    /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*(?:'|$)|"[^"]*(?:"|$)|`[^`]*(?:`|$)|;|\\[!\w]+|\.?[\w$.]+|[^\s\w]/g;
  // A command of the client ends with its line.
  const ended = text.replace(/^[ \t]*\.[a-z][^\n;]*$/gm, "$&;");
  for (const [found] of ended.matchAll(token)) {
    if (found.startsWith("--") || found.startsWith("/*")) continue;
    if (found === ";") statements.push([]);
    else statements.at(-1)?.push(/^['"`]/.test(found) ? "'…'" : found.toUpperCase());
  }
  return statements.filter((words) => words.length > 0);
}
