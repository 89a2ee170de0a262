import type { Reading } from "../reading.ts";
import { REDIS } from "../rules/statements.ts";
import { matches } from "../table/pattern.ts";
import { plainWord } from "../words/shell-word.ts";

/** Judges what redis is told, one command a line. */
export function readRedis(text: string, reading: Reading): void {
  for (const line of text.split("\n")) {
    const words = line.trim().split(/\s+/);
    const operands = words.map((word) => ({
      word: plainWord(word.replace(/['"]/g, "").toUpperCase()),
      afterOption: false,
    }));
    const row = REDIS.find(([pattern]) => matches(pattern, { options: [], operands }, ""));
    if (row?.[2] !== undefined) reading.find(row[1], row[2]);
  }
}
