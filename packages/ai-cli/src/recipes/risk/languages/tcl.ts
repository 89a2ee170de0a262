import type { Reading } from "../reading.ts";
import { isProgram } from "../rules/programs.ts";
import type { Scope } from "../scope.ts";

/** Commands of Tcl and expect whose words are a command for the system, and what that becomes for a shell. */
const RUNS: readonly (readonly [begins: RegExp, shell: string])[] = [
  [/^(?:spawn|exec|system)\s+(?:-(?:noecho|ignoreeof|ignorestderr|keepnewline|nottycopy|nottyinit|-)\s+)*/, ""],
  [/^file\s+delete\s+(?:-(?:force|-)\s+)*/, "rm -r "],
];

/** Judges Tcl and expect, one command after the other: what they run, delete, and type for somebody. */
export function readTcl(text: string, scope: Scope, reading: Reading): void {
  for (const statement of text.split(/[;\n{}[\]]/)) {
    const line = statement.trim().replace(/\\[rn]/g, "");
    const typed = /^send\s+(?:--\s+)?"([^"]*)/.exec(line)?.[1] ?? "";
    // What is typed may be a password.
    if (isProgram(/^[\w.-]*/.exec(typed)?.[0] ?? "")) reading.readShell(typed, scope);
    for (const [begins, shell] of RUNS) {
      const found = begins.exec(line);
      if (found !== null && line.length > found[0].length)
        reading.readShell(shell + line.slice(found[0].length), scope);
    }
  }
}
