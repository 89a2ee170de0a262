import { isBackendError, type BackendErrorKind } from "../backend-error.ts";
import { ContractViolation } from "./contract-violation.ts";
import { excerpt } from "../excerpt.ts";
import { TookTooLong } from "./within-limit.ts";

const NOT_REACHED = "start the service, or let the test point the backend at a stand-in for it.";
const NOT_ALLOWED = "give the test a key that is valid, or let it point the backend at a stand-in for the service.";
const LATER = "try again later, or let the test point the backend at a stand-in for the service.";
const USE_KIND =
  'throw a BackendError with a `kind` (or any error with the HTTP `status`): routing does not know what to do about "other".';

const ADVICE: Readonly<Partial<Record<BackendErrorKind, string>>> = {
  "missing-key": NOT_ALLOWED,
  unauthorized: NOT_ALLOWED,
  "payment-required": NOT_ALLOWED,
  forbidden: NOT_ALLOWED,
  network: NOT_REACHED,
  timeout: NOT_REACHED,
  server: LATER,
  "rate-limited": LATER,
  "not-found": "name a model that exists, in the option `model`.",
  truncated: "find out why the answer stops early; a stream of the AI SDK has to end with a `finish` part.",
  aborted: "abort only when the signal it was given is aborted.",
  other: USE_KIND,
};

/** What the backend threw, as a violation with the backend's own message. */
export function backendFailure(error: unknown, expected: string): ContractViolation {
  if (error instanceof ContractViolation) return error;
  if (error instanceof TookTooLong) {
    return new ContractViolation({
      expected,
      happened: `there was none after ${error.limit} ms`,
      advice: "find out what the backend waits for; if it is only slow, raise the option `timeout`.",
    });
  }
  if (!isBackendError(error)) {
    return new ContractViolation({ expected, happened: `there was ${excerpt(String(error))}`, advice: USE_KIND });
  }
  return new ContractViolation({
    expected,
    happened: `the backend failed with ${excerpt(error.message)} (kind ${error.kind})`,
    advice: adviceFor(error.kind, error.hint),
  });
}

function adviceFor(kind: BackendErrorKind, hint: string | undefined): string {
  if (kind === "invalid-request" && hint === "Name a model with -m.") return "name a model in the option `model`.";
  return hint ?? ADVICE[kind] ?? "read the backend's message.";
}
