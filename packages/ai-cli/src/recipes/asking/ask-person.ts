import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { writeMessage } from "../../terminal/terminal.ts";
import { needsCare, type RatedStep, type StepRater } from "../rated-step.ts";
import type { AfterFailure, Decision } from "../run-steps.ts";
import { openShell, type StepPlace } from "../spawn-step.ts";
import { askChoice } from "./ask-choice.ts";
import { FAILURE_CHOICES, PLAN_CHOICES, stepChoices } from "./choices.ts";
import { editStep } from "./edit-step.ts";

/** Somebody who decides about steps that have been shown. Steps count from 1. */
export interface Decider {
  decide(step: RatedStep, number: number, here: StepPlace): Promise<Decision>;
  afterFailure(step: RatedStep, number: number, here: StepPlace): Promise<AfterFailure>;
}

/** What asking a person needs. */
export interface Asking {
  /** Whether steps that need no care run without a question from the beginning. */
  readonly all: boolean;
  readonly rate: StepRater;
  /** Shows a step that the person has changed. */
  show(step: RatedStep, number: number): void;
}

/** Asks a person who has read a whole plan: about each step, only about those that need care (`all`), or nothing of it. */
export async function askAboutPlan(signal: AbortSignal): Promise<"each" | "all" | "quit"> {
  const answer = await askChoice("How?", PLAN_CHOICES, signal);
  return answer === "help" ? "quit" : answer;
}

/** The person at the terminal, asked about each step until they agree to all the rest. */
export function askPerson({ all: fromBeginning, rate, show }: Asking): Decider {
  let all = fromBeginning;

  async function ask(shown: RatedStep, number: number, here: StepPlace): Promise<Decision> {
    let rated = shown;
    for (;;) {
      const answer = await askChoice("Run it?", stepChoices(rated), here.signal);
      if (answer === "run") return { do: "run", step: rated.step };
      if (answer === "skip" || answer === "quit") return { do: answer };
      if (answer === "shell") await openShellHere(rated, here);
      if (answer === "all") {
        all = true;
        if (!needsCare(rated)) return { do: "run", step: rated.step };
        writeMessage("The rest will run without a question where it needs no care. This step does.");
      }
      const edited = answer === "edit" ? await editStep(rated.step, here) : undefined;
      if (edited === undefined) continue;
      rated = rate(edited);
      show(rated, number);
    }
  }

  return {
    async decide(rated, number, here) {
      if (all && !needsCare(rated)) return { do: "run", step: rated.step };
      return ask(rated, number, here);
    },
    async afterFailure(rated, number, here) {
      for (;;) {
        const answer = await askChoice("What now?", FAILURE_CHOICES, here.signal);
        if (answer === "retry") return { do: "retry", step: rated.step };
        if (answer === "skip") return { do: "go-on" };
        if (answer === "quit") return { do: "stop" };
        if (answer === "shell") await openShellHere(rated, here);
        const edited = answer === "edit" ? await editStep(rated.step, here) : undefined;
        if (edited === undefined) continue;
        const again = rate(edited);
        show(again, number);
        const decision = await ask(again, number, here);
        if (decision.do === "run") return { do: "retry", step: decision.step };
        return { do: decision.do === "skip" ? "go-on" : "stop" };
      }
    },
  };
}

async function openShellHere({ step }: RatedStep, here: StepPlace): Promise<void> {
  const wanted = resolve(here.cwd, step.cwd ?? "");
  const cwd = existsSync(wanted) ? wanted : here.cwd;
  writeMessage(`A shell in ${cwd}; exit comes back here.`);
  await openShell({ ...here, cwd, env: { ...here.env, ...step.env } });
}
