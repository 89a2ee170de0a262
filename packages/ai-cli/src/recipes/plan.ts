import type { RecipeContext, StepObject } from "@d0ttino/plugin-sdk";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { messageOf } from "@d0ttino/llm/errors/message-of";
import type { LoadedRecipe } from "@d0ttino/llm/host/loaded-recipe";

/**
 * Asks a recipe for all its steps, and checks them.
 * @throws D0ttinoError `recipe-failed` when it throws or gives anything but steps
 */
export async function planSteps(recipe: LoadedRecipe, goal: string, context: RecipeContext): Promise<StepObject[]> {
  const steps: StepObject[] = [];
  try {
    const plan: unknown = await recipe.plan(goal, context);
    if (!isIterable(plan)) throw new TypeError(`it returned ${describe(plan)} instead of a list of steps`);
    for await (const step of plan) steps.push(checkStep(step, steps.length + 1));
  } catch (error) {
    if (context.signal.aborted) throw context.signal.reason;
    throw new D0ttinoError("recipe-failed", `The recipe "${recipe.name}" could not plan: ${messageOf(error)}.`, {
      hint:
        recipe.info.place === "built-in"
          ? undefined
          : `It comes from ${recipe.info.package ?? "this program"}; tell its author.`,
      cause: error,
    });
  }
  return steps;
}

function isIterable(value: unknown): value is AsyncIterable<unknown> | Iterable<unknown> {
  return typeof value === "object" && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value);
}

/** What each field of a step must be. */
const FIELDS: Readonly<Record<keyof StepObject, (value: unknown) => boolean>> = {
  run: (value) => typeof value === "string",
  why: (value) => typeof value === "string",
  cwd: (value) => typeof value === "string",
  env: (value) =>
    typeof value === "object" && value !== null && Object.values(value).every((one) => typeof one === "string"),
  unless: (value) => typeof value === "string",
  creates: (value) => typeof value === "string",
  confirm: (value) => typeof value === "boolean",
  interactive: (value) => typeof value === "boolean",
  allowFail: (value) => typeof value === "boolean",
  timeout: (value) => typeof value === "number" && value > 0 && Number.isFinite(value),
};

function checkStep(step: unknown, number: number): StepObject {
  const fields: unknown = typeof step === "string" ? { run: step } : step;
  if (typeof fields !== "object" || fields === null || !("run" in fields)) {
    throw new TypeError(`step ${number} is ${describe(step)}, not a command or an object with "run"`);
  }
  for (const [name, value] of Object.entries(fields)) {
    const isRight = Object.hasOwn(FIELDS, name) ? FIELDS[name as keyof StepObject] : undefined;
    if (isRight === undefined) throw new TypeError(`step ${number} has a field "${name}" that no step has`);
    if (value !== undefined && !isRight(value))
      throw new TypeError(`"${name}" of step ${number} is ${describe(value)}`);
  }
  const checked = fields as StepObject;
  if (checked.run.trim() === "") throw new TypeError(`step ${number} has an empty command`);
  for (const text of [checked.run, checked.unless, checked.creates, checked.cwd]) {
    if (text?.includes("\0") === true)
      throw new TypeError(`step ${number} holds a NUL character, which no command can`);
  }
  return checked;
}

function describe(value: unknown): string {
  if (value === null || value === undefined || typeof value === "number" || typeof value === "boolean")
    return String(value);
  if (typeof value === "string") return JSON.stringify(value.slice(0, 40));
  return Array.isArray(value) ? "a list" : `a value of type ${typeof value}`;
}
