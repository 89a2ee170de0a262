import type { GoalAttack } from "./goal-attack.ts";

/** Tells how a shell reads a script, without running it. */
export interface ScriptReader {
  /** Whether the shell takes the syntax of an attack, found at a place, for syntax and not for text. */
  hasPower(script: string, place: number, attack: Pick<GoalAttack, "goal" | "isExpansion">): boolean;
  /** The quotes that are still open when the script ends, in words, or undefined. */
  openQuotes(script: string): string | undefined;
  /** The scripts that the script itself gives to a shell, as far as they can be seen. */
  innerScripts(script: string): string[];
}

/** Whether a place lies within an occurrence of a text. */
export function liesWithin(script: string, place: number, text: string): boolean {
  const start = script.lastIndexOf(text, place);
  return start !== -1 && place < start + text.length;
}
