import type { StepObject } from "./recipe.ts";
import { excerpt } from "./excerpt.ts";

interface FieldForm {
  readonly must: string;
  isRight(value: unknown): boolean;
}

const TEXT: FieldForm = { must: "a string without NUL characters", isRight: isText };
const FLAG: FieldForm = { must: "true or false", isRight: (value) => typeof value === "boolean" };

const RUN: FieldForm = { must: "a command, without NUL characters", isRight: isFilled };

/** What each field of a step must be. A host refuses anything else. */
const FORMS: Readonly<Record<keyof StepObject, FieldForm>> = {
  run: RUN,
  why: TEXT,
  cwd: TEXT,
  env: { must: "an object of variables: names without = and strings, without NUL characters", isRight: isEnvironment },
  unless: RUN,
  // An empty path would be the folder itself, which is always there.
  creates: { must: "a path, without NUL characters", isRight: isFilled },
  confirm: FLAG,
  interactive: FLAG,
  allowFail: FLAG,
  timeout: {
    must: "a number of seconds above 0",
    isRight: (value) => typeof value === "number" && value > 0 && Number.isFinite(value),
  },
};

/** What is wrong with the form of a step, as a clause, or undefined. */
export function stepProblem(step: unknown): string | undefined {
  if (typeof step === "string") return fieldProblem("run", RUN, step);
  if (typeof step !== "object" || step === null || !("run" in step))
    return `it is ${excerpt(step)}, neither a command nor an object with \`run\``;
  for (const [name, value] of Object.entries(step)) {
    const form = Object.hasOwn(FORMS, name) ? FORMS[name as keyof StepObject] : undefined;
    if (form === undefined) return `it has a field \`${name}\` that no step has`;
    const isLeftOut = value === undefined && name !== "run";
    const problem = isLeftOut ? undefined : fieldProblem(name, form, value);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function fieldProblem(name: string, form: FieldForm, value: unknown): string | undefined {
  return form.isRight(value) ? undefined : `\`${name}\` is ${excerpt(value)} and must be ${form.must}`;
}

/** The texts in a step that a shell reads as code. */
export function scriptsOf(step: unknown): string[] {
  if (typeof step === "string") return [step];
  const { run, unless } = (step ?? {}) as Readonly<Record<string, unknown>>;
  return [run, unless].filter((script) => typeof script === "string");
}

function isText(value: unknown): value is string {
  return typeof value === "string" && !value.includes("\0");
}

function isFilled(value: unknown): boolean {
  return isText(value) && value.trim() !== "";
}

function isEnvironment(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([name, one]) => isText(name) && /^[^=]+$/.test(name) && isText(one));
}
