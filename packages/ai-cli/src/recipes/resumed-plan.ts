import type { StepObject } from "@d0ttino/plugin-sdk";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import type { OpenRun } from "./open-run.ts";
import { stepAsRun } from "./journal/run-progress.ts";
import { askedAgain } from "./run-steps.ts";

/**
 * Sees that a run goes on with the plan that it was begun with.
 * @param steps the plan as the recipe has it now; undefined when it decides it while it runs
 * @throws D0ttinoError `run-refused`
 */
export function checkPlan({ folder, record }: OpenRun, steps: readonly StepObject[] | undefined, shell: string): void {
  const at = firstDifference(record.steps ?? [], steps ?? []);
  if (record.shell === shell && at === -1 && (record.steps === null) === (steps === undefined)) return;
  const what = at === -1 ? "it is for another shell, or decided in another way" : `step ${at + 1} is another`;
  throw new D0ttinoError("run-refused", `The plan of run ${folder.id} has changed since it was begun: ${what}.`, {
    hint: "Begin a new run; ai-cli runs show tells what was done.",
  });
}

function firstDifference(before: readonly StepObject[], now: readonly StepObject[]): number {
  const length = Math.max(before.length, now.length);
  for (let at = 0; at < length; at += 1) if (JSON.stringify(before[at]) !== JSON.stringify(now[at])) return at;
  return -1;
}

/** The steps as they ran that are finished, and the others as they are asked about now. */
export function resumedSteps({ progress }: OpenRun, steps: readonly StepObject[]): StepObject[] {
  const { begun, finished } = progress;
  return steps.map((step, at) => {
    if (at < finished.length) return stepAsRun(progress, step, at);
    return begun !== undefined && at === finished.length ? askedAgain(step, begun) : step;
  });
}

/** Where a run goes on, for the person. */
export function resumedText({ folder, record, progress }: OpenRun): string {
  const done = progress.finished.length;
  const all = record.steps?.length;
  if (done === all) return `Run ${folder.id} is finished: nothing is left to do.`;
  const behind = done === 0 ? "" : done === 1 ? "step 1 is done; " : `steps 1 to ${done} are done; `;
  const next = `Run ${folder.id}: ${behind}going on with step ${done + 1}${all === undefined ? "" : ` of ${all}`}.`;
  return progress.begun === undefined
    ? next
    : `${next}\nIt was started before, and nobody knows how it ended: look before you run it again.`;
}
