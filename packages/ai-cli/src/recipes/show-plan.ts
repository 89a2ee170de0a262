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
export function stepText({ step, risk }: RatedStep, number: number, count: number | undefined): string {
  const notes = [
    ...(isAtLeast(risk.level, "medium") ? [`${risk.level} risk: ${risk.reasons.join("; ")}`] : []),
    ...(step.confirm === true ? ["must be confirmed"] : []),
    ...(step.interactive === true ? ["talks to you"] : []),
    ...(step.cwd === undefined ? [] : [`in ${step.cwd}`]),
    ...Object.entries(step.env ?? {}).map(([name, value]) => `with ${name}=${value}`),
    ...(step.unless === undefined ? [] : [`unless this succeeds: ${step.unless}`]),
    ...(step.creates === undefined ? [] : [`unless there is ${step.creates}`]),
    ...(step.timeout === undefined ? [] : [`within ${step.timeout} seconds`]),
    ...(step.allowFail === true ? ["may fail"] : []),
  ];
  const why = step.why === undefined ? "" : ` ${step.why}`;
  return [
    showHiddenLine(`${number}${count === undefined ? "." : `/${count}`}${why}`),
    ...showHiddenText(step.run)
      .split("\n")
      .map((line, at) => (at === 0 ? `  $ ${line}` : `  > ${line}`)),
    ...notes.map((note) => `    (${showHiddenLine(note)})`),
  ].join("\n");
}

/** The plan as a program reads it. */
export function planJson({ recipe, goal, shell, steps }: Plan): object {
  return { recipe, goal, shell, steps: steps.map(stepJson) };
}

/** A step as a program reads it. */
export function stepJson({ step, risk }: RatedStep): object {
  return { ...step, risk };
}
