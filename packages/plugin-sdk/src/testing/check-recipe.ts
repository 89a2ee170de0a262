import type { AnyRecipe, RecipeContext } from "../recipe.ts";
import type { ContractReport } from "./contract-report.ts";
import { goalIsData } from "./goal-is-data.ts";
import type { RecipeSubject } from "./plan-goal.ts";
import { planAbortCheck } from "./recipe-abort.ts";
import { planChecks } from "./recipe-plans.ts";
import { runsNothing } from "./recipe-processes.ts";
import { runChecks } from "./run-checks.ts";
import { standardOutput, writesNothing } from "./standard-output.ts";
import { programOf, startedProcesses } from "./started-processes.ts";

/** How to ask the recipe that is checked. What is left out has a plain default. */
export interface RecipeCheckOptions {
  /** Goals that it has steps for, when it does not take just any goal. The hostile goals are made from the first. */
  readonly goals?: readonly string[] | undefined;
  /** False when the same goal may give another plan; as for `registerRecipe`. */
  readonly deterministic?: boolean | undefined;
  /** The recipe's own options. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
  /** The shell its steps are for: `bash` (the default) or another POSIX shell, or `powershell`. */
  readonly shell?: string | undefined;
  /** The directory that the steps are for, absolute (`/`). */
  readonly cwd?: string | undefined;
  /** The system that the steps are for, as in `process.platform` (`linux`). */
  readonly platform?: string | undefined;
  /** Stands for the model that a recipe may ask; there is none otherwise. */
  readonly ask?: RecipeContext["ask"];
  /** The most time for one plan, in milliseconds (10,000). */
  readonly timeout?: number | undefined;
}

const GOAL = "Show my goal";
const TIMEOUT = 10_000;

/**
 * Checks that a recipe keeps the contract of plug-ins: it plans whatever the goal or says what is wrong with it, its
 * steps have the right form, no part of a goal can ever run, the plan can be repeated and aborted, and planning
 * itself runs nothing and writes nothing. No step is run.
 *
 * @param recipe what you pass to `registerRecipe`
 * @returns the outcome of each check; some may have been skipped, with the reason
 * @throws ContractError that tells of every failed check what was expected, what happened and how to mend it
 */
export async function checkRecipe(recipe: AnyRecipe, options: RecipeCheckOptions = {}): Promise<ContractReport> {
  const { goals = [], platform = "linux", shell = "bash", cwd = "/", ask } = options;
  const [first = GOAL, ...others] = goals;
  const subject: RecipeSubject = {
    recipe,
    goals: [first, ...others],
    limit: options.timeout ?? TIMEOUT,
    context: { platform, shell, cwd, options: options.options ?? {}, ask },
  };
  const written: (readonly unknown[])[] = [];
  const started: unknown[] = [];
  const check = async (): Promise<ContractReport> =>
    runChecks("the recipe", [
      ...planChecks(subject, options.deterministic !== false),
      goalIsData(subject),
      planAbortCheck(subject),
      runsNothing(started),
      writesNothing(written),
    ]);
  return standardOutput.during(
    (_, values) => written.push(values),
    async () => startedProcesses.during((_, values) => started.push(programOf(values)), check),
  );
}
