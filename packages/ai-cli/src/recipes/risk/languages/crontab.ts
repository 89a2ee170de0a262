import type { Reading } from "../reading.ts";
import type { Scope } from "../scope.ts";

/** When a command is planned for, in front of it. */
const WHEN = /^\s*(?:@\w+|(?:[\d*/,\w-]+\s+){4}[\d*/,\w-]+)\s+/;

/** Judges the commands that are planned in a table of cron. */
export function readCrontab(text: string, scope: Scope, reading: Reading): void {
  for (const line of text.split("\n")) {
    const when = WHEN.exec(line);
    if (when !== null) reading.readShell(line.slice(when[0].length), scope);
  }
}
