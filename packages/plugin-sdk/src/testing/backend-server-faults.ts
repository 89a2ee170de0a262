import { isBackendError, type BackendErrorKind } from "../backend-error.ts";
import { excerpt } from "../excerpt.ts";
import { collect } from "../language-model/language-model.ts";
import { backendFailure } from "./backend-failure.ts";
import { modelOf, type BackendSubject } from "./backend-subject.ts";
import { ContractViolation } from "./contract-violation.ts";
import type { FakeServerFault } from "./fake-server-fault.ts";
import type { FakeServer } from "./fake-server.ts";
import type { Check } from "./run-checks.ts";
import { TookTooLong, withinLimit } from "./within-limit.ts";

interface Failure {
  /** What the service does, to go on from "when the service". */
  readonly when: string;
  readonly fault: FakeServerFault;
  /** The kinds that tell routing the truth about it. */
  readonly kinds: readonly BackendErrorKind[];
  readonly advice: string;
}

const USE_STATUS = "throw a BackendError with the answer's `status`.";
const REFUSALS: readonly (readonly [when: string, status: number, kind: BackendErrorKind])[] = [
  ["refuses the key", 401, "unauthorized"],
  ["does not know the model", 404, "not-found"],
  ["has too many requests", 429, "rate-limited"],
  ["has a fault of its own", 500, "server"],
];
const FAILURES: readonly Failure[] = [
  ...REFUSALS.map(([when, status, kind]): Failure => ({
    when: `${when} (${status})`,
    fault: { type: "status", status, retryAfter: status === 429 ? 3 : undefined },
    kinds: [kind],
    advice: USE_STATUS,
  })),
  {
    when: "breaks the connection",
    fault: { type: "reset" },
    kinds: ["network", "truncated"],
    advice: "let the error of fetch pass, or throw a BackendError of kind network.",
  },
  {
    when: "breaks the connection in mid-answer",
    fault: { type: "reset", after: 2 },
    kinds: ["truncated", "network", "malformed"],
    advice: "let the error of the connection pass, or throw a BackendError of kind truncated.",
  },
  {
    when: "ends its answer too early",
    fault: { type: "truncated", after: 2 },
    kinds: ["truncated", "network", "malformed"],
    advice: "throw a BackendError of kind truncated when the answer ends without `[DONE]` or a finish reason.",
  },
  {
    when: "answers with what is no JSON",
    fault: { type: "malformed" },
    kinds: ["malformed", "truncated"],
    advice: "throw a BackendError of kind malformed when the answer cannot be read.",
  },
  {
    when: "has an error in an answer of status 200",
    fault: { type: "error-in-answer" },
    kinds: ["server", "malformed", "invalid-request", "truncated", "rate-limited"],
    advice: "look for `error` in the answer, and throw a BackendError with its message and status.",
  },
];

/** The checks that the whole answer comes through, and that each failure of a service becomes an error that says why. */
export function serverFaultChecks(subject: BackendSubject, server: FakeServer): Check[] {
  return [
    { name: "gives all that the service sends, in order", run: async () => compareText(subject, server) },
    ...FAILURES.map((failure) => ({
      name: `fails with the right kind when the service ${failure.when}`,
      run: async () => failBy(subject, server, failure),
    })),
  ];
}

async function compareText(subject: BackendSubject, server: FakeServer): Promise<undefined> {
  const before = server.requests.length;
  const expected = "all the text that the service sends, in its order";
  const { text } = await answer(subject).catch((error: unknown) => {
    throw backendFailure(error, expected);
  });
  const sent = server.requests.slice(before).map((request) => request.answer.trim());
  // A backend may ask more than once for one answer, and may put words of its own around it.
  if (sent.some((one) => one !== "" && text.includes(one))) return;
  throw new ContractViolation({
    expected,
    happened: `the service sent ${excerpt(sent.at(-1) ?? "")} and the backend gave ${excerpt(text)}`,
    advice: "yield every piece once and in order; one piece of the network may hold a part of an event, or several.",
  });
}

async function failBy(subject: BackendSubject, server: FakeServer, failure: Failure): Promise<undefined> {
  server.fail(failure.fault);
  const [kind, ...others] = failure.kinds;
  const expected = `a failure of kind ${[kind, ...others.slice(0, 1)].join(" or ")} when the service ${failure.when}`;
  const thrown: unknown = await answer(subject).then(
    ({ text }) => {
      throw new ContractViolation({
        expected,
        happened: text === "" ? "the backend gave an empty answer" : `the backend gave ${excerpt(text)} as the answer`,
        advice: failure.advice,
      });
    },
    (error: unknown) => error,
  );
  if (thrown instanceof TookTooLong) throw backendFailure(thrown, expected);
  if (isBackendError(thrown) && failure.kinds.includes(thrown.kind)) return;
  const what = isBackendError(thrown)
    ? `${excerpt(thrown.message)} (kind ${thrown.kind})`
    : excerpt(thrown instanceof Error ? thrown.message : thrown);
  throw new ContractViolation({ expected, happened: `it failed with ${what}`, advice: failure.advice });
}

function answer(subject: BackendSubject): Promise<{ readonly text: string }> {
  return withinLimit(subject.limit, (signal) => collect(modelOf(subject).doStream({ prompt: subject.prompt, signal })));
}
