import type { Reading } from "../reading.ts";
import { SCRIPT_NAMES } from "../rules/script-calls.ts";
import type { Scope } from "../scope.ts";
import { judgeTarget } from "../shell/read-redirections.ts";
import { plainWord } from "../words/shell-word.ts";
import { readScriptCode } from "./script.ts";
import { scriptTokens } from "./script-tokens.ts";

/** Judges a program of awk: its calls, and the files that it prints into. */
export function readAwk(code: string, scope: Scope, reading: Reading): void {
  readScriptCode(code, scope, reading, SCRIPT_NAMES);
  const tokens = scriptTokens(code);
  let isPrinting = false;
  for (const [at, { kind, value }] of tokens.entries()) {
    if (kind === "name") isPrinting ||= value === "print" || value === "printf";
    else if (value === ";" || value === "}") isPrinting = false;
    if (kind !== "text" || !isPrinting || tokens[at - 1]?.value !== ">") continue;
    judgeTarget(plainWord(value), tokens[at - 2]?.value === ">" ? ">>" : ">", false, scope, reading);
  }
}
