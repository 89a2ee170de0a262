import { isBackendError, type BackendErrorKind } from "@d0ttino/plugin-sdk";

/** What follows from a failed attempt: try the next backend, try it with a warning that the user should act, or give up. */
export type Decision = "next" | "next-with-warning" | "stop";

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

/** Decides by the kind of the failure; a plug-in that cannot be loaded is passed over with a warning. */
export function decide(error: unknown): Decision {
  return isBackendError(error) ? DECISIONS[error.kind] : "next-with-warning";
}
