import type { RecipeContext, StepObject } from "@d0ttino/plugin-sdk";
import { stepProblem } from "@d0ttino/plugin-sdk/host";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { messageOf, sentence } from "@d0ttino/llm/errors/message-of";
import type { LoadedRecipe } from "@d0ttino/llm/host/loaded-recipe";

/**
 * Asks a recipe for all its steps, and checks them.
 * @throws D0ttinoError `recipe-failed` when it throws or gives anything but steps
 */
export async function planSteps(recipe: LoadedRecipe, goal: string, context: RecipeContext): Promise<StepObject[]> {
  const steps: StepObject[] = [];
  try {
    const plan: unknown = await recipe.plan(goal, context);
    if (!isIterable(plan))
      throw new TypeError(
        `it returned ${plan === null ? "null" : `a value of type ${typeof plan}`} instead of a list of steps`,
      );
    for await (const step of plan) steps.push(checkStep(step, steps.length + 1));
  } catch (error) {
    if (context.signal.aborted) throw context.signal.reason;
    throw new D0ttinoError(
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
  return steps;
}

function isIterable(value: unknown): value is AsyncIterable<unknown> | Iterable<unknown> {
  return typeof value === "object" && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value);
}

function checkStep(step: unknown, number: number): StepObject {
  const problem = stepProblem(step);
  if (problem !== undefined) throw new TypeError(`step ${number} is no step: ${problem}`);
  return typeof step === "string" ? { run: step } : (step as StepObject);
}
