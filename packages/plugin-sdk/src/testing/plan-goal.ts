import type { AnyRecipe, RecipeContext, StepReport } from "../recipe.ts";
import { ContractViolation } from "./contract-violation.ts";
import { excerpt } from "../excerpt.ts";
import { TookTooLong, withinLimit } from "./within-limit.ts";

/** The recipe that is checked, and how to ask it. */
export interface RecipeSubject {
  readonly recipe: AnyRecipe;
  readonly context: Omit<RecipeContext, "signal">;
  /** Goals that it has steps for; at least one. */
  readonly goals: readonly [string, ...string[]];
  /** The most time for one plan, in milliseconds. */
  readonly limit: number;
}

/** What came of a goal: steps, not yet checked, or what the recipe threw. */
export type Planned =
  | { readonly steps: readonly unknown[]; readonly error?: undefined }
  | { readonly steps?: undefined; readonly error: { readonly thrown: unknown } };

/** More steps than a person would ever look through, so that an endless plan does not fill the memory. */
const MOST_STEPS = 10_000;

/** Starts planning, as a host does. Throws what the recipe throws. */
export function startPlan({ recipe, context }: RecipeSubject, goal: string, signal: AbortSignal): unknown {
  const call = { ...context, signal };
  return typeof recipe === "function" ? recipe(goal, call) : recipe.run(goal, call);
}

/**
 * Has the recipe plan for a goal.
 * @throws ContractViolation when that has no end or gives no list
 */
export async function planGoal(subject: RecipeSubject, goal: string): Promise<Planned> {
  const expected = `a list of steps for the goal ${excerpt(goal)}`;
  try {
    return await withinLimit(subject.limit, async (signal) => ({ steps: await collectSteps(subject, goal, signal) }));
  } catch (error) {
    if (error instanceof ContractViolation) throw error;
    if (!(error instanceof TookTooLong)) return { error: { thrown: error } };
    throw new ContractViolation({
      expected,
      happened: `the plan was not finished after ${error.limit} ms`,
      advice: "find out what the recipe waits for; if it is only slow, raise the option `timeout`.",
    });
  }
}

async function collectSteps(subject: RecipeSubject, goal: string, signal: AbortSignal): Promise<unknown[]> {
  const expected = `a list of steps for the goal ${excerpt(goal)}`;
  const plan = await startPlan(subject, goal, signal);
  if (!isIterable(plan)) {
    throw new ContractViolation({
      expected,
      happened: `the recipe returned ${excerpt(plan)}`,
      advice: "return an array of steps, a promise of one, or an async iterable.",
    });
  }
  const steps: unknown[] = [];
  for await (const step of eachSucceeding(plan)) {
    if (steps.length === MOST_STEPS) {
      throw new ContractViolation({
        expected,
        happened: `there are more than ${MOST_STEPS}`,
        advice: "end the plan; a loop belongs into a step, where the shell runs it.",
      });
    }
    steps.push(step);
  }
  return steps;
}

/** What a recipe that decides its steps while they run is told, when nothing runs. */
const SUCCEEDED: StepReport = { exitCode: 0, output: "" };

async function* eachSucceeding(plan: AsyncIterable<unknown> | Iterable<unknown>): AsyncGenerator {
  if (!(Symbol.asyncIterator in plan)) {
    yield* plan;
    return;
  }
  const steps = plan[Symbol.asyncIterator]() as AsyncIterator<unknown, unknown, StepReport | undefined>;
  let next = await steps.next();
  try {
    while (next.done !== true) {
      yield next.value;
      next = await steps.next(SUCCEEDED);
    }
  } finally {
    if (next.done !== true) await steps.return?.();
  }
}

/** Whether a plan is something that steps can be taken from. */
export function isIterable(plan: unknown): plan is AsyncIterable<unknown> | Iterable<unknown> {
  return typeof plan === "object" && plan !== null && (Symbol.asyncIterator in plan || Symbol.iterator in plan);
}
