import { allVariables } from "@d0ttino/llm/config/environment";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { askNobody } from "../recipes/asking/ask-nobody.ts";
import { askAboutPlan, askPerson } from "../recipes/asking/ask-person.ts";
import type { ConsentTerms } from "../recipes/consent-policy.ts";
import { planSteps } from "../recipes/plan.ts";
import { stepRater, type RatedStep } from "../recipes/rated-step.ts";
import { RunLog } from "../recipes/run-log.ts";
import { runSteps } from "../recipes/run-steps.ts";
import { findShell } from "../recipes/shell.ts";
import { planHeading, planJson, planText, stepText, type Plan } from "../recipes/show-plan.ts";
import { personObserver, programObserver } from "../recipes/step-observers.ts";
import { isTerminal, writeData, writeMessage } from "../terminal/terminal.ts";
import type { Invocation, PluginPart } from "./command.ts";
import { findRecipe } from "./find-recipe.ts";
import { Interruption } from "./interruption.ts";
import { recipeHelp } from "./recipe-help.ts";
import { commandLineOptions, isTaken, recipeOptionValues } from "./recipe-options.ts";
import { allowedRisk, nobodyToAsk, refusalOfPlan } from "./unattended.ts";

/**
 * What the recipe of a name adds to the command: its options and its help.
 * @throws D0ttinoError `unknown-recipe` or `plugin-failed`
 */
export async function recipePart(
  name: string,
  { host, packageDir }: Pick<Invocation, "host" | "packageDir">,
): Promise<PluginPart> {
  const loaded = await findRecipe(host, name, packageDir);
  for (const [option, about] of Object.entries(loaded.options)) {
    if (isTaken(option, about))
      writeMessage(
        `The option --${option} of the recipe ${loaded.name} cannot be given: every recipe has one of that name.`,
      );
  }
  const options = commandLineOptions(loaded.options);
  return { options, help: () => recipeHelp(loaded, options) };
}

/** `ai-cli recipe`: shows a recipe's steps and runs those that the person agrees to. */
export async function recipe({ options, words, host, packageDir }: Invocation): Promise<number> {
  const [name, ...goalWords] = words;
  if (name === undefined) {
    throw new D0ttinoError("usage", "There is no recipe named.", {
      hint: 'For example: ai-cli recipe sample "Show my goal". ai-cli recipes lists all.',
    });
  }
  if (options["dry-run"] === true && options["log"] !== undefined) {
    throw new D0ttinoError("usage", "--dry-run runs nothing that could be logged.", { hint: "Leave out --log." });
  }
  const allowed = allowedRisk(options);
  const loaded = await findRecipe(host, name, packageDir);
  const own = recipeOptionValues(loaded.options, options);
  const shell = findShell(loaded.shell);
  const cwd = process.cwd();
  const interruption = new Interruption();
  const goal = goalWords.join(" ");
  const { signal } = interruption;
  const steps = await planSteps(loaded, goal, {
    signal,
    platform: process.platform,
    shell: shell.name,
    cwd,
    options: own,
  });
  const from = `${loaded.info.package ?? "this program"} ${loaded.info.version ?? ""}`.trim();
  const rate = await stepRater(shell.name);
  const plan: Plan = { recipe: loaded.name, from, goal, shell: shell.name, cwd, steps: steps.map(rate) };

  const json = options["json"] === true;
  const yes = options["yes"] === true;
  if (steps.length === 0) writeMessage(`The recipe ${loaded.name} has nothing to do for this goal.`);
  if (options["dry-run"] === true) {
    showPlan(plan, json);
    return 0;
  }
  const log = typeof options["log"] === "string" ? new RunLog(options["log"]) : undefined;
  const canAsk = !json && isTerminal.stdin && isTerminal.stderr;
  const terms = yes ? { allowed, hasPerson: canAsk } : undefined;
  checkConsent(plan, terms, canAsk, json);
  if (json) writeData(planLine(plan));
  else writeMessage(yes ? planHeading(plan) : planText(plan));
  log?.note(planHeading(plan));

  interruption.listen();
  const how = yes ? "all" : steps.length > 1 ? await askAboutPlan(signal) : "each";
  if (how === "quit") return interruption.exitCode;
  const show = (step: RatedStep, number: number): void => writeMessage(stepText(step, number, steps.length));
  const person = askPerson({ all: how === "all", rate, show });
  const decider = terms === undefined ? person : askNobody(terms, person);
  const observation = { plan, rate, decider, log };
  const observer = json ? programObserver(observation) : personObserver(observation, !yes);
  const ended = await runSteps(steps, { shell, cwd, env: allVariables(), signal }, observer);
  const exitCode = signal.aborted ? interruption.exitCode : ended;
  if (json) writeData(`${JSON.stringify({ type: "result", exitCode })}\n`);
  log?.note(`The run ended with exit code ${exitCode}.`);
  log?.close();
  return exitCode;
}

/** The plan as the first line of a run that a program follows. */
function planLine(plan: Plan): string {
  return `${JSON.stringify({ type: "plan", ...planJson(plan) })}\n`;
}

function showPlan(plan: Plan, json: boolean): void {
  writeData(json ? `${JSON.stringify(planJson(plan), null, 2)}\n` : `${planText(plan)}\n`);
}

/**
 * Sees that every step may run, or can be asked about, before the first runs.
 * @param terms undefined when a person is asked about every step
 * @throws D0ttinoError `no-terminal` or `step-refused`, after the plan has been shown
 */
function checkConsent(plan: Plan, terms: ConsentTerms | undefined, canAsk: boolean, json: boolean): void {
  if (plan.steps.length === 0 || (terms === undefined && canAsk)) return;
  const refusal = terms === undefined ? nobodyToAsk() : refusalOfPlan(plan.steps, terms);
  if (refusal === undefined) return;
  if (json) writeData(planLine(plan));
  else showPlan(plan, false);
  throw refusal;
}
