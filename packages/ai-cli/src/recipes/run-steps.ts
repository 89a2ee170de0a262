import type { StepObject } from "@d0ttino/plugin-sdk";
import { createsWhatIsThere, isDone, spawnStep, type OutputTaker, type StepEnd, type StepPlace } from "./spawn-step.ts";

/** What is to be done with a step. */
export type Consent = "run" | "skip" | "quit";

/** What happened to a step. */
export type StepResult =
  | { readonly outcome: "ran"; readonly end: StepEnd }
  | { readonly outcome: "skipped"; readonly because: "done" | "refused" };

/** Who decides about steps and who is told of them. Steps count from 1. */
export interface StepObserver {
  /** Asked before each step that is not done already. */
  consent(step: StepObject, number: number): Promise<Consent>;
  started(step: StepObject, number: number): void;
  ended(step: StepObject, number: number, result: StepResult): void;
  /** Where the step's output goes; undefined leaves it to the terminal. */
  outputOf(number: number): OutputTaker | undefined;
}

/** The exit code of a run that the person quit. */
const QUIT = 130;

/**
 * Runs steps one after the other and stops at the first that fails and may not.
 * @returns the exit code of the first failing step, 0 when none failed, 130 when the person quit
 */
export async function runSteps(
  steps: readonly StepObject[],
  place: StepPlace,
  observer: StepObserver,
): Promise<number> {
  for (const [at, step] of steps.entries()) {
    const number = at + 1;
    if (createsWhatIsThere(step, place)) {
      observer.ended(step, number, { outcome: "skipped", because: "done" });
      continue;
    }
    const consent = await observer.consent(step, number);
    if (consent === "quit" || place.signal.aborted) return QUIT;
    if (consent === "skip") {
      observer.ended(step, number, { outcome: "skipped", because: "refused" });
      continue;
    }
    // A guard is a command too: it runs only when it has been shown and agreed to.
    if (await isDone(step, place)) {
      observer.ended(step, number, { outcome: "skipped", because: "done" });
      continue;
    }
    observer.started(step, number);
    const end = await spawnStep(step, place, observer.outputOf(number));
    observer.ended(step, number, { outcome: "ran", end });
    if (place.signal.aborted) return QUIT;
    if (end.exitCode !== 0 && step.allowFail !== true) return end.exitCode;
  }
  return 0;
}
