import type { Reading } from "../reading.ts";
import { REDIS } from "../rules/statements.ts";
import { findRow } from "../table/find-row.ts";
import { plainWord } from "../words/shell-word.ts";

/** What a script in redis runs. */
const CALLED = /\bredis\.p?call\(\s*["']([^"']+)["']/g;

/** Judges what redis is told, one command a line. */
export function readRedis(text: string, reading: Reading): void {
  for (const [, command] of text.matchAll(CALLED)) readRedis(command ?? "", reading);
  for (const line of text.split("\n")) {
    const words = line.trim().split(/\s+/);
    const operands = words.map((word) => ({
      word: plainWord(word.replace(/['"]/g, "").toUpperCase()),
      afterOption: false,
    }));
    const row = findRow(REDIS, { options: [], operands }, "");
    if (row?.[2] !== undefined) reading.find(row[1], row[2]);
  }
}
