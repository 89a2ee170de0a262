import type { StreamPart } from "../language-model/language-model.ts";
import { modelOf, type BackendSubject } from "./backend-subject.ts";
import { backendFailure } from "./backend-failure.ts";
import { ContractViolation } from "./contract-violation.ts";
import type { FakeServer, FakeServerRequest } from "./fake-server.ts";
import type { Check, Skip } from "./run-checks.ts";
import { TookTooLong, withinLimit } from "./within-limit.ts";

/** How long the server waits before each piece, in milliseconds, so that an abort comes before the end. */
const SLOW = 40;

/** The checks that a call which is aborted does not go on at the service, where it costs money. */
export function serverAbortChecks(subject: BackendSubject, server: FakeServer): Check[] {
  return [
    { name: "hangs up when it is aborted while the service is silent", run: async () => abortSilence(subject, server) },
    { name: "hangs up when it is aborted while the service answers", run: async () => abortAnswer(subject, server) },
  ];
}

async function abortSilence(subject: BackendSubject, server: FakeServer): Promise<undefined> {
  server.fail({ type: "hang" });
  const before = server.requests.length;
  const controller = new AbortController();
  const reading = begin(subject, controller.signal).next();
  const request = await withinLimit(subject.limit, async (late) => {
    while (server.requests.length === before && !late.aborted) await new Promise((resolve) => setTimeout(resolve, 2));
    return server.requests[before];
  }).catch((error: unknown) => {
    throw backendFailure(error, "a request to the fake server");
  });
  controller.abort();
  await Promise.allSettled([reading]);
  await checkLeft(subject, request);
}

async function abortAnswer(subject: BackendSubject, server: FakeServer): Promise<Skip | undefined> {
  server.fail({ type: "slow", delay: SLOW });
  const before = server.requests.length;
  const controller = new AbortController();
  const parts = begin(subject, controller.signal);
  try {
    await withinLimit(subject.limit, async (late) => {
      late.addEventListener("abort", () => controller.abort(), { once: true });
      for (;;) {
        const { done, value } = await parts.next();
        if (done === true || value.type === "text-delta") return;
      }
    });
  } catch (error) {
    throw backendFailure(error, "the first piece of an answer");
  }
  const asked = server.requests.slice(before);
  const request = asked.find((one) => one.stream);
  const reading = parts.next();
  controller.abort();
  await Promise.allSettled([reading]);
  if (request === undefined) return { skipped: "the backend does not ask for its answer in pieces" };
  await checkLeft(subject, request);
  return undefined;
}

function begin(subject: BackendSubject, signal: AbortSignal): AsyncIterator<StreamPart> {
  return modelOf(subject).doStream({ prompt: subject.prompt, signal })[Symbol.asyncIterator]();
}

async function checkLeft(subject: BackendSubject, request: FakeServerRequest | undefined): Promise<void> {
  const expected = "the connection to the service closed when the call is aborted";
  const advice = "pass `options.signal` on to fetch, and stop reading when it is aborted.";
  const ended = await withinLimit(subject.limit, async () => request?.ended).catch((error: unknown) => {
    if (!(error instanceof TookTooLong)) throw error;
    throw new ContractViolation({ expected, happened: `it was still open ${subject.limit} ms later`, advice });
  });
  if (ended !== "answered") return;
  throw new ContractViolation({ expected, happened: "the service went on to the end of its answer", advice });
}
