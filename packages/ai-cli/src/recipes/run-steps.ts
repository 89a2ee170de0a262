import type { StepObject } from "@d0ttino/plugin-sdk";
import { createsWhatIsThere, isDone, spawnStep, type OutputTaker, type StepEnd, type StepPlace } from "./spawn-step.ts";

/** What is to be done with a step; the step that runs may be another than the recipe's, when a person has edited it. */
export type Decision =
  | { readonly do: "run"; readonly step: StepObject }
  | { readonly do: "skip" }
  | { readonly do: "quit" };

/** What is to be done when a step has failed. @public */
export type AfterFailure =
  | { readonly do: "retry"; readonly step: StepObject }
  | { readonly do: "go-on" }
  | { readonly do: "stop" };

/** What happened to a step. */
export type StepResult =
  | { readonly outcome: "ran"; readonly end: StepEnd }
  | { readonly outcome: "skipped"; readonly because: "done" | "refused" };

/** Who decides about steps and who is told of them. Steps count from 1. */
export interface StepObserver {
  /** Asked before each step that is not done already. */
  before(step: StepObject, number: number, here: StepPlace): Promise<Decision>;
  /** Asked when a step has failed that may not, and the run was not interrupted. */
  afterFailure(step: StepObject, number: number, end: StepEnd, here: StepPlace): Promise<AfterFailure>;
  started(step: StepObject, number: number): void;
  ended(step: StepObject, number: number, result: StepResult): void;
  /** Where the step's output goes; undefined leaves it to the terminal. */
  outputOf(number: number): OutputTaker | undefined;
}

/** The exit code of a run that the person quit. */
const QUIT = 130;

/**
 * Runs steps one after the other and stops at the first that fails and may not, unless the observer goes on.
 * @returns the exit code of the first step that failed for good, 0 when none did, 130 when the person quit
 */
export async function runSteps(
  steps: readonly StepObject[],
  place: StepPlace,
  observer: StepObserver,
): Promise<number> {
  let failed = 0;
  for (const [at, step] of steps.entries()) {
    const end = await runStep(step, at + 1, place, observer);
    if (end === "quit") return QUIT;
    failed ||= end.exitCode;
    if (end.stop) return failed;
  }
  return failed;
}

/** What became of a step in the end: its exit code where it counts, else 0, and whether the run ends with it. */
interface StepOutcome {
  readonly exitCode: number;
  readonly stop: boolean;
}

const GO_ON: StepOutcome = { exitCode: 0, stop: false };

async function runStep(
  planned: StepObject,
  number: number,
  place: StepPlace,
  observer: StepObserver,
): Promise<StepOutcome | "quit"> {
  if (createsWhatIsThere(planned, place)) {
    observer.ended(planned, number, { outcome: "skipped", because: "done" });
    return GO_ON;
  }
  const decision = await observer.before(planned, number, place);
  if (decision.do === "quit" || place.signal.aborted) return "quit";
  if (decision.do === "skip") {
    observer.ended(planned, number, { outcome: "skipped", because: "refused" });
    return GO_ON;
  }
  let { step } = decision;
  for (;;) {
    // A guard is a command too: it runs only when it has been shown and agreed to.
    if (await isDone(step, place)) {
      observer.ended(step, number, { outcome: "skipped", because: "done" });
      return GO_ON;
    }
    observer.started(step, number);
    const end = await spawnStep(step, place, observer.outputOf(number));
    observer.ended(step, number, { outcome: "ran", end });
    if (place.signal.aborted) return "quit";
    if (end.exitCode === 0 || step.allowFail === true) return GO_ON;
    const next = await observer.afterFailure(step, number, end, place);
    if (place.signal.aborted) return "quit";
    if (next.do !== "retry") return { exitCode: end.exitCode, stop: next.do === "stop" };
    ({ step } = next);
  }
}
