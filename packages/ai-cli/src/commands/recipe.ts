import { existsSync } from "node:fs";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { askNobody } from "../recipes/asking/ask-nobody.ts";
import { askAboutPlan, askPerson } from "../recipes/asking/ask-person.ts";
import type { ConsentTerms } from "../recipes/consent-policy.ts";
import { beginRun, closeRun, executeRun, resumeRun } from "../recipes/open-run.ts";
import { planPaint } from "../recipes/paint-plan.ts";
import { planSteps } from "../recipes/plan.ts";
import { stepRater, type RatedStep } from "../recipes/rated-step.ts";
import { RecordedAnswers } from "../recipes/recorded-answers.ts";
import { checkPlan, resumedSteps, resumedText } from "../recipes/resumed-plan.ts";
import { RunInterruption } from "../recipes/run-interruption.ts";
import { checkShell, findShell } from "../recipes/shell.ts";
import { planHeading, planJson, planText, stepText, type Plan } from "../recipes/show-plan.ts";
import { personObserver, programObserver } from "../recipes/step-observers.ts";
import { listedSteps, supposedSteps } from "../recipes/step-source.ts";
import { isTerminal, writeData, writeMessage } from "../terminal/terminal.ts";
import type { Invocation, PluginPart } from "./command.ts";
import { findRecipe } from "./find-recipe.ts";
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
  checkUsage(options, words);
  const allowed = allowedRisk(options);
  const json = options["json"] === true;
  const yes = options["yes"] === true;
  const wantedLog = options["log"] as string | undefined;
  const interruption = new RunInterruption(() => isTerminal.stdin || isTerminal.stderr, writeMessage);
  const { signal } = interruption;

  const [name = "", ...goalWords] = words;
  const resumed =
    options["resume"] === undefined ? undefined : await resumeRun(options["resume"] as string, wantedLog, writeMessage);
  const { goal, cwd } = resumed?.record ?? { goal: goalWords.join(" "), cwd: process.cwd() };
  const loaded = await findRecipe(host, resumed?.record.recipe ?? name, packageDir);
  const own = resumed?.record.options ?? recipeOptionValues(loaded.options, options);
  const shell = findShell(loaded.shell);
  const ask = async (prompt: string): Promise<string> =>
    (await import("./ask-model.ts")).askModel(host, prompt, signal);
  const answers = new RecordedAnswers(ask, resumed?.progress.answers);
  const known = loaded.deterministic ? undefined : resumed?.record.steps;
  const context = { signal, platform: process.platform, shell: shell.name, cwd, options: own };
  const source = known == null ? await planSteps(loaded, goal, { ...context, ask: answers.ask }) : listedSteps(known);
  if (resumed !== undefined) checkPlan(resumed, source.steps, shell.name);

  const from = `${loaded.info.package ?? "this program"} ${loaded.info.version ?? ""}`.trim();
  const rate = await stepRater(shell.name);
  const isOpen = source.steps === undefined;
  const isDryRun = options["dry-run"] === true;
  const supposed = isDryRun ? await supposedSteps(source) : undefined;
  const planned = supposed?.steps ?? source.steps ?? [];
  const steps = resumed === undefined ? planned : resumedSteps(resumed, planned);
  const plan: Plan = { recipe: loaded.name, from, goal, shell: shell.name, cwd, steps: steps.map(rate), isOpen };

  if (steps.length === 0 && (!isOpen || isDryRun))
    writeMessage(`The recipe ${loaded.name} has nothing to do for this goal.`);
  if (supposed !== undefined) {
    const { hasMore } = supposed;
    if (json) writeData(`${JSON.stringify({ ...planJson(plan), ...(hasMore ? { more: true } : {}) }, null, 2)}\n`);
    else showPlan(plan);
    if (isOpen) writeMessage("The recipe decides each step after the one before: these come when each succeeds.");
    if (hasMore) writeMessage(`These are the first ${steps.length} steps. There are more, maybe without end.`);
    return 0;
  }
  checkShell(shell);
  const done = resumed?.progress.finished.length ?? 0;
  const canAsk = !json && isTerminal.stdin && isTerminal.stderr;
  const terms = yes ? { allowed, hasPerson: canAsk } : undefined;
  checkConsent(plan, terms, canAsk, json, done);
  if (!json) writeMessage(yes ? planHeading(plan) : planText(plan), planPaint("stderr"));
  if (resumed !== undefined) writeMessage(resumedText(resumed));

  interruption.listen();
  const how = yes ? "all" : steps.length - done > 1 ? await askAboutPlan(signal) : "each";
  if (how === "quit") {
    if (resumed !== undefined) closeRun(resumed);
    return interruption.exitCode;
  }
  const record = { recipe: loaded.name, from, goal, options: own, shell: shell.name, cwd };
  const run = resumed ?? beginRun({ ...record, steps: source.steps ?? null }, wantedLog);
  const { log, journal, folder } = run;
  answers.keepIn((answer) => journal.write({ type: "answer", ...answer }));
  if (json) writeData(planLine(plan, folder.id));
  log.note(planHeading(plan));

  const count = isOpen ? undefined : steps.length;
  const show = (step: RatedStep, number: number): void =>
    writeMessage(stepText(step, number, count), planPaint("stderr"));
  const person = askPerson({ all: how === "all", rate, show });
  const decider = terms === undefined ? person : askNobody(terms, person);
  const observation = { plan, rate, decider, log };
  const observer = json ? programObserver(observation) : personObserver(observation, !yes);
  const tellHowToGoOn = (): void => {
    if (!json && existsSync(folder.dir)) writeMessage(`To go on from there: ai-cli recipe --resume ${folder.id}`);
  };
  try {
    const exitCode = await executeRun(run, { source, shell, observer, interruption });
    if (json) writeData(`${JSON.stringify({ type: "result", exitCode })}\n`);
    else if (exitCode !== 0) tellHowToGoOn();
    return exitCode;
  } catch (error) {
    if (interruption.failure === error) tellHowToGoOn();
    throw error;
  }
}

