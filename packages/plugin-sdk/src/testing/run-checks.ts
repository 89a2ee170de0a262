import { ContractError } from "./contract-error.ts";
import type { ContractCheck, ContractReport } from "./contract-report.ts";
import { excerpt } from "../excerpt.ts";

/** Returned by a check that could not be decided. */
export interface Skip {
  /** Why, one sentence. */
  readonly skipped: string;
}

/** One check to run. It fails by throwing. */
export interface Check {
  readonly name: string;
  /** When it fails, nothing can be said about what follows, and that is skipped. */
  readonly isDecisive?: boolean;
  /** It is run even after a decisive failure. */
  readonly always?: boolean;
  run(): Promise<Skip | undefined>;
}

/**
 * Runs checks one after the other.
 *
 * @param subject what is checked, for messages
 * @throws ContractError when any of them failed
 */
export async function runChecks(subject: string, checks: readonly Check[]): Promise<ContractReport> {
  const done: ContractCheck[] = [];
  let obstacle: string | undefined;
  for (const check of checks) {
    if (obstacle !== undefined && check.always !== true) {
      done.push({ name: check.name, ok: true, skipped: true, message: `not tried, because "${obstacle}" failed` });
      continue;
    }
    const result = await runCheck(check);
    done.push(result);
    if (!result.ok && check.isDecisive === true) obstacle = check.name;
  }
  const report: ContractReport = { checks: done };
  if (done.some((check) => !check.ok)) throw new ContractError(subject, report);
  return report;
}

async function runCheck({ name, run }: Check): Promise<ContractCheck> {
  try {
    const skip = await run();
    return skip === undefined ? { name, ok: true } : { name, ok: true, skipped: true, message: skip.skipped };
  } catch (error) {
    return { name, ok: false, message: error instanceof Error ? error.message : excerpt(error) };
  }
}
