import { ContractViolation } from "./contract-violation.ts";
import { excerpt } from "../excerpt.ts";
import type { Check } from "./run-checks.ts";

/**
 * The check that planning started no process.
 *
 * @param started the programs that were started, filled while the other checks run
 */
export function runsNothing(started: readonly unknown[]): Check {
  return {
    name: "runs nothing while it plans",
    always: true,
    run: async () => {
      if (started.length === 0) return undefined;
      throw new ContractViolation({
        expected: "a plan that runs nothing, because the user is to read every command before it runs",
        happened: `a process was started: ${excerpt(started[0])}`,
        advice: "make a step of the command.",
      });
    },
  };
}
