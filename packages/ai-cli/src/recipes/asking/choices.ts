import { needsCare, type RatedStep } from "../rated-step.ts";
import type { Choice } from "./choice.ts";

const QUIT: Choice<"quit"> = {
  answer: "quit",
  keys: ["q"],
  label: "[q]uit",
  help: "run nothing more (Ctrl-D, too)",
};
const HELP: Choice<"help"> = { answer: "help", keys: ["h", "?"], label: "[h]elp", help: "show this" };
const SHELL: Choice<"shell"> = {
  answer: "shell",
  keys: ["o"],
  label: "[o]pen a shell",
  help: "open a shell where the step runs; leaving it comes back to this question",
};

/** What can be answered to a whole plan. */
export const PLAN_CHOICES: readonly Choice<"each" | "all" | "quit" | "help">[] = [
  {
    answer: "each",
    keys: ["s", "enter"],
    label: "[S]tep by step",
    help: "ask about each step before it runs (Enter, too)",
  },
  { answer: "all", keys: ["a"], label: "[a]ll", help: "run all, and ask only about steps that need care" },
  QUIT,
  HELP,
];

/** What can be answered to a step. */
export type StepAnswer = "run" | "skip" | "edit" | "all" | "shell" | "quit" | "help";

/** What a critical step needs instead of a key. */
const CRITICAL_WORD = "yes";

/** What can be answered to a step; how to agree to it depends on what it could break. */
export function stepChoices(rated: RatedStep): readonly Choice<StepAnswer>[] {
  return [
    agreement(rated),
    { answer: "skip", keys: ["s", "n"], label: "[s]kip", help: "leave it out and go on with the next (n, too)" },
    { answer: "edit", keys: ["e"], label: "[e]dit", help: "change the command; it is shown and asked about again" },
    {
      answer: "all",
      keys: ["a"],
      label: "[a]ll the rest",
      help: "run it and all behind it, and ask only about steps that need care",
    },
    SHELL,
    QUIT,
    HELP,
  ];
}

function agreement(rated: RatedStep): Choice<"run"> {
  const how = { answer: "run", keys: ["y"] } as const;
  if (rated.risk.level === "critical")
    return { ...how, label: "[yes] in full", help: "run it; the whole word, then Enter", word: CRITICAL_WORD };
  if (needsCare(rated)) return { ...how, label: "[y]es", help: "run it" };
  return { ...how, keys: ["y", "enter"], label: "[Y]es", help: "run it (Enter, too)" };
}

/** What can be answered to the failure of a step. */
export const FAILURE_CHOICES: readonly Choice<"retry" | "edit" | "skip" | "shell" | "quit" | "help">[] = [
  { answer: "retry", keys: ["r"], label: "[r]etry", help: "run it once more" },
  {
    answer: "edit",
    keys: ["e"],
    label: "[e]dit and retry",
    help: "change the command; it is shown and asked about again",
  },
  { answer: "skip", keys: ["s", "n"], label: "[s]kip", help: "go on with the next (n, too); the run counts as failed" },
  SHELL,
  QUIT,
  HELP,
];
