import type { Reading } from "../reading.ts";
import type { Arguments } from "../words/arguments.ts";

/** Notes where files are moved to, and judges what deletes them there. */
export function judgeMoved(name: string, { operands }: Arguments, reading: Reading): void {
  if (name === "mv" && operands.length > 1) reading.moved.add(bare(operands.at(-1)?.word.text ?? ""));
  else if (name === "rm" && operands.some(({ word }) => reading.moved.has(bare(word.text))))
    reading.find("high", "deletes what it has just moved");
}

function bare(path: string): string {
  return path.replace(/\/+$/, "");
}
