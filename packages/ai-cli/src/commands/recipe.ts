import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { loadRecipe } from "@d0ttino/llm/host/loaded-recipe";
import { planSteps } from "../recipes/plan.ts";
import { RunLog } from "../recipes/run-log.ts";
import { runSteps, type Consent } from "../recipes/run-steps.ts";
import { findShell } from "../recipes/shell.ts";
import { planHeading, planJson, planText, type Plan } from "../recipes/show-plan.ts";
import { personObserver, programObserver, type ConsentGiver } from "../recipes/step-observers.ts";
import { ask, isTerminal, writeData, writeMessage } from "../terminal/terminal.ts";
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
  const plan: Plan = { recipe: loaded.name, from, goal, shell: shell.name, cwd, steps };

  const json = options["json"] === true;
  if (steps.length === 0) writeMessage(`The recipe ${loaded.name} has nothing to do for this goal.`);
  if (options["dry-run"] === true || steps.length === 0) {
    showPlan(plan, json);
    return 0;
  }
  const consent = consentFor(plan, options["yes"] === true, json);
  if (consent === undefined) {
    showPlan(plan, json);
    return 2;
  }
  if (json) writeData(`${JSON.stringify({ type: "plan", ...planJson(plan) })}\n`);
  else if (options["yes"] === true) writeMessage(planHeading(plan));
  else writeMessage(planText(plan));

  const log = typeof options["log"] === "string" ? new RunLog(options["log"]) : undefined;
  log?.note(planText(plan));
  interruption.listen();
  const observer = json ? programObserver(consent, log) : personObserver(plan, consent, log);
  const exitCode = await runSteps(steps, { shell, cwd, signal }, observer);
  if (json) writeData(`${JSON.stringify({ type: "result", exitCode })}\n`);
  log?.note(`The run ended with exit code ${exitCode}.`);
  log?.close();
  return exitCode;
}

function showPlan(plan: Plan, json: boolean): void {
  writeData(json ? `${JSON.stringify(planJson(plan), null, 2)}\n` : `${planText(plan)}\n`);
}

/** Who decides about the steps; undefined, with the reason told, when nobody can. */
function consentFor(plan: Plan, yes: boolean, json: boolean): ConsentGiver | undefined {
  const canAsk = !json && isTerminal.stdin && isTerminal.stderr;
  const marked = plan.steps.findIndex((step) => step.confirm === true || step.interactive === true) + 1;
  if (!canAsk && !yes) {
    writeMessage(
      "ai-cli: There is no terminal to ask at, so nothing was run.\nRead the steps, then add --yes to run them all.",
    );
    return undefined;
  }
  if (!canAsk && marked > 0) {
    writeMessage(`ai-cli: Step ${marked} needs a person at a terminal, so nothing was run.\nRun it from a terminal.`);
    return undefined;
  }
  let all = yes;
  return async (number) => {
    if (all && plan.steps[number - 1]?.confirm !== true) return "run";
    const answer = await askConsent();
    if (answer === "all") all = true;
    return answer === "all" ? "run" : answer;
  };
}

const ANSWERS: Readonly<Record<string, Consent | "all">> = {
  y: "run",
  yes: "run",
  s: "skip",
  skip: "skip",
  a: "all",
  all: "all",
  q: "quit",
  quit: "quit",
};

async function askConsent(): Promise<Consent | "all"> {
  for (;;) {
    const line = await ask("Run it? [y]es, [s]kip, [a]ll from here, [q]uit: ");
    if (line === undefined) return "quit";
    const answer = ANSWERS[line.trim().toLowerCase()];
    if (answer !== undefined) return answer;
  }
}