/** @throws D0ttinoError `usage` */
function checkUsage(options: Invocation["options"], words: readonly string[]): void {
  if (options["resume"] !== undefined) {
    if (words.length > 0)
      throw new D0ttinoError("usage", "--resume goes on with a run, which has its recipe and goal.", {
        hint: "Leave them out: ai-cli recipe --resume RUN",
      });
    if (options["dry-run"] === true)
      throw new D0ttinoError("usage", "--dry-run runs nothing, so there is nothing to resume.", {
        hint: "ai-cli runs show RUN tells what is left.",
      });
  } else if (words.length === 0) {
    throw new D0ttinoError("usage", "There is no recipe named.", {
      hint: 'For example: ai-cli recipe sample "Show my goal". ai-cli recipes lists all.',
    });
  }
  if (options["dry-run"] === true && options["log"] !== undefined) {
    throw new D0ttinoError("usage", "--dry-run runs nothing that could be logged.", { hint: "Leave out --log." });
  }
}

/** The plan as the first line of a run that a program follows. */
function planLine(plan: Plan, run?: string): string {
  return `${JSON.stringify({ type: "plan", ...planJson(plan), ...(run === undefined ? {} : { run }) })}\n`;
}

function showPlan(plan: Plan): void {
  writeData(`${planPaint("stdout")(planText(plan))}\n`);
}

/**
 * Sees that every step may run, or can be asked about, before the first runs.
 * @param terms undefined when a person is asked about every step
 * @param done how many steps are behind the run that goes on
 * @throws D0ttinoError `no-terminal` or `step-refused`, after the plan has been shown
 */
function checkConsent(plan: Plan, terms: ConsentTerms | undefined, canAsk: boolean, json: boolean, done: number): void {
  if ((plan.steps.length === done && !plan.isOpen) || (terms === undefined && canAsk)) return;
  const refusal = terms === undefined ? nobodyToAsk() : refusalOfPlan(plan.steps, terms, done);
  if (refusal === undefined) return;
  if (json) writeData(planLine(plan));
  else showPlan(plan);
  throw refusal;
}
