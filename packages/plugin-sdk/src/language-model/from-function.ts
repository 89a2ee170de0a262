import { backendForm, type Backend, type BackendOptions } from "../backend.ts";
import { BackendError } from "../backend-error.ts";
import { AnswerReader, type Answer } from "./answer-reader.ts";
import { describeValue, isPromiseLike } from "./fields.ts";
import { askAiSdkModel, modelOfProvider } from "./from-ai-sdk.ts";
import { collect, type LanguageModel, type ModelCall, type StreamPart } from "./language-model.ts";
import { sourceOf, type Source } from "./source.ts";

type Ask = (prompt: string, modelId: string | undefined, options: BackendOptions) => unknown;
type Begin = (value: unknown) => Answer | Promise<Answer>;

/** Adapts a backend that is a function; see `BackendFunction`. */
export function fromFunction(name: string, backend: Ask, modelId: string | undefined): LanguageModel {
  // Some providers of the AI SDK are plain functions from a model's id to a model. Only what such a one makes of
  // the prompt shows what it is.
  let isProvider = false;
  const read = (call: ModelCall, way: "doGenerate" | "doStream"): AnswerReader =>
    new AnswerReader(call.signal, (signal) => {
      const askModel = (): Promise<Answer> =>
        askAiSdkModel(name, () => modelOfProvider(backend as (modelId: string) => unknown, modelId), way, call, signal);
      if (isProvider) return askModel();
      return beginAnswer(backend(call.prompt, modelId, optionsOf(call, signal)), (value) => {
        isProvider = backendForm(value) === "ai-sdk-model";
        return isProvider ? askModel() : refuse(value);
      });
    });
  return {
    provider: name,
    modelId,
    doGenerate: async (call) => collect(read(call, "doGenerate")),
    doStream: (call) => read(call, "doStream"),
  };
}

/**
 * Adapts a backend that is an object with `run`, `stream` or both. With both, a whole answer comes from `run` and
 * one in pieces from `stream`.
 */
export function fromInstance(name: string, backend: Backend, modelId: string | undefined): LanguageModel {
  const read = (call: ModelCall, method: "run" | "stream"): AnswerReader =>
    new AnswerReader(call.signal, (signal) =>
      // Called on the object, because it may need its `this`.
      beginAnswer(backend[method]?.(call.prompt, modelId, optionsOf(call, signal)), refuse),
    );
  return {
    provider: name,
    modelId,
    doGenerate: async (call) => collect(read(call, typeof backend.run === "function" ? "run" : "stream")),
    doStream: (call) => read(call, typeof backend.stream === "function" ? "stream" : "run"),
  };
}

function optionsOf(call: ModelCall, signal: AbortSignal): BackendOptions {
  return { signal, system: call.system, messages: call.messages, settings: call.settings };
}

/** Makes an answer of what a backend returned; `otherwise` makes one of a value that is no text. */
function beginAnswer(value: unknown, otherwise: Begin): Answer | Promise<Answer> {
  if (typeof value === "string") return textAnswer([value][Symbol.iterator]());
  // Before the promise: what is both, as the results of some process libraries are, should stream.
  const source = sourceOf(value);
  if (source !== undefined) return textAnswer(source);
  if (isPromiseLike(value)) return Promise.resolve(value).then((settled) => beginAnswer(settled, otherwise));
  return otherwise(value);
}

function textAnswer(source: Source): Answer {
  return { source, accept: textPart, end: textEnd };
}

function textPart(piece: unknown): StreamPart | undefined {
  if (typeof piece !== "string") return refuse(piece);
  return piece === "" ? undefined : { type: "text-delta", delta: piece };
}

function textEnd(): StreamPart {
  return { type: "finish", finishReason: "stop", usage: {} };
}

function refuse(value: unknown): never {
  throw new BackendError(`the backend returned ${describeValue(value)} instead of text`, {
    kind: "malformed",
    hint: "A backend returns a string, a promise of one, or an async iterable of strings.",
  });
}
