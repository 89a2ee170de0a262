import type { AnyBackend } from "../backend.ts";
import { abortChecks } from "./backend-abort.ts";
import { answerChecks } from "./backend-answers.ts";
import { concurrencyCheck } from "./backend-concurrency.ts";
import { oddPromptChecks } from "./backend-odd-prompts.ts";
import type { BackendSubject } from "./backend-subject.ts";
import { serverAbortChecks } from "./backend-server-abort.ts";
import { serverFaultChecks } from "./backend-server-faults.ts";
import type { ContractReport } from "./contract-report.ts";
import type { FakeServer } from "./fake-server.ts";
import { runChecks, type Check } from "./run-checks.ts";
import { standardOutput, writesNothing } from "./standard-output.ts";

/** How to ask the backend that is checked. */
export interface BackendCheckOptions {
  /** The name it is registered under, for messages and for the settings of AI SDK models. */
  readonly name?: string | undefined;
  /** The model to ask for. A provider of the AI SDK needs one; others may choose for themselves. */
  readonly model?: string | undefined;
  /** The ordinary prompt; without it, a harmless one. */
  readonly prompt?: string | undefined;
  /**
   * The fake server that the backend asks, and nobody else meanwhile: it is made to fail in all its ways, to see what the
   * backend makes of that. Point the backend at its `url` before; without it these checks are left out.
   */
  readonly server?: FakeServer | undefined;
  /** The most time for one answer, in milliseconds (30,000). The test that calls this needs more for all of them. */
  readonly timeout?: number | undefined;
}

const PROMPT = "Count from one to twenty in words, separated by commas.";
const TIMEOUT = 30_000;

/**
 * Checks that a backend keeps the contract of plug-ins: it answers, whole and in pieces, stops when it is told to,
 * serves several callers at once, copes with odd prompts or refuses them with a reason, and leaves stdout alone. With a
 * fake server also that no piece is lost, that a call which is aborted is hung up, and that each failure of a service
 * becomes an error of the right kind. It is asked a dozen or two times, the way a host would ask it.
 *
 * @param backend what you pass to `registerBackend`
 * @returns the outcome of each check; some may have been skipped, with the reason
 * @throws ContractError that tells of every failed check what was expected, what happened and how to mend it
 */
export async function checkBackend(backend: AnyBackend, options: BackendCheckOptions = {}): Promise<ContractReport> {
  const { name, model, prompt = PROMPT, timeout = TIMEOUT, server } = options;
  const subject: BackendSubject = { name: name ?? "backend", backend, modelId: model, prompt, limit: timeout };
  const written: (readonly unknown[])[] = [];
  return standardOutput.during(
    (_, values) => written.push(values),
    async () =>
      runChecks(name === undefined ? "the backend" : `the backend "${name}"`, [
        ...answerChecks(subject),
        ...abortChecks(subject),
        concurrencyCheck(subject),
        ...(server === undefined ? [] : serverChecks(subject, server)),
        ...oddPromptChecks(subject),
        writesNothing(written),
      ]),
  );
}

function serverChecks(subject: BackendSubject, server: FakeServer): Check[] {
  const before = server.requests.length;
  const checks = [...serverFaultChecks(subject, server), ...serverAbortChecks(subject, server)];
  return checks.map((check) => ({
    ...check,
    run: async () => {
      // Those before have asked already.
      if (server.requests.length === before) return { skipped: "the backend makes no request to the fake server" };
      try {
        return await check.run();
      } finally {
        server.fail(undefined);
      }
    },
  }));
}
