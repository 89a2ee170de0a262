import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { refusalOf, type ConsentTerms } from "../consent-policy.ts";
import type { Decider } from "./ask-person.ts";

/**
 * Runs steps without a question, as far as the terms allow it; what its recipe wants a person to confirm is asked
 * about. A failure ends the run.
 * @throws D0ttinoError `recipe-failed` when a step that was not known before the run must not run
 */
export function askNobody(terms: ConsentTerms, person: Decider): Decider {
  return {
    async decide(rated, number, here) {
      const refusal = refusalOf(rated, terms);
      if (refusal !== undefined) {
        throw new D0ttinoError(
          "recipe-failed",
          `The next step must not run without a person's consent: ${refusal.reason}`,
          {
            hint: "The run stops here. Without --yes, at a terminal, you are asked about each step.",
          },
        );
      }
      if (rated.step.confirm === true) return person.decide(rated, number, here);
      return { do: "run", step: rated.step };
    },
    afterFailure: () => Promise.resolve({ do: "stop" }),
  };
}
