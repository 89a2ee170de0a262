import { ContractViolation } from "./contract-violation.ts";
import { excerpt } from "../excerpt.ts";
import { goalAttacks, type GoalAttack } from "./goal-attack.ts";
import { planGoal, type RecipeSubject } from "./plan-goal.ts";
import { posixReader } from "./posix-reader.ts";
import { powershellReader } from "./powershell-reader.ts";
import type { Check, Skip } from "./run-checks.ts";
import type { ScriptReader } from "./script-reader.ts";
import { scriptsOf } from "../step-form.ts";

/**
 * The check that no part of a goal is ever read as shell syntax.
 *
 * It plans with goals that hold shell syntax before a word of their own, and looks in the steps for that syntax with
 * that word: where it stands, the shell must take it for text. No step is run, and nothing is said about what else
 * becomes of the goal: it may be quoted in any style, made a path, split, put in capitals, moved into `env` or
 * refused. A comparison with the plan of a harmless goal would find the same, but take each of these for a fault,
 * and take a properly quoted word inside double quotes for safe.
 */
export function goalIsData(subject: RecipeSubject): Check {
  return { name: "keeps the goal from running", run: async () => attack(subject) };
}

const POSIX_SHELL = /^(?:ba|da|z|k|mk|a|busybox )?sh$/;

function readerFor(shell: string): ScriptReader | undefined {
  const name = shell
    .replace(/^.*[/\\]/, "")
    .replace(/\.exe$/i, "")
    .toLowerCase();
  if (POSIX_SHELL.test(name)) return posixReader;
  return name === "powershell" || name === "pwsh" ? powershellReader : undefined;
}

async function attack(subject: RecipeSubject): Promise<Skip | undefined> {
  const reader = readerFor(subject.context.shell);
  if (reader === undefined) return { skipped: `how ${subject.context.shell} reads quotes is not known here` };
  for (const goal of subject.goals) {
    const scripts = await scriptsFor(subject, goal);
    const isBalanced = scripts.every((script) => reader.openQuotes(script) === undefined);
    for (const attack of goalAttacks(goal, scripts)) {
      for (const script of await scriptsFor(subject, attack.goal)) {
        if (comesToPower(reader, script, attack)) throw violation(attack, script, `would ${attack.effect}`);
        const quotes = isBalanced ? reader.openQuotes(script) : undefined;
        if (quotes !== undefined) throw violation(attack, script, `leaves ${quotes} open`);
      }
    }
  }
  return undefined;
}

async function scriptsFor(subject: RecipeSubject, goal: string): Promise<string[]> {
  // A goal that the recipe refuses cannot do harm.
  const { steps = [] } = await planGoal(subject, goal);
  return steps.flatMap(scriptsOf);
}

function comesToPower(reader: ScriptReader, script: string, attack: GoalAttack): boolean {
  const { pattern } = attack;
  if ([...script.matchAll(pattern)].some((match) => reader.hasPower(script, match.index, attack))) return true;
  return reader.innerScripts(script).some((inner) => comesToPower(reader, inner, attack));
}

function violation({ goal }: GoalAttack, script: string, effect: string): ContractViolation {
  return new ContractViolation({
    expected: "the goal to stay data",
    happened: `the goal ${excerpt(goal)} ${effect} in the step ${excerpt(script)}`,
    advice: "let the tag `sh` (or `powershell`) quote it, outside of any quotes: sh`echo ${goal}`.",
  });
}
