import { allVariables } from "@d0ttino/llm/config/environment";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { loadRecipe } from "@d0ttino/llm/host/loaded-recipe";
import { ALLOWABLE, refusalOf, type ConsentTerms, type Refusal } from "../recipes/consent-policy.ts";
import { planSteps } from "../recipes/plan.ts";
import { stepRater } from "../recipes/rated-step.ts";
import type { RiskLevel } from "../recipes/risk/risk-level.ts";
import { RunLog } from "../recipes/run-log.ts";
import { runSteps, type Decision } from "../recipes/run-steps.ts";
import { findShell } from "../recipes/shell.ts";
import { planHeading, planJson, planText, type Plan } from "../recipes/show-plan.ts";
import { personObserver, programObserver, type ConsentGiver } from "../recipes/step-observers.ts";
import { ask, isTerminal, writeData, writeMessage } from "../terminal/terminal.ts";
import type { OptionValues } from "../arguments/option.ts";
import type { Invocation } from "./command.ts";
import { Interruption } from "./interruption.ts";

/** `ai-cli recipe`: shows a recipe's steps and runs those that the person agrees to. */
export async function recipe({ options, words, host }: Invocation): Promise<number> {
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
  const loaded = await loadRecipe(host, name);
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
    options: {},
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
  const consent = consentFor(yes);
  const observer = json ? programObserver(rate, consent, log) : personObserver(plan, rate, consent, log, !yes);
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
 * Which risk runs without a question.
 * @throws D0ttinoError `usage`
 */
function allowedRisk(options: OptionValues): RiskLevel {
  const wanted = options["allow"];
  if (wanted === undefined) return "low";
  if (options["yes"] !== true) {
    throw new D0ttinoError("usage", "--allow says what --yes may run.", {
      hint: "Add --yes to run without questions, or leave out --allow to be asked about each step.",
    });
  }
  const level = ALLOWABLE.find((one) => one === wanted);
  if (level !== undefined) return level;
  throw new D0ttinoError("usage", `--allow takes ${ALLOWABLE.join(", ")}, not ${JSON.stringify(wanted)}.`);
}

/**
 * Sees that every step may run, or can be asked about, before the first runs.
 * @param terms undefined when a person is asked about every step
 * @throws D0ttinoError `no-terminal` or `step-refused`, after the plan has been shown
 */
function checkConsent(plan: Plan, terms: ConsentTerms | undefined, canAsk: boolean, json: boolean): void {
  if (plan.steps.length === 0 || (terms === undefined && canAsk)) return;
  const refusals =
    terms === undefined
      ? undefined
      : plan.steps.flatMap((step, at) => {
          const refusal = refusalOf(step, at + 1, terms);
          return refusal === undefined ? [] : [refusal];
        });
  if (refusals?.length === 0) return;
  if (json) writeData(planLine(plan));
  else showPlan(plan, false);
  throw refusals === undefined
    ? new D0ttinoError("no-terminal", "There is no terminal to ask at, so nothing was run.", {
        hint: "Read the steps above, then add --yes to run those of no or low risk, and --allow LEVEL for others.",
      })
    : refused(plan, refusals);
}

function refused(plan: Plan, refusals: readonly Refusal[]): D0ttinoError {
  const list = refusals.map(({ number, reason }) => `  Step ${number}: ${reason}.`).join("\n");
  const what = refusals.length === 1 ? "1 step" : `${refusals.length} steps`;
  const message = `${what} of ${plan.steps.length} must not run without a person's consent, so nothing was run.\n${list}`;
  if (refusals.some((one) => one.kind === "person"))
    return new D0ttinoError("no-terminal", message, { hint: "Run it from a terminal." });
  const numbers = new Set(refusals.map((one) => one.number));
  const levels = plan.steps.filter((_, at) => numbers.has(at + 1)).map((one) => one.risk.level);
  const level = ALLOWABLE.findLast((one) => levels.includes(one));
  return new D0ttinoError("step-refused", message, {
    hint: `Read the steps; if they are right, add --allow ${level}, or leave out --yes to be asked about each.`,
  });
}

/** Who decides about the steps: the person, until all are agreed to; marked steps are always asked about. */
function consentFor(yes: boolean): ConsentGiver {
  let all = yes;
  return async ({ step }) => {
    if (all && step.confirm !== true) return { do: "run", step };
    const answer = await askConsent();
    if (answer === "all") all = true;
    return answer === "all" || answer === "run" ? { do: "run", step } : { do: answer };
  };
}

type Answer = Decision["do"] | "all";

const ANSWERS: Readonly<Record<string, Answer>> = {
  y: "run",
  yes: "run",
  s: "skip",
  skip: "skip",
  a: "all",
  all: "all",
  q: "quit",
  quit: "quit",
};

async function askConsent(): Promise<Answer> {
  for (;;) {
    const line = await ask("Run it? [y]es, [s]kip, [a]ll from here, [q]uit: ");
    if (line === undefined) return "quit";
    const answer = ANSWERS[line.trim().toLowerCase()];
    if (answer !== undefined) return answer;
  }
}
