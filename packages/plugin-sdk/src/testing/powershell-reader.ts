import type { Refusal } from "../sh/build-command.ts";
import { POWERSHELL_REFUSALS } from "../sh/powershell-refusals.ts";
import { quotePowershell } from "../sh/quote-powershell.ts";
import { PowershellScanner } from "../sh/powershell-scanner.ts";
import { liesWithin, type ScriptReader } from "./script-reader.ts";

const TEXT: ReadonlySet<Refusal | undefined> = new Set([
  POWERSHELL_REFUSALS.single,
  POWERSHELL_REFUSALS["here-string"],
  POWERSHELL_REFUSALS.comment,
  POWERSHELL_REFUSALS["block-comment"],
  POWERSHELL_REFUSALS.variable,
  POWERSHELL_REFUSALS.backtick,
]);

/** How PowerShell reads. The scanner of `powershell` says where a place is by why it would refuse a value there. */
export const powershellReader: ScriptReader = {
  hasPower(script, place, { goal, isExpansion }) {
    // A backquote begins nothing here; it escapes.
    if (script[place] === "`") return false;
    const before = script.slice(0, place);
    const refusal = refusalAfter(before);
    if (TEXT.has(refusal)) return false;
    // What stands in none of these is a command, or comes after text that can be read in different ways.
    if (refusal !== POWERSHELL_REFUSALS.double)
      return !isDoubtful(refusal) || !liesWithin(script, place, quotePowershell(goal));
    const [backticks = ""] = /(?<!`)`*$/.exec(before) ?? [];
    return isExpansion && backticks.length % 2 === 0;
  },
  openQuotes(script) {
    const refusal = refusalAfter(script);
    if (refusal === POWERSHELL_REFUSALS.single) return "single quotes";
    return refusal === POWERSHELL_REFUSALS.double ? "double quotes" : undefined;
  },
  innerScripts: () => [],
};

function refusalAfter(script: string): Refusal | undefined {
  const scanner = new PowershellScanner();
  scanner.read(script);
  return scanner.insert({ isArray: false, isEmpty: false, after: "", more: false });
}

function isDoubtful(refusal: Refusal | undefined): boolean {
  return refusal !== undefined && !Object.values<unknown>(POWERSHELL_REFUSALS).includes(refusal);
}
