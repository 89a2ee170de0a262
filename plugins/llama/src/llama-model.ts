import { BackendError, type AiSdkModel } from "@d0ttino/plugin-sdk";
import type { LlamaChatResponse } from "node-llama-cpp";
import { chatHistory } from "./chat-history.ts";
import { findModel } from "./find-model.ts";
import { loadModel, type Place } from "./loaded-model.ts";
import { settingsOf, type CallOptions, type Settings } from "./settings.ts";

/** A part of a streamed answer, as the AI SDK's specification v4 has it. */
type Part =
  | { readonly type: "text-delta" | "reasoning-delta"; readonly id: "0"; readonly delta: string }
  | { readonly type: "error"; readonly error: unknown }
  | ({ readonly type: "finish" } & Finish);

interface Finish {
  readonly finishReason: { readonly unified: "stop" | "length" | "other"; readonly raw: string };
  readonly usage: {
    readonly inputTokens: { readonly total: number };
    readonly outputTokens: { readonly total: number };
  };
}

/** One model, as a language model of the AI SDK. */
export class LlamaModel implements AiSdkModel {
  readonly specificationVersion = "v4";
  readonly provider = "llama";
  readonly modelId: string;

  constructor(modelId: string) {
    this.modelId = modelId;
  }

  /** @throws BackendError within the stream */
  doStream(options: CallOptions): Promise<{ stream: ReadableStream<Part> }> {
    const leave = new AbortController();
    const signal = AbortSignal.any([options.abortSignal ?? leave.signal, leave.signal]);
    const stream = new ReadableStream<Part>({
      start: (controller) => {
        const give = (part: Part): void => {
          if (!leave.signal.aborted) controller.enqueue(part);
        };
        // Not waited for: the reader gets each piece when it is there.
        void this.#answer(options, signal, give)
          .then((finish) => give({ type: "finish", ...finish }))
          // As a part, because an error of the stream itself would take the pieces before it along.
          .catch((error: unknown) => give({ type: "error", error }))
          .then(() => (leave.signal.aborted ? undefined : controller.close()));
      },
      cancel: () => leave.abort(),
    });
    return Promise.resolve({ stream });
  }

  /** @throws BackendError */
  async doGenerate(options: CallOptions): Promise<object> {
    let text = "";
    let reasoning = "";
    const signal = options.abortSignal ?? new AbortController().signal;
    const finish = await this.#answer(options, signal, (part) => {
      if (part.type === "text-delta") text += part.delta;
      else if (part.type === "reasoning-delta") reasoning += part.delta;
    });
    const thought = reasoning === "" ? [] : [{ type: "reasoning", text: reasoning }];
    return { ...finish, content: [...thought, { type: "text", text }] };
  }

  async #answer(options: CallOptions, signal: AbortSignal, give: (part: Part) => void): Promise<Finish> {
    const settings = settingsOf(options);
    const model = await loadModel(findModel(this.modelId));
    const history = chatHistory(options.prompt);
    try {
      return await model.whileMine(async () => {
        const place = await model.place(history, settings, signal);
        return generate(place, history, settings, signal, give);
      }, signal);
    } catch (error) {
      if (signal.aborted) throw new BackendError("the caller gave up", { kind: "aborted", cause: error });
      throw error;
    }
  }
}

async function generate(
  { chat, inputTokens, room }: Place,
  history: ReturnType<typeof chatHistory>,
  { maxTokens, sampling }: Settings,
  signal: AbortSignal,
  give: (part: Part) => void,
): Promise<Finish> {
  const { sequence } = chat;
  const before = sequence.tokenMeter.usedOutputTokens;
  const { metadata } = await chat.generateResponse(history, {
    ...sampling,
    // With more than there is room for the beginning of the conversation would be forgotten in silence.
    maxTokens: Math.min(maxTokens, room),
    signal,
    onResponseChunk: ({ type, text }) => {
      if (text !== "") give({ type: type === "segment" ? "reasoning-delta" : "text-delta", id: "0", delta: text });
    },
  });
  return {
    finishReason: { unified: reasonOf(metadata.stopReason), raw: metadata.stopReason },
    usage: {
      inputTokens: { total: inputTokens },
      outputTokens: { total: sequence.tokenMeter.usedOutputTokens - before },
    },
  };
}

function reasonOf(reason: LlamaChatResponse["metadata"]["stopReason"]): "stop" | "length" | "other" {
  if (reason === "maxTokens") return "length";
  return reason === "eogToken" || reason === "stopGenerationTrigger" || reason === "customStopTrigger"
    ? "stop"
    : "other";
}
