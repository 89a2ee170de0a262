import { StringDecoder } from "node:string_decoder";
import { writeData, writeMessage } from "../terminal/terminal.ts";
import type { Decider } from "./asking/ask-person.ts";
import type { StepRater } from "./rated-step.ts";
import type { RunLog } from "./run-log.ts";
import type { StepObserver, StepResult } from "./run-steps.ts";
import { hasColours, styled } from "../terminal/colours.ts";
import { planPaint } from "./paint-plan.ts";
import { stepJson, stepText, type Plan } from "./show-plan.ts";

/** What an observer of a run knows and uses. */
export interface Observation {
  readonly plan: Plan;
  readonly rate: StepRater;
  readonly decider: Decider;
  readonly log: RunLog;
}

/**
 * Shows a run to a person: each command before it runs, its output as it is, and how it ended.
 * @param isPlanShown whether the person has the whole plan before their eyes
 */
export function personObserver({ plan, rate, decider, log }: Observation, isPlanShown: boolean): StepObserver {
  const count = plan.isOpen ? undefined : plan.steps.length;
  return {
    before(step, number, here) {
      const rated = rate(step);
      const isJustAbove = isPlanShown && count === 1;
      if (!isJustAbove) writeMessage(stepText(rated, number, count), planPaint("stderr"));
      return decider.decide(rated, number, here);
    },
    afterFailure: (step, number, _end, here) => decider.afterFailure(rate(step), number, here),
    started: (step, number) => log.note(stepText(rate(step), number, count)),
    ended(step, number, result) {
      const told = endText(number, result);
      const hasFailed = result.outcome === "ran" && step.allowFail !== true && hasColours("stderr");
      const paint = hasFailed ? (shown: string): string => styled(shown, "red") : undefined;
      if (told !== undefined) writeMessage(step.allowFail === true ? `${told} It may fail.` : told, paint);
      log.note(told ?? `Step ${number} succeeded.`);
    },
    noted(number, note) {
      const told = noteText(number, note);
      writeMessage(told);
      log.note(told);
    },
    outputOf: () => undefined,
  };
}

/** Tells a run to a program: one JSON object a line on standard output, the steps' own output among them. */
export function programObserver({ plan, rate, decider, log }: Observation): StepObserver {
  const tell = (event: object): void => writeData(`${JSON.stringify(event)}\n`);
  return {
    before(step, number, here) {
      const rated = rate(step);
      // The plan did not have it.
      if (plan.isOpen) tell({ type: "step", step: number, ...stepJson(rated) });
      return decider.decide(rated, number, here);
    },
    afterFailure: (step, number, _end, here) => decider.afterFailure(rate(step), number, here),
    started(step, number) {
      log.note(step.run);
      tell({ type: "start", step: number, run: step.run });
    },
    ended(_step, number, result) {
      log.note(endText(number, result) ?? `Step ${number} succeeded.`);
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
    noted(number, note) {
      log.note(noteText(number, note));
      tell({ type: "note", step: number, note });
    },
    outputOf(number) {
      const decoders = { stdout: new StringDecoder(), stderr: new StringDecoder() };
      return (stream, bytes) => {
        const data = decoders[stream].write(bytes);
        if (data !== "") tell({ type: "output", step: number, stream, data });
      };
    },
  };
}

function noteText(number: number, note: string): string {
  return `Note on step ${number}: ${note}.`;
}

function endText(number: number, result: StepResult): string | undefined {
  if (result.outcome === "skipped")
    return `Step ${number} is skipped: ${result.because === "done" ? "it is done already" : "you said so"}.`;
  const { exitCode, reason } = result.end;
  if (exitCode === 0) return undefined;
  return `Step ${number} failed with exit code ${exitCode}${reason === undefined ? "" : `: ${reason}`}.`;
}
