import type { FinishReason, Usage } from "@d0ttino/plugin-sdk/host";
import { D0ttinoError, type ErrorCode } from "../errors/d0ttino-error.ts";

/** One try of one backend. */
export interface Attempt {
  readonly backend: string;
  /** The model that was asked, or null when the backend chose. */
  readonly model: string | null;
  readonly outcome: "answered" | "failed";
  /** Why it failed, as in `BackendErrorKind`, or the code of the error that kept it from being asked; else null. */
  readonly kind: string | null;
  /** The HTTP status of a failure, where there was one. */
  readonly status: number | null;
  /** How long it took, in milliseconds. */
  readonly ms: number;
}

/** An answer, who gave it, and what was tried before. */
export interface PromptResult {
  readonly text: string;
  readonly backend: string;
  readonly model: string | null;
  readonly finishReason: FinishReason;
  readonly usage: Usage;
  readonly attempts: readonly Attempt[];
}

/** No backend of the route gave a whole answer. `cause` is the last failure. */
export class PromptError extends D0ttinoError {
  readonly attempts: readonly Attempt[];
  /** What had been received before the failure; empty when nothing was. */
  readonly text: string;

  constructor(
    code: ErrorCode,
    message: string,
    details: { attempts: readonly Attempt[]; text: string; hint: string | undefined; cause: unknown },
  ) {
    super(code, message, { hint: details.hint, cause: details.cause });
    this.attempts = details.attempts;
    this.text = details.text;
  }
}
