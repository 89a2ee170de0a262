import { isBackendError, type BackendErrorKind } from "@d0ttino/plugin-sdk/host";

/**
 * What follows from a failed attempt: the next backend is tried, also with a warning that the user should act, the
 * same one is tried once more when it asked for that, or the prompt has failed.
 */
export type Decision = "next" | "next-with-warning" | "wait" | "stop";

const DECISIONS: Readonly<Record<BackendErrorKind, Decision>> = {
  "rate-limited": "next",
  server: "next",
  timeout: "next",
  network: "next",
  malformed: "next",
  truncated: "next",
  "missing-key": "next-with-warning",
  unauthorized: "next-with-warning",
  "payment-required": "next-with-warning",
  forbidden: "next-with-warning",
  other: "next-with-warning",
  "not-found": "stop",
  "invalid-request": "stop",
  aborted: "stop",
};

/** The longest time that is waited because a service asks for it, in seconds. */
export const LONGEST_WAIT = 30;

/** What is known when an attempt has failed. */
export interface Failure {
  readonly error: unknown;
  /** Whether the route has another backend. */
  readonly hasNext: boolean;
  /** Whether text has been shown; nobody else may then go on with it. */
  readonly hasText: boolean;
  /** Whether the same backend was tried again already. */
  readonly hasWaited: boolean;
}

/** Decides by the kind of the failure; a plug-in that cannot be loaded is passed over with a warning. */
export function decide({ error, hasNext, hasText, hasWaited }: Failure): Decision {
  if (hasText) return "stop";
  const decision = isBackendError(error) ? DECISIONS[error.kind] : "next-with-warning";
  if (decision === "stop" || hasNext) return decision;
  const wait = isBackendError(error) ? error.retryAfter : undefined;
  return decision === "next" && !hasWaited && wait !== undefined && wait <= LONGEST_WAIT ? "wait" : "stop";
}
