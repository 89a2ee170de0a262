import type { StepObject } from "@d0ttino/plugin-sdk";
import { readWords } from "./judge/read-words.ts";
import { judgeLanguage } from "./judge-language.ts";
import type { Output } from "./output.ts";
import { readPowershell } from "./powershell/read-powershell.ts";
import type { Finding, Reading } from "./reading.ts";
import { RISK_LEVELS, type RiskLevel } from "./risk-level.ts";
import { emptyScope, type Scope } from "./scope.ts";
import { assign } from "./shell/read-command.ts";
import { judgeVariable } from "./shell/judge-variable.ts";
import { readText } from "./shell/read-text.ts";
import type { Language } from "./table/program.ts";
import { plainWord, type ShellWord } from "./words/shell-word.ts";

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
  const reading = new StepReading();
  try {
    const texts = step.unless === undefined ? [step.run] : [step.run, step.unless];
    for (const text of texts) {
      const scope = stepScope(step, reading);
      if (context.shell === "powershell") readPowershell(text, scope, reading);
      else readText(text, scope, reading);
      reading.finish();
    }
  } catch {
    // Whatever a reader stumbles over is not for it to let pass.
    reading.find("high", "cannot be read");
  }
  return riskOf(reading.findings);
}

function stepScope({ cwd, env }: Pick<StepObject, "env" | "cwd">, reading: Reading): Scope {
  const scope = emptyScope(cwd === undefined || cwd === "." ? "" : cwd);
  if (env === undefined) return scope;
  for (const [name, value] of Object.entries(env)) {
    assign(name, [plainWord(value)], false, scope);
    judgeVariable(name, value, scope, reading);
  }
  return scope;
}

/** The reading of one step from its beginning to its end. */
class StepReading implements Reading {
  readonly findings: Finding[] = [];
  left = MOST_COMMANDS;
  depth = 0;
  #later: (() => void)[] | undefined;
  #called: Set<object> | undefined;
  #written: Map<string, string> | undefined;
  #fetched: Set<string> | undefined;
  #moved: Set<string> | undefined;
  #made: Set<string> | undefined;

  // Few steps need any of these.
  get later(): (() => void)[] {
    return (this.#later ??= []);
  }
  get called(): Set<object> {
    return (this.#called ??= new Set());
  }
  get written(): Map<string, string> {
    return (this.#written ??= new Map());
  }
  get fetched(): Set<string> {
    return (this.#fetched ??= new Set());
  }
  get moved(): Set<string> {
    return (this.#moved ??= new Set());
  }
  get made(): Set<string> {
    return (this.#made ??= new Set());
  }

  find(level: RiskLevel, reason: string): void {
    const { findings } = this;
    for (let at = 0; at < findings.length; at++)
      if (findings[at]?.reason === reason && findings[at]?.level === level) return;
    findings.push({ level, reason });
  }

  readShell(text: string, scope: Scope, input?: Output): Output {
    return readText(text, scope, this, input);
  }

  readWords(words: readonly ShellWord[], scope: Scope, input: Output): Output {
    return readWords(words, scope, this, input);
  }

  readCode(language: Language, text: string, scope: Scope): void {
    judgeLanguage(language, text, scope, this);
  }

  /** Reads what was put off, and what that puts off. */
  finish(): void {
    for (let next = this.#later?.shift(); next !== undefined; next = this.#later?.shift()) next();
  }
}

function riskOf(findings: readonly Finding[]): Risk {
  const reasons: string[] = [];
  let level: RiskLevel = "none";
  for (let rank = RISK_LEVELS.length - 1; rank > 0; rank--) {
    for (let at = 0; at < findings.length; at++) {
      const found = findings[at] as Finding;
      if (found.level !== RISK_LEVELS[rank] || reasons.includes(found.reason)) continue;
      if (reasons.length === 0) level = found.level;
      reasons.push(found.reason);
    }
  }
  return { level, reasons };
}
