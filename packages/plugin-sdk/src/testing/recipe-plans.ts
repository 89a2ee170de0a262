import { fieldsOf } from "../language-model/fields.ts";
import { isRecipe } from "../recipe.ts";
import { isAccident } from "./accident.ts";
import { ContractViolation } from "./contract-violation.ts";
import { excerpt } from "../excerpt.ts";
import { planGoal, type RecipeSubject } from "./plan-goal.ts";
import type { Check, Skip } from "./run-checks.ts";
import { stepProblem } from "../step-form.ts";

/** Goals that a person may give by mistake, out of curiosity or to do harm. */
const ODD_GOALS = [
  "Show my goal",
  "; touch CANARY",
  "$(touch CANARY)",
  "`touch CANARY`",
  "two\nlines\r\n",
  "it's",
  'say "hello"',
  "-rf",
  "--help",
  "../..",
  "100%",
  "a\\b",
  "[a-z]+(",
  "Grüße, 日本 👋🏽",
  " ",
  "",
  "x".repeat(100_000),
] as const;

/** The checks that it is a recipe and that its plans are well-formed and repeatable. */
export function planChecks(subject: RecipeSubject, isDeterministic: boolean): Check[] {
  return [
    { name: "has a form of a recipe", isDecisive: true, run: async () => checkForm(subject.recipe) },
    { name: "plans an ordinary goal", isDecisive: true, run: async () => planOrdinary(subject) },
    { name: "plans or refuses any goal", run: async () => planAny(subject) },
    { name: "gives well-formed steps", run: async () => checkSteps(subject) },
    { name: "gives the same plan twice", run: async () => compare(subject, isDeterministic) },
  ];
}

function checkForm(recipe: unknown): undefined {
  if (isRecipe(recipe)) return;
  throw new ContractViolation({
    expected: "a function (goal, context) => steps, or an object with such a run()",
    happened: `it is ${typeof recipe === "function" ? "a class" : excerpt(recipe)}`,
    advice: typeof recipe === "function" ? "pass an instance: new MyRecipe()." : "pass what registerRecipe is given.",
  });
}

async function planOrdinary(subject: RecipeSubject): Promise<undefined> {
  let steps = 0;
  for (const goal of subject.goals) {
    const planned = await planGoal(subject, goal);
    if (planned.error !== undefined) {
      throw new ContractViolation({
        expected: `steps for the goal ${excerpt(goal)}`,
        happened: `the recipe threw ${described(planned.error.thrown)}`,
        advice: "if such a goal is none of its business, give goals that are in the option `goals`.",
      });
    }
    steps += planned.steps.length;
  }
  if (steps > 0) return;
  throw new ContractViolation({
    expected: `steps for the goal ${subject.goals.map(excerpt).join(" or ")}`,
    happened: "the plan is empty",
    advice: "give a goal that needs steps in the option `goals`; without steps nothing can be checked.",
  });
}

async function planAny(subject: RecipeSubject): Promise<undefined> {
  for (const goal of ODD_GOALS) {
    const { error } = await planGoal(subject, goal);
    if (error === undefined || !isAccident(error.thrown)) continue;
    throw new ContractViolation({
      expected: `steps for the goal ${excerpt(goal)}, or an Error that tells the user what is wrong with it`,
      happened: `the recipe threw ${described(error.thrown)}`,
      advice: 'handle such a goal, or refuse it: throw new Error("say what goal is needed").',
    });
  }
}

async function checkSteps(subject: RecipeSubject): Promise<undefined> {
  for (const goal of [...subject.goals, ...ODD_GOALS]) {
    const { steps = [] } = await planGoal(subject, goal);
    for (const [index, step] of steps.entries()) {
      const problem = stepProblem(step);
      if (problem === undefined) continue;
      throw new ContractViolation({
        expected: `each step to be a command or an object with the fields of a step (goal ${excerpt(goal)})`,
        happened: `step ${index + 1} is wrong: ${problem}`,
        advice: "see the type `Step` of the SDK.",
      });
    }
  }
}

async function compare(subject: RecipeSubject, isDeterministic: boolean): Promise<Skip | undefined> {
  if (!isDeterministic) return { skipped: "the recipe does not claim to be deterministic" };
  for (const goal of subject.goals) {
    const plans = [await planGoal(subject, goal), await planGoal(subject, goal)];
    const [first, second] = plans.map(({ steps }) => JSON.stringify(steps));
    if (first === second) continue;
    throw new ContractViolation({
      expected: `the same steps each time for the goal ${excerpt(goal)}`,
      happened: `first they are ${excerpt(plans[0]?.steps)} and then ${excerpt(plans[1]?.steps)}`,
      advice:
        "keep no state between plans; if the plan must differ, register and check it with `deterministic: false`.",
    });
  }
  return undefined;
}

function described(thrown: unknown): string {
  const { name, message } = fieldsOf(thrown);
  return typeof message === "string" ? `${String(name)}: ${excerpt(message)}` : excerpt(thrown);
}
