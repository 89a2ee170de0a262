import { isPromiseLike } from "../language-model/fields.ts";
import { ContractViolation } from "./contract-violation.ts";
import { isIterable, startPlan, type RecipeSubject } from "./plan-goal.ts";
import type { Check, Skip } from "./run-checks.ts";
import { TookTooLong, withinLimit } from "./within-limit.ts";

/** Where a plan is aborted: before its first step, or after it. */
const PLACES = [0, 1];

/** The check that a recipe does not go on planning when the person has given up. */
export function planAbortCheck(subject: RecipeSubject): Check {
  return {
    name: "stops planning when it is aborted",
    run: async () => {
      let waits = false;
      for (const place of PLACES) waits = (await abortPlan(subject, place)) || waits;
      return waits ? undefined : SKIP;
    },
  };
}

const SKIP: Skip = { skipped: "the plan comes at once" };

/** Whether there was something to abort. */
async function abortPlan(subject: RecipeSubject, place: number): Promise<boolean> {
  const controller = new AbortController();
  let waits = false;
  try {
    await withinLimit(subject.limit, async () => {
      const plan = startPlan(subject, subject.goals[0], controller.signal);
      if (place === 0) controller.abort();
      waits = isPromiseLike(plan);
      const steps = await plan;
      if (!isIterable(steps) || !(Symbol.asyncIterator in steps)) return;
      waits = true;
      let count = 0;
      for await (const _ of steps) {
        count += 1;
        if (count === place) controller.abort();
      }
    });
  } catch (error) {
    // Any error is a way to stop.
    if (!(error instanceof TookTooLong)) return waits;
    throw new ContractViolation({
      expected: "the plan to end, or to fail, when its signal is aborted",
      happened: `it was still under way ${subject.limit} ms later`,
      advice: "pass `context.signal` on to whatever the recipe waits for, and end when it is aborted.",
    });
  }
  return waits;
}
