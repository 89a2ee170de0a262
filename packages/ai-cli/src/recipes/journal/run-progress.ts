import type { StepObject, StepReport } from "@d0ttino/plugin-sdk";
import type { StepEnd } from "../started-command.ts";
import type { JournalEvent } from "./journal.ts";
import type { KeptPlace } from "./kept-place.ts";

/** What a journal says of a run. */
export interface RunProgress {
  /** How the steps ended that need not be run again, in order. */
  readonly finished: readonly StepReport[];
  /** The step behind them, when it was started and nobody knows how it ended; `edited` is what ran. */
  readonly begun: { readonly edited: StepObject | undefined } | undefined;
  /** How each step ended the last time it was run, by its place in the plan; the one behind the finished ones failed. */
  readonly ends: readonly (StepEnd | undefined)[];
  /** What ran then, where a person had changed the step. */
  readonly edited: readonly (StepObject | undefined)[];
  /** The exit code of the first step that failed and was passed over, or 0. */
  readonly failed: number;
  /** Where the next step begins; undefined when that is where the run was started. */
  readonly place: KeptPlace | undefined;
  /** The steps that were decided while the run went on, and the answers that decided them. */
  readonly decided: readonly StepObject[];
  readonly answers: readonly { readonly prompt: string; readonly text: string }[];
  /** The exit code with which the run last came to an end of its own; undefined when it broke off. */
  readonly result: number | undefined;
}

/**
 * Puts together what the lines of a journal say.
 * @param steps the plan; null when it was decided while the run went on
 */
export function runProgress(events: readonly JournalEvent[], steps: readonly StepObject[] | null): RunProgress {
  const finished: StepReport[] = [];
  const ends: StepEnd[] = [];
  const edited: (StepObject | undefined)[] = [];
  const decided: StepObject[] = [];
  const answers: { prompt: string; text: string }[] = [];
  let begun: RunProgress["begun"];
  let failed = 0;
  let last: StepReport = { exitCode: null, output: "" };
  let place: KeptPlace | undefined;
  let result: number | undefined;
  for (const event of events) {
    result = event.type === "result" ? event.exitCode : undefined;
    if (event.type === "step") decided[event.step - 1] = event.planned;
    else if (event.type === "answer") answers.push(event);
    // A step that was begun before was asked about as it ran then.
    else if (event.type === "start") begun = { edited: event.edited ?? begun?.edited };
    else if (event.type === "unbegun") begun = undefined;
    else if (event.type === "end") {
      const { exitCode, reason } = event;
      ends[event.step - 1] = reason === undefined ? { exitCode } : { exitCode, reason };
      edited[event.step - 1] = begun?.edited;
      last = { exitCode, output: event.output ?? "" };
      const ran = begun?.edited ?? (steps ?? decided)[event.step - 1];
      if (exitCode === 0 || ran?.allowFail === true) {
        finished[event.step - 1] = last;
        place = event.place ?? place;
      }
      begun = undefined;
    } else if (event.type === "skip") {
      finished[event.step - 1] = event.because === "failed" ? last : { exitCode: null, output: "" };
      if (event.because === "failed") failed ||= last.exitCode ?? 0;
      place = event.place ?? place;
      begun = undefined;
    }
  }
  return { finished, begun, ends, edited, failed, place, decided, answers, result };
}

/** A step as it ran the last time: as a person had changed it, else as it was planned. @param at its place in the plan */
export function stepAsRun({ finished, begun, edited }: RunProgress, planned: StepObject, at: number): StepObject {
  if (finished[at]?.exitCode === null) return planned;
  const changed = begun !== undefined && at === finished.length ? begun.edited : edited[at];
  return changed ?? planned;
}
