import type { Message } from "../backend.ts";

/**
 * The one shape that every backend has inside the host, whatever form it was registered in. It is modelled on the
 * AI SDK's v4 language model and reduced to text. Streams are async iterables: a failing one still delivers what
 * came before the failure, which a web stream would discard.
 */
export interface LanguageModel {
  /** The backend's name. */
  readonly provider: string;
  /** The model's id, or undefined when the backend chooses and has not said which. */
  readonly modelId: string | undefined;
  /**
   * Asks for the whole answer at once.
   * @throws BackendError
   */
  doGenerate(call: ModelCall): Promise<GenerateResult>;
  /**
   * Asks for the answer in pieces. A complete stream ends with a `finish` part.
   * @throws BackendError while it is read
   */
  doStream(call: ModelCall): AsyncIterable<StreamPart>;
}

/** One question to a model. */
export interface ModelCall {
  readonly prompt: string;
  readonly system?: string | undefined;
  /** The conversation before the prompt, oldest first. */
  readonly messages?: readonly Message[] | undefined;
  /** Settings by their AI SDK names (`temperature`, `maxOutputTokens`, …); others are passed to the backend as they are. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  readonly signal: AbortSignal;
}

/** Why a model stopped. */
export type FinishReason = "stop" | "length" | "content-filter" | "tool-calls" | "error" | "other";

/** Tokens of one call, as far as the service counted them. */
export interface Usage {
  readonly inputTokens?: number | undefined;
  readonly outputTokens?: number | undefined;
  /** The part of `outputTokens` that was reasoning. */
  readonly reasoningTokens?: number | undefined;
}

/** A piece of a streamed answer. */
export type StreamPart =
  | { readonly type: "text-delta"; readonly delta: string }
  | { readonly type: "reasoning-delta"; readonly delta: string }
  /** The model that really answers, where the service says so. */
  | { readonly type: "response-metadata"; readonly modelId: string }
  | { readonly type: "finish"; readonly finishReason: FinishReason; readonly usage: Usage };

/** A whole answer. */
export interface GenerateResult {
  readonly text: string;
  /** The model that really answered, where the service says so. */
  readonly modelId?: string | undefined;
  readonly finishReason: FinishReason;
  readonly usage: Usage;
}

/**
 * Reads a stream to its end and joins its pieces.
 * @throws what the stream throws
 */
export async function collect(parts: AsyncIterable<StreamPart>): Promise<GenerateResult> {
  let text = "";
  let modelId: string | undefined;
  let finishReason: FinishReason = "other";
  let usage: Usage = {};
  for await (const part of parts) {
    if (part.type === "text-delta") text += part.delta;
    else if (part.type === "response-metadata") modelId = part.modelId;
    else if (part.type === "finish") ({ finishReason, usage } = part);
  }
  return { text, modelId, finishReason, usage };
}
