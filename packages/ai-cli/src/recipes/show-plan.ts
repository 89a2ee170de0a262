import { showHiddenLine, showHiddenText } from "../terminal/control-characters.ts";
import { needsCare, type RatedStep } from "./rated-step.ts";
import { isAtLeast } from "./risk/risk-level.ts";

/** A recipe's plan for a goal. */
export interface Plan {
  readonly recipe: string;
  /** The package the recipe comes from, with its version. */
  readonly from: string;
  readonly goal: string;
  /** The name of the shell that the steps are for. */
  readonly shell: string;
  readonly cwd: string;
  readonly steps: readonly RatedStep[];
  /** Whether the recipe decides its steps while it runs; `steps` are then those that are known. */
  readonly isOpen: boolean;
}

/** What the plan is, without its steps. */
export function planHeading({ recipe, from, goal, shell, cwd, steps, isOpen }: Plan): string {
  return [
    `Recipe  ${recipe} (${from})`,
    ...(goal === "" ? [] : [`Goal    ${goal}`]),
    `Shell   ${shell}`,
    `Folder  ${cwd}`,
    `Steps   ${isOpen ? "decided one by one, each after the one before" : `${steps.length}${careNote(steps)}`}`,
  ]
    .map(showHiddenLine)
    .join("\n");
}

/** How many numbers of steps are named; beyond them their number alone is of use. */
const MOST_NAMED = 10;

function careNote(steps: readonly RatedStep[]): string {
  const marked = steps.flatMap((step, at) => (needsCare(step) ? [at + 1] : []));
  if (marked.length === 0) return ", none needs care";
  const which = marked.length > MOST_NAMED ? "" : `: ${marked.join(", ")}`;
  return `, ${marked.length} ${marked.length === 1 ? "needs" : "need"} care${which}`;
}

/** The plan as a person reads it: every step whole, nothing hidden. */
export function planText(plan: Plan): string {
  const steps = plan.steps.map((step, at) => stepText(step, at + 1, plan.isOpen ? undefined : plan.steps.length));
  return [planHeading(plan), ...steps].join("\n");
}

/** One step as a person reads it. No text of the step can be mistaken for ours: ours begins with `(` or a number. */
export function stepText(rated: RatedStep, number: number, count: number | undefined): string {
  const { why, run } = rated.step;
  const place = count === undefined ? `${number}.` : `${number}/${count}`;
  const first = why === undefined ? place : showHiddenLine(`${place} ${why}`);
  // Plans of a thousand steps are shown: an array of every line would cost more than all the rest.
  const shown = showHiddenText(run);
  let text = `${first}\n  $ ${shown.includes("\n") ? shown.replaceAll("\n", "\n  > ") : shown}`;
  for (const note of notesOf(rated)) text += `\n    (${showHiddenLine(note)})`;
  return text;
}

function notesOf({ step, risk }: RatedStep): readonly string[] {
  const notes: string[] = [];
  if (isAtLeast(risk.level, "medium")) notes.push(`${risk.level} risk: ${risk.reasons.join("; ")}`);
  if (step.confirm === true) notes.push("must be confirmed");
  if (step.interactive === true) notes.push("talks to you");
  if (step.cwd !== undefined) notes.push(`in ${step.cwd}`);
  if (step.env !== undefined) for (const [name, value] of Object.entries(step.env)) notes.push(`with ${name}=${value}`);
  if (step.unless !== undefined) notes.push(`unless this succeeds: ${step.unless}`);
  if (step.creates !== undefined) notes.push(`unless there is ${step.creates}`);
  if (step.timeout !== undefined) notes.push(`within ${step.timeout} seconds`);
  if (step.allowFail === true) notes.push("may fail");
  return notes;
}

/** The plan as a program reads it. */
export function planJson({ recipe, goal, shell, steps }: Plan): object {
  return { recipe, goal, shell, steps: steps.map(stepJson) };
}

/** A step as a program reads it. */
export function stepJson({ step, risk }: RatedStep): object {
  return { ...step, risk };
}
