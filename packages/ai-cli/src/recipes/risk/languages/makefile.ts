import type { Reading } from "../reading.ts";
import type { Scope } from "../scope.ts";

/** A recipe's line: behind a tab, or behind the target and a semicolon. */
const LINE = /^(?:\t|[^\t\r\n\u2028\u2029#=:][^\r\n\u2028\u2029=:]*:[^\r\n\u2028\u2029=;]*;)(.*)$/gm;

/** Reads the recipes of a makefile. */
export function readMakefile(text: string, scope: Scope, reading: Reading): void {
  for (const [, line = ""] of text.replace(/\\\n\t?/g, " ").matchAll(LINE)) {
    const command = line
      .replace(/^[\s@+-]+/, "")
      .replace(/\$[({](\w+)[)}]/g, "$$$1")
      .replaceAll("$$", "$");
    reading.readShell(command, scope);
  }
}
