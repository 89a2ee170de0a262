import { buildCommand } from "./build-command.ts";
import { quotePosix } from "./quote-posix.ts";
import { ShellScanner } from "./shell-scanner.ts";

/**
 * Builds a command line for a POSIX shell (dash, bash, zsh, busybox; not fish): sh`git commit -m ${message}`.
 * Every value is put in single quotes, so the shell reads it as data of the word where it stands.
 *
 * Values are strings, finite numbers, bigints and booleans, each one word or part of one (`--file=${name}.txt`), and
 * arrays of these: one word per element, none for an empty array. An array must stand on its own between blanks,
 * whatever its length, so that a mistake shows before the array grows.
 *
 * The text reaches the shell as it is written (`\n` stays a backslash and an n), but for the two escapes that a
 * template forces: `` \` `` becomes a backquote and `\${` becomes `${`. In front of these, one backslash is dropped.
 *
 * There is no way to insert a value unquoted: commands that are code, not data, are joined as ordinary strings.
 * Quoting cannot say what a command does with a word. A value that starts with `-` is read as an option unless `--`
 * stands before it, and `eval`, `let`, `declare`, `export`, `read`, `unset`, `test -v`, `printf -v`, `sh -c` or an
 * assignment to an integer variable evaluate a word that they are given.
 *
 * @throws TypeError for any other value, for NUL and for a lone surrogate.
 * @throws SyntaxError where quoting cannot protect the value: in quotes, backquotes, comments, here-documents,
 * `${…}`, arithmetic, `[…]`, arithmetic comparisons in `[[ ]]`, after a `$` or a backslash, and after text
 * that shells read in different ways.
 */
export function sh(strings: TemplateStringsArray, ...values: readonly unknown[]): string {
  return buildCommand({ tag: "sh", quote: quotePosix, scanner: new ShellScanner() }, strings, values);
}
