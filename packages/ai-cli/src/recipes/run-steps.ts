import type { StepObject, StepReport } from "@d0ttino/plugin-sdk";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import type { Journal } from "./journal/journal.ts";
import { keepPlace, type KeptPlace } from "./journal/kept-place.ts";
import type { RunProgress } from "./journal/run-progress.ts";
import type { RunInterruption } from "./run-interruption.ts";
import type { OutputTaker, RunOutput } from "./run-output.ts";
import { createsWhatIsThere, isDone, spawnStep, type StepPlace } from "./spawn-step.ts";
import type { StepEnd } from "./started-command.ts";
import type { StepSource } from "./step-source.ts";
import type { Surroundings } from "./step-script.ts";
import { StepTraces } from "./step-traces.ts";

/** What is to be done with a step; the step that runs may be another than the recipe's, when a person has edited it. */
export type Decision =
  | { readonly do: "run"; readonly step: StepObject }
  | { readonly do: "skip" }
  | { readonly do: "quit" };

/** What is to be done when a step has failed. */
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
  /** Told what is to be known of how the steps behind one begin. */
  noted(number: number, note: string): void;
  /** Where the step's output goes; undefined leaves it to the terminal, or to the program's own output. */
  outputOf(number: number): OutputTaker | undefined;
}

/** What a run is made of. */
export interface Run {
  readonly source: StepSource;
  /** Its own folder, absolute. */
  readonly folder: string;
  readonly interruption: RunInterruption;
  readonly output: RunOutput;
  readonly journal: Pick<Journal, "write">;
  readonly observer: StepObserver;
  /** The variables that this process was started with. */
  readonly base: Readonly<NodeJS.ProcessEnv>;
}

/** Where a run begins, or goes on. */
export interface RunStart {
  readonly place: StepPlace;
  /** What is behind it; its finished steps are taken from the source and not run again. */
  readonly progress: RunProgress;
}

/**
 * A step that was started before, when nobody knows how it ended: a person has to look, unless it has a guard that
 * tells whether it is done.
 */
export function askedAgain(planned: StepObject, begun: NonNullable<RunProgress["begun"]>): StepObject {
  const step = begun.edited ?? planned;
  return step.unless === undefined && step.creates === undefined ? { ...step, confirm: true } : step;
}

/** The exit code of a run that the person quit. */
const QUIT = 130;

/**
 * Runs steps one after the other and stops at the first that fails and may not, unless the observer goes on.
 * @returns the exit code of the first step that failed for good, 0 when none did, 130 when the person quit
 * @throws D0ttinoError `recipe-failed` when the recipe fails to decide a step
 */
export async function runSteps(run: Run, start: RunStart): Promise<number> {
  const { source, journal } = run;
  const { finished, begun, decided } = start.progress;
  let { failed, place: kept } = start.progress;
  let { place } = start;
  let before: StepReport | undefined;
  for (let number = 1; ; number += 1) {
    const step = await source.next(before);
    if (step === undefined) return failed;
    checkDecided(step, decided[number - 1], number);
    before = finished[number - 1];
    if (before !== undefined) continue;
    if (source.steps === undefined) journal.write({ type: "step", step: number, planned: step });
    const isBegun = begun !== undefined && number === finished.length + 1;
    const taken = await takeStep(run, isBegun ? askedAgain(step, begun) : step, number, place, kept);
    if (taken === "quit") return QUIT;
    failed ||= taken.failed;
    if (taken.stops) return failed;
    ({ before, kept } = taken);
    place = { shell: place.shell, signal: place.signal, ...taken.next };
  }
}

/** What is to be kept of where the next step begins; the same object when that is what was kept before. */
function keptAfter(
  next: Surroundings,
  place: StepPlace,
  base: Readonly<NodeJS.ProcessEnv>,
  before: KeptPlace | undefined,
): KeptPlace | undefined {
  if (next === place) return before;
  const kept = keepPlace(next, base, before);
  return JSON.stringify(kept) === JSON.stringify(before ?? keepPlace(place, base, undefined)) ? before : kept;
}

/** A recipe that decides its steps while it runs must come to those again that have been run. */
function checkDecided(step: StepObject, earlier: StepObject | undefined, number: number): void {
  if (earlier === undefined || JSON.stringify(step) === JSON.stringify(earlier)) return;
  throw new D0ttinoError(
    "run-refused",
    `The plan has changed: step ${number} is another than when the run was begun.`,
    {
      hint: "Begin a new run.",
    },
  );
}

/** What became of a step in the end. */
interface TakenStep {
  readonly before: StepReport;
  /** Its exit code when it has failed and may not, else 0. */
  readonly failed: number;
  readonly stops: boolean;
  /** Where the next step begins. */
  readonly next: Surroundings;
  readonly kept: KeptPlace | undefined;
}

async function takeStep(
  run: Run,
  planned: StepObject,
  number: number,
  place: StepPlace,
  kept: KeptPlace | undefined,
): Promise<TakenStep | "quit"> {
  const { observer, journal, output, interruption } = run;
  const traces = new StepTraces(run.folder, number);
  const skipped = (step: StepObject, because: "done" | "refused"): TakenStep => {
    journal.write({ type: "skip", step: number, because });
    observer.ended(step, number, { outcome: "skipped", because });
    return { before: { exitCode: null, output: "" }, failed: 0, stops: false, next: place, kept };
  };
  if (createsWhatIsThere(planned, place)) return skipped(planned, "done");
  const decision = await observer.before(planned, number, place);
  if (decision.do === "quit" || place.signal.aborted) return "quit";
  if (decision.do === "skip") return skipped(planned, "refused");
  let { step } = decision;
  for (;;) {
    // A guard is a command too: it runs only when it has been shown and agreed to. Keys are for the person's terminal then.
    if (step.unless !== undefined) output.restoreTerminal();
    if (await isDone(step, place, interruption)) return skipped(step, "done");
    if (place.signal.aborted) return "quit";
    traces.clear();
    journal.write({ type: "start", step: number, ...(step === planned ? {} : { edited: step }) });
    observer.started(step, number);
    const streams = await output.open(
      observer.outputOf(number),
      step.interactive === true,
      run.source.steps === undefined,
    );
    const { end, isTerminalBack, next, note } = await spawnStep(step, place, { traces, streams, interruption });
    const told = output.finish(isTerminalBack);
    const left = keptAfter(next, place, run.base, kept);
    const isFinished = end.exitCode === 0 || step.allowFail === true;
    journal.write({
      type: "end",
      step: number,
      ...end,
      ...(isFinished && left !== undefined && left !== kept ? { place: left } : {}),
      ...(told === undefined ? {} : { output: told }),
    });
    observer.ended(step, number, { outcome: "ran", end });
    if (note !== undefined && number !== run.source.steps?.length) observer.noted(number, note);
    if (place.signal.aborted) return "quit";
    const before = { exitCode: end.exitCode, output: told ?? "" };
    if (isFinished) return { before, failed: 0, stops: false, next, kept: left };
    const after = await observer.afterFailure(step, number, end, place);
    if (after.do === "stop" || place.signal.aborted)
      return place.signal.aborted ? "quit" : { before, failed: end.exitCode, stops: true, next, kept: left };
    if (after.do === "go-on") {
      journal.write({
        type: "skip",
        step: number,
        because: "failed",
        ...(left === undefined || left === kept ? {} : { place: left }),
      });
      return { before, failed: end.exitCode, stops: false, next, kept: left };
    }
    ({ step } = after);
  }
}
