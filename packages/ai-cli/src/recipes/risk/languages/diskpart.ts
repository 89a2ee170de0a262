import type { Reading } from "../reading.ts";
import { DISKPART } from "../rules/windows-names.ts";
import { findRow } from "../table/find-row.ts";
import { plainWord } from "../words/shell-word.ts";

/** Judges what `diskpart` is told, line by line. */
export function readDiskpart(text: string, reading: Reading): void {
  for (const line of text.toLowerCase().split("\n")) {
    const operands = line
      .split(/\s+/)
      .filter((word) => word !== "")
      .map((word) => ({ word: plainWord(word), afterOption: false }));
    const row = findRow(DISKPART, { options: [], operands }, "");
    if (row?.[2] !== undefined) reading.find(row[1], row[2]);
  }
}
