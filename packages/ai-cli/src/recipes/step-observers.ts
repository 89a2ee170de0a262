import { StringDecoder } from "node:string_decoder";
import { writeData, writeMessage, writeStepOutput } from "../terminal/terminal.ts";
import type { RatedStep, StepRater } from "./rated-step.ts";
import type { RunLog } from "./run-log.ts";
import type { Decision, StepObserver, StepResult } from "./run-steps.ts";
import { stepText, type Plan } from "./show-plan.ts";
import type { OutputTaker } from "./spawn-step.ts";

/** How a run decides about a step, counted from 1. */
export type ConsentGiver = (step: RatedStep, number: number) => Promise<Decision>;

/** Shows a run to a person: each command before it runs, its output as it is, and how it ended. */
export function personObserver(
  plan: Plan,
  rate: StepRater,
  consent: ConsentGiver,
  log: RunLog | undefined,
  isPlanShown: boolean,
): StepObserver {
  const text = (step: RatedStep, number: number): string => stepText(step, number, plan.steps.length);
  return {
    before(step, number) {
      const rated = rate(step);
      const isJustAbove = isPlanShown && plan.steps.length === 1;
      if (!isJustAbove) writeMessage(text(rated, number));
      return consent(rated, number);
    },
    afterFailure: () => Promise.resolve({ do: "stop" }),
    started: (step, number) => log?.note(text(rate(step), number)),
    ended(step, number, result) {
      const told = endText(number, result);
      if (told !== undefined) writeMessage(step.allowFail === true ? `${told} It may fail.` : told);
      log?.note(told ?? `Step ${number} succeeded.`);
    },
    // The terminal is the step's own, unless its output has to be kept as well.
    outputOf: (number) =>
      log === undefined || plan.steps[number - 1]?.step.interactive === true ? undefined : tee(log),
  };
}

/** Tells a run to a program: one JSON object a line on standard output, the steps' own output among them. */
export function programObserver(rate: StepRater, consent: ConsentGiver, log: RunLog | undefined): StepObserver {
  const tell = (event: object): void => writeData(`${JSON.stringify(event)}\n`);
  return {
    before: (step, number) => consent(rate(step), number),
    afterFailure: () => Promise.resolve({ do: "stop" }),
    started(step, number) {
      log?.note(step.run);
      tell({ type: "start", step: number, run: step.run });
    },
    ended(_step, number, result) {
      log?.note(endText(number, result) ?? `Step ${number} succeeded.`);
      tell(
        result.outcome === "ran"
          ? {
              type: "end",
              step: number,
              exitCode: result.end.exitCode,
              ...(result.end.reason === undefined ? {} : { reason: result.end.reason }),
            }
          : { type: "skip", step: number, because: result.because },
      );
    },
    outputOf(number) {
      const decoders = { stdout: new StringDecoder(), stderr: new StringDecoder() };
      return (stream, bytes) => {
        log?.write(bytes);
        const data = decoders[stream].write(bytes);
        if (data !== "") tell({ type: "output", step: number, stream, data });
      };
    },
  };
}

/** Both writes are synchronous, so that a step that prints faster than its reader reads has to wait. */
function tee(log: RunLog): OutputTaker {
  return (stream, bytes) => {
    log.write(bytes);
    writeStepOutput(stream, bytes);
  };
}

function endText(number: number, result: StepResult): string | undefined {
  if (result.outcome === "skipped")
    return `Step ${number} is skipped: ${result.because === "done" ? "it is done already" : "you said so"}.`;
  const { exitCode, reason } = result.end;
  if (exitCode === 0) return undefined;
  return `Step ${number} failed with exit code ${exitCode}${reason === undefined ? "" : `: ${reason}`}.`;
}
