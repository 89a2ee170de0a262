import type { RecipeContext, StepObject } from "@d0ttino/plugin-sdk";
import { stepProblem } from "@d0ttino/plugin-sdk/host";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { messageOf, sentence } from "@d0ttino/llm/errors/message-of";
import type { LoadedRecipe } from "@d0ttino/llm/host/loaded-recipe";
import { writeMessage } from "../terminal/terminal.ts";
import { listedSteps, type StepSource } from "./step-source.ts";

/**
 * Asks a recipe for its steps, and checks them: a list at once, an async iterable one by one while the run goes on,
 * each after the step before it has ended.
 * @throws D0ttinoError `recipe-failed` when it throws or gives anything but steps
 */
export async function planSteps(recipe: LoadedRecipe, goal: string, context: RecipeContext): Promise<StepSource> {
  const { signal } = context;
  try {
    const plan: unknown = await patiently(recipe.plan(goal, context), recipe, signal);
    if (isIterable(plan, Symbol.asyncIterator)) return decidedSteps(recipe, plan, signal);
    if (isIterable(plan, Symbol.iterator)) {
      const steps: StepObject[] = [];
      for (const step of plan) {
        const given = step instanceof Promise ? await patiently(step, recipe, signal) : step;
        steps.push(checkStep(given, steps.length + 1));
      }
      return listedSteps(steps);
    }
    const what = plan === null ? "null" : `a value of type ${typeof plan}`;
    throw new TypeError(`it returned ${what} instead of a list of steps`);
  } catch (error) {
    throw planFailure(error, recipe, signal);
  }
}

function decidedSteps(recipe: LoadedRecipe, plan: AsyncIterable<unknown>, signal: AbortSignal): StepSource {
  const steps = plan[Symbol.asyncIterator]() as AsyncIterator<unknown, unknown, unknown>;
  let number = 0;
  return {
    steps: undefined,
    next: async (before) => {
      try {
        const { done, value } = await patiently(steps.next(before), recipe, signal);
        return done === true ? undefined : checkStep(value, (number += 1));
      } catch (error) {
        throw planFailure(error, recipe, signal);
      }
    },
    async close() {
      const timer = Promise.withResolvers<void>();
      const limit = setTimeout(timer.resolve, PATIENCE);
      try {
        await Promise.race([steps.return?.(undefined), timer.promise]);
      } catch (error) {
        writeMessage(`The recipe ${recipe.name} could not end as it wanted: ${sentence(messageOf(error))}`);
      } finally {
        clearTimeout(limit);
      }
    },
  };
}

/** After which time the person is told what is waited for, and a recipe that cleans up no longer is, in milliseconds. */
const PATIENCE = 3000;

/** Waits for something that a recipe may never bring about. */
async function patiently<T>(promise: T, recipe: LoadedRecipe, signal: AbortSignal): Promise<Awaited<T>> {
  // It must not keep a process alive in which nothing goes on any more.
  const timer = setTimeout(
    () => writeMessage(`The recipe ${recipe.name} is still planning. Ctrl-C ends it.`),
    PATIENCE,
  ).unref();
  try {
    return await untilAborted(promise, signal);
  } finally {
    clearTimeout(timer);
  }
}

async function untilAborted<T>(promise: T, signal: AbortSignal): Promise<Awaited<T>> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal.reason as Error);
  signal.addEventListener("abort", abort);
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

function planFailure(error: unknown, recipe: LoadedRecipe, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  return new D0ttinoError(
    "recipe-failed",
    `The recipe "${recipe.name}" could not plan: ${sentence(messageOf(error))}`,
    {
      hint:
        recipe.info.place === "built-in"
          ? undefined
          : `It comes from ${recipe.info.package ?? "this program"}; tell its author.`,
      cause: error,
    },
  );
}

function isIterable<S extends typeof Symbol.iterator | typeof Symbol.asyncIterator>(
  value: unknown,
  symbol: S,
): value is S extends typeof Symbol.iterator ? Iterable<unknown> : AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && symbol in value;
}

function checkStep(step: unknown, number: number): StepObject {
  const problem = stepProblem(step);
  if (problem !== undefined) throw new TypeError(`step ${number} is no step: ${problem}`);
  return typeof step === "string" ? { run: step } : (step as StepObject);
}
