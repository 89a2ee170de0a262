import type { RatedStep } from "./rated-step.ts";
import { isAtLeast, type RiskLevel } from "./risk/risk-level.ts";

/** Under which terms steps run without a question. */
export interface ConsentTerms {
  /** The highest risk that was allowed. */
  readonly allowed: RiskLevel;
  /** Whether there is a person at a terminal. */
  readonly hasPerson: boolean;
}

/** Why a step must not run without a question. */
export interface Refusal {
  /** `person`: somebody at a terminal is needed, whatever is allowed. */
  readonly kind: "risk" | "person";
  /** As a clause. */
  readonly reason: string;
}

/** The levels that can be allowed; steps without any risk always run. */
export const ALLOWABLE = ["low", "medium", "high", "critical"] as const satisfies readonly RiskLevel[];

/** Why a step must not run under these terms; undefined when it may. */
export function refusalOf({ step, risk }: RatedStep, terms: ConsentTerms): Refusal | undefined {
  if (!isAtLeast(terms.allowed, risk.level))
    return { kind: "risk", reason: [`${risk.level} risk`, risk.reasons.join("; ")].join(": ") };
  if (terms.hasPerson) return undefined;
  if (step.confirm === true) return { kind: "person", reason: "its recipe wants a person to agree to it" };
  if (step.interactive === true) return { kind: "person", reason: "it talks to a person" };
  return undefined;
}
