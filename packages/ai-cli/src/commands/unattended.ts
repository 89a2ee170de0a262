import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import type { OptionValues } from "../arguments/option.ts";
import { ALLOWABLE, refusalOf, type ConsentTerms } from "../recipes/consent-policy.ts";
import type { RatedStep } from "../recipes/rated-step.ts";
import type { RiskLevel } from "../recipes/risk/risk-level.ts";

/**
 * Which risk runs without a question.
 * @throws D0ttinoError `usage`
 */
export function allowedRisk(options: OptionValues): RiskLevel {
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

/** The error of a run that nobody can be asked about. */
export function nobodyToAsk(): D0ttinoError {
  return new D0ttinoError("no-terminal", "There is no terminal to ask at, so nothing was run.", {
    hint: "Read the steps above, then add --yes to run them if none is of more than low risk; --allow LEVEL raises that.",
  });
}

/**
 * The error that names every step of a plan that must not run under these terms, or undefined when all may.
 * @param done how many of the first steps have been run
 */
export function refusalOfPlan(
  steps: readonly RatedStep[],
  terms: ConsentTerms,
  done: number,
): D0ttinoError | undefined {
  const refusals = steps.flatMap((step, at) => {
    const refusal = at < done ? undefined : refusalOf(step, terms);
    return refusal === undefined ? [] : [{ ...refusal, number: at + 1, level: step.risk.level }];
  });
  if (refusals.length === 0) return undefined;
  const what = refusals.length === 1 ? "1 step" : `${refusals.length} steps`;
  const list = refusals.map(({ number, reason }) => `\n  Step ${number}: ${reason}.`).join("");
  const message = `${what} of ${steps.length} must not run without a person's consent, so nothing was run.${list}`;
  if (refusals.some((one) => one.kind === "person"))
    return new D0ttinoError("no-terminal", message, { hint: "Run it from a terminal." });
  const level = ALLOWABLE.findLast((one) => refusals.some((refusal) => refusal.level === one));
  return new D0ttinoError("step-refused", message, {
    hint: `Read the steps; if they are right, add --allow ${level}, or leave out --yes to be asked about each.`,
  });
}
