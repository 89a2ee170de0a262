/** Stable codes of the errors a user can meet; programs read them from `--json` and from `error.code`. */
export type ErrorCode =
  | "usage"
  | "unknown-backend"
  | "unknown-recipe"
  | "unknown-model"
  | "empty-prompt"
  | "bad-config"
  | "no-backend"
  | "plugin-failed"
  | "backend-failed"
  | "recipe-failed"
  | "download-failed"
  | "bad-model"
  | "model-exists"
  | "unknown-plugin"
  | "install-failed"
  | "no-terminal"
  | "step-refused"
  | "unknown-run"
  | "run-refused"
  | "interrupted"
  | "io-failed";

const BRAND = Symbol.for("@d0ttino/llm/Error@1");

/**
 * An error that a user can do something about: the message says what happened and why, the hint what to do next.
 * Recognise it with `isD0ttinoError`, never with `instanceof`.
 */
export class D0ttinoError extends Error {
  override readonly name: string = "D0ttinoError";
  readonly code: ErrorCode;
  /** What to do next, one sentence or two. */
  readonly hint: string | undefined;
  readonly [BRAND] = true;

  constructor(code: ErrorCode, message: string, options: { hint?: string | undefined; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }
}

/** Whether a thrown value is a `D0ttinoError` of any copy of the library. */
export function isD0ttinoError(error: unknown): error is D0ttinoError {
  return typeof error === "object" && error !== null && (error as { [BRAND]?: unknown })[BRAND] === true;
}
