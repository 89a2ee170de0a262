import { modelOf, type BackendSubject } from "./backend-subject.ts";
import { backendFailure } from "./backend-failure.ts";
import { ContractViolation } from "./contract-violation.ts";
import type { Check, Skip } from "./run-checks.ts";
import { WatchedBackend } from "./watched-backend.ts";
import { TookTooLong, withinLimit } from "./within-limit.ts";

/**
 * The checks that the backend itself stops when the caller gives up; the caller is free at once whatever it does.
 * That a call which is aborted beforehand never reaches the backend is the host's doing, so there is no check of it.
 */
export function abortChecks(subject: BackendSubject): Check[] {
  return [
    { name: "stops when it is aborted before the answer begins", run: async () => abortAtOnce(subject) },
    { name: "stops when it is aborted in mid-stream", run: async () => abortMidStream(subject) },
  ];
}

async function abortAtOnce(subject: BackendSubject): Promise<undefined> {
  const watched = new WatchedBackend(subject.backend);
  const controller = new AbortController();
  const parts = modelOf(subject, watched.backend).doStream({ prompt: subject.prompt, signal: controller.signal });
  await abortWhileReading(parts[Symbol.asyncIterator](), controller);
  await checkIdle(subject, watched);
}

async function abortMidStream(subject: BackendSubject): Promise<Skip | undefined> {
  const watched = new WatchedBackend(subject.backend);
  const controller = new AbortController();
  const model = modelOf(subject, watched.backend);
  const parts = model.doStream({ prompt: subject.prompt, signal: controller.signal })[Symbol.asyncIterator]();
  try {
    await withinLimit(subject.limit, async (late) => {
      late.addEventListener("abort", () => controller.abort(), { once: true });
      for (;;) {
        const { done, value } = await parts.next();
        if (done === true || value.type === "text-delta" || value.type === "reasoning-delta") return;
      }
    });
  } catch (error) {
    throw backendFailure(error, "the first piece of an answer");
  }
  await abortWhileReading(parts, controller);
  await checkIdle(subject, watched);
  return watched.streams ? undefined : { skipped: "the answer does not come in pieces" };
}

/** Aborts with a read under way, as it is when a person presses Ctrl-C. */
async function abortWhileReading(parts: AsyncIterator<unknown>, controller: AbortController): Promise<void> {
  const reading = parts.next();
  controller.abort();
  await Promise.allSettled([reading]);
}

async function checkIdle(subject: BackendSubject, watched: WatchedBackend): Promise<void> {
  try {
    await withinLimit(subject.limit, async () => watched.idle());
  } catch (error) {
    if (!(error instanceof TookTooLong)) throw error;
    throw new ContractViolation({
      expected: "the backend to stop when its signal is aborted",
      happened: `it was still at work ${subject.limit} ms later`,
      advice: "pass `options.signal` on to fetch or whatever it waits for, and end when the signal is aborted.",
    });
  }
}
