import type { StepObject } from "@d0ttino/plugin-sdk";
import { showInvisibleCharacters } from "../terminal/control-characters.ts";

/** A recipe's plan for a goal. */
export interface Plan {
  readonly recipe: string;
  /** The package the recipe comes from, with its version. */
  readonly from: string;
  readonly goal: string;
  /** The name of the shell that the steps are for. */
  readonly shell: string;
  readonly cwd: string;
  readonly steps: readonly StepObject[];
}

/** What the plan is, in one line. */
export function planHeading({ recipe, from, shell, cwd, steps }: Plan): string {
  const count = steps.length === 1 ? "1 step" : `${steps.length} steps`;
  return showInvisibleCharacters(`Recipe ${recipe} (${from}): ${count} for ${shell} in ${cwd}`);
}

/** The plan as a person reads it: every step whole, nothing hidden. */
export function planText(plan: Plan): string {
  const steps = plan.steps.map((step, at) => stepText(step, at + 1, plan.steps.length));
  return [planHeading(plan), ...steps].join("\n");
}

/** One step as a person reads it. */
export function stepText(step: StepObject, number: number, count: number): string {
  const notes = [
    ...(step.cwd === undefined ? [] : [`in ${step.cwd}`]),
    ...Object.entries(step.env ?? {}).map(([name, value]) => `with ${name}=${value}`),
    ...(step.unless === undefined ? [] : [`unless this succeeds: ${step.unless}`]),
    ...(step.creates === undefined ? [] : [`unless there is ${step.creates}`]),
    ...(step.timeout === undefined ? [] : [`within ${step.timeout} seconds`]),
    ...(step.allowFail === true ? ["may fail"] : []),
    ...(step.confirm === true ? ["must be confirmed"] : []),
  ];
  const why = step.why === undefined ? "" : ` ${step.why}`;
  const lines = [
    ...step.run.split("\n").map((line, at) => (at === 0 ? `  $ ${line}` : `    ${line}`)),
    ...notes.map((note) => `    (${note})`),
  ];
  return showInvisibleCharacters([`${number}/${count}${why}`, ...lines].join("\n"));
}

/** The plan as a program reads it. */
export function planJson({ recipe, goal, shell, steps }: Plan): object {
  return { recipe, goal, shell, steps };
}
