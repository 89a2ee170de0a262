import {
  type FinishReason,
  isBackendError,
  normalizeName,
  type StreamPart,
  type Usage,
} from "@d0ttino/plugin-sdk/host";
import { isD0ttinoError } from "../errors/d0ttino-error.ts";
import type { RouteEntry } from "./choose-route.ts";
import type { Attempt, PromptResult } from "./prompt-result.ts";

/** One attempt while it goes on. */
export class OpenAttempt {
  text = "";
  model: string | undefined;
  readonly #backend: string;
  readonly #started = process.hrtime.bigint();
  #finishReason: FinishReason = "other";
  #usage: Usage = {};

  constructor(entry: RouteEntry) {
    this.#backend = normalizeName(entry.backend);
    this.model = entry.model;
  }

  /** Notes what a stream tells besides text. */
  take(part: StreamPart): void {
    if (part.type === "response-metadata") this.model = part.modelId;
    else if (part.type === "finish") {
      this.#finishReason = part.finishReason;
      this.#usage = part.usage;
    }
  }

  end(outcome: Attempt["outcome"], error?: unknown): Attempt {
    return {
      backend: this.#backend,
      model: this.model ?? null,
      outcome,
      kind: kindOf(error),
      status: isBackendError(error) ? (error.status ?? null) : null,
      ms: Math.round(Number(process.hrtime.bigint() - this.#started) / 1e6),
    };
  }

  answer(): Omit<PromptResult, "attempts"> {
    return {
      text: this.text,
      backend: this.#backend,
      model: this.model ?? null,
      finishReason: this.#finishReason,
      usage: this.#usage,
    };
  }
}

function kindOf(error: unknown): string | null {
  if (error === undefined) return null;
  if (isBackendError(error)) return error.kind;
  return isD0ttinoError(error) ? error.code : "other";
}
