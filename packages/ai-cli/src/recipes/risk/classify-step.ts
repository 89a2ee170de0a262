import type { StepObject } from "@d0ttino/plugin-sdk";
import { readWords } from "./judge/read-words.ts";
import { judgeLanguage } from "./judge-language.ts";
import { readPowershell } from "./powershell/read-powershell.ts";
import type { Finding, Reading } from "./reading.ts";
import { isAtLeast, type RiskLevel } from "./risk-level.ts";
import { emptyScope, type Scope } from "./scope.ts";
import { assign } from "./shell/read-command.ts";
import { judgeVariable } from "./shell/judge-variable.ts";
import { readText } from "./shell/read-text.ts";
import { plainWord } from "./words/shell-word.ts";

export type { RiskLevel } from "./risk-level.ts";

/** How much a step could break, and why. */
export interface Risk {
  readonly level: RiskLevel;
  /** In plain words, the most serious first; empty for `none`. */
  readonly reasons: readonly string[];
}

/** The shell a step is written for. */
export interface RiskContext {
  readonly shell?: "posix" | "powershell";
}

/** So many commands are read in one step. */
const MOST_COMMANDS = 2_000;

/**
 * Tells what a step could break, by reading its commands; nothing is run, and nothing is thrown. What cannot be read
 * counts as high. It is a seat belt, not a sandbox: a command can be written so that no reader sees what it does. The
 * guard is a command too, and variables can change what both do.
 */
export function classifyStep(
  step: Pick<StepObject, "run" | "unless" | "env" | "cwd">,
  context: RiskContext = {},
): Risk {
  const reading = newReading();
  try {
    const texts = step.unless === undefined ? [step.run] : [step.run, step.unless];
    for (const text of texts) {
      const scope = stepScope(step, reading);
      if (context.shell === "powershell") readPowershell(text, scope, reading);
      else readText(text, scope, reading);
      for (let next = reading.later.shift(); next !== undefined; next = reading.later.shift()) next();
    }
  } catch {
    // Whatever a reader stumbles over is not for it to let pass.
    reading.find("high", "cannot be read");
  }
  return riskOf(reading.findings);
}

function stepScope({ cwd, env }: Pick<StepObject, "env" | "cwd">, reading: Reading): Scope {
  const scope = emptyScope(cwd === undefined || cwd === "." ? "" : cwd);
  for (const [name, value] of Object.entries(env ?? {})) {
    assign(name, [plainWord(value)], false, scope);
    judgeVariable(name, value, scope, reading);
  }
  return scope;
}

function newReading(): Reading {
  const reading: Reading = {
    findings: [],
    later: [],
    called: new Set(),
    written: new Map(),
    fetched: new Set(),
    left: MOST_COMMANDS,
    depth: 0,
    find: (level, reason) => {
      if (!reading.findings.some((one) => one.reason === reason && one.level === level))
        reading.findings.push({ level, reason });
    },
    readShell: (text, scope, input) => readText(text, scope, reading, input),
    readWords: (words, scope, input) => readWords(words, scope, reading, input),
    readCode: (language, text, scope) => judgeLanguage(language, text, scope, reading),
  };
  return reading;
}

function riskOf(findings: readonly Finding[]): Risk {
  const first = findings[0];
  if (first === undefined) return { level: "none", reasons: [] };
  if (findings.length === 1) return { level: first.level, reasons: first.level === "none" ? [] : [first.reason] };
  const sorted = findings
    .filter(({ level }) => level !== "none")
    .toSorted((one, other) => (one.level === other.level ? 0 : isAtLeast(one.level, other.level) ? -1 : 1));
  return { level: sorted[0]?.level ?? "none", reasons: [...new Set(sorted.map(({ reason }) => reason))] };
}
