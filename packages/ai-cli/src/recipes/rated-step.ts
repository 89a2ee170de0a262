import type { StepObject } from "@d0ttino/plugin-sdk";
import type { Risk } from "./risk/classify-step.ts";
import { isAtLeast } from "./risk/risk-level.ts";

/** A step and what it could break. */
export interface RatedStep {
  readonly step: StepObject;
  readonly risk: Risk;
}

/** Finds out what a step could break. */
export type StepRater = (step: StepObject) => RatedStep;

/** Loads what rates steps for a shell, which is too heavy for commands that run none. */
export async function stepRater(shell: string): Promise<StepRater> {
  const { classifyStep } = await import("./risk/classify-step.ts");
  const context = { shell: shell === "powershell" ? "powershell" : "posix" } as const;
  return (step) => ({ step, risk: classifyStep(step, context) });
}

/** Whether a person has to look at a step with care: what `--yes` alone would not run. */
export function needsCare({ step, risk }: RatedStep): boolean {
  return step.confirm === true || isAtLeast(risk.level, "medium");
}
