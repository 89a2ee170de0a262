/**
 * Why a backend failed, in the words that routing decides by.
 *
 * - `missing-key`: no API key is set
 * - `unauthorized` (401), `payment-required` (402), `forbidden` (403)
 * - `not-found` (404), `invalid-request` (any other 4xx)
 * - `timeout` (408, or no answer in time), `rate-limited` (429), `server` (5xx)
 * - `network`: no connection, or one that broke before the answer began
 * - `malformed`: an answer that cannot be understood; `truncated`: one that ended before it was finished
 * - `aborted`: the caller gave up
 * - `other`: anything else
 */
export type BackendErrorKind =
  | "missing-key"
  | "unauthorized"
  | "payment-required"
  | "forbidden"
  | "not-found"
  | "invalid-request"
  | "timeout"
  | "rate-limited"
  | "server"
  | "network"
  | "malformed"
  | "truncated"
  | "aborted"
  | "other";

/** What a `BackendError` is made from, besides its message. */
export interface BackendErrorOptions {
  /** Why it failed. Without it, it is derived from `status`. */
  readonly kind?: BackendErrorKind | undefined;
  /** The HTTP status, where there was an answer. */
  readonly status?: number | undefined;
  /** How long the service asked to wait before another try, in seconds. */
  readonly retryAfter?: number | undefined;
  /** What the user can do about it, one sentence. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

const BRAND = Symbol.for("@d0ttino/plugin-sdk/BackendError@1");

/**
 * A failure of a backend that says why. Throw it from a backend so that routing knows whether another backend
 * should be tried. Recognise it with `isBackendError`, never with `instanceof`: a process may hold several copies
 * of this class.
 */
export class BackendError extends Error {
  override readonly name = "BackendError";
  readonly kind: BackendErrorKind;
  readonly status: number | undefined;
  readonly retryAfter: number | undefined;
  readonly hint: string | undefined;
  readonly [BRAND] = true;

  constructor(message: string, options: BackendErrorOptions = {}) {
    super(message, "cause" in options ? { cause: options.cause } : undefined);
    this.kind = options.kind ?? kindOfStatus(options.status);
    this.status = options.status;
    this.retryAfter = options.retryAfter;
    this.hint = options.hint;
  }
}

/** Whether a thrown value is a `BackendError` of any copy of the SDK. */
export function isBackendError(error: unknown): error is BackendError {
  return typeof error === "object" && error !== null && (error as { [BRAND]?: unknown })[BRAND] === true;
}

const KIND_OF_STATUS: Readonly<Record<number, BackendErrorKind>> = {
  401: "unauthorized",
  402: "payment-required",
  403: "forbidden",
  404: "not-found",
  408: "timeout",
  429: "rate-limited",
};

/** The kind of failure an HTTP status stands for; `other` for a status that is no error or undefined. */
export function kindOfStatus(status: number | undefined): BackendErrorKind {
  if (status === undefined) return "other";
  const named = KIND_OF_STATUS[status];
  if (named !== undefined) return named;
  if (status >= 500 && status <= 599) return "server";
  return status >= 400 && status <= 499 ? "invalid-request" : "other";
}
