import { buildCommand } from "./build-command.ts";
import { PowershellScanner } from "./powershell-scanner.ts";
import { quotePowershell } from "./quote-powershell.ts";

/**
 * Builds a command line for PowerShell 7 or Windows PowerShell 5.1, as `sh` does for POSIX shells, with the same
 * values and the same two escapes: powershell`Set-Content -LiteralPath ${path} -Value ${text}`.
 *
 * Every value becomes a string in single quotes, numbers too: PowerShell converts them where it wants a number.
 * PowerShell ends a word where a string begins or ends it, therefore a value must be the end of its word and
 * either all of it or what follows `name=`, `-name:` or `--name=`. Put longer words together first:
 * powershell`Get-Item ${`${name}.txt`}`. The words of an array are separated by blanks, as arguments, not by commas.
 *
 * A command that is a value needs the call operator: powershell`& ${command} --version`. Without it, PowerShell
 * takes the string for an expression; where a word follows, that is refused here.
 *
 * Before 7.3, PowerShell hands arguments that hold a `"` to programs (not to cmdlets) without escaping it, and the
 * program may then see several arguments; it also drops empty ones. Quoting cannot prevent that.
 *
 * @throws TypeError for values that are no data, as `sh` does.
 * @throws SyntaxError where quoting cannot protect the value: in strings, here-strings, comments and `${…}`, after a
 * `$` or a backtick, after `--%`, and where it touches other text of its word.
 */
export function powershell(strings: TemplateStringsArray, ...values: readonly unknown[]): string {
  const flavour = { tag: "powershell", quote: quotePowershell, scanner: new PowershellScanner() };
  return buildCommand(flavour, strings, values);
}
