import { BackendError } from "../backend-error.ts";
import { unfinished } from "./ai-sdk-error.ts";
import type { Answer } from "./answer-reader.ts";
import { describeValue, fieldsOf, isObject } from "./fields.ts";
import type { FinishReason, StreamPart, Usage } from "./language-model.ts";
import { sourceOf } from "./source.ts";

// Every form of a value is told by its shape, not by the version: providers mix the versions' shapes.

const FINISH_REASONS: ReadonlySet<unknown> = new Set<FinishReason>([
  "stop",
  "length",
  "content-filter",
  "tool-calls",
  "error",
  "other",
]);

/**
 * The answer in the result of `doStream`. Tool calls and other parts that are not text are left out.
 * @throws BackendError when there is no stream in it
 */
export function streamAnswer(result: unknown): Answer {
  const source = sourceOf(fieldsOf(result)["stream"]);
  if (source === undefined) throw malformed(`the model returned ${describeValue(result)} without a stream`);
  return { source, accept: streamedPart, end: breakOff };
}

/**
 * The answer in the result of `doGenerate`. It came in one piece, so it is whole unless it says otherwise.
 * @throws BackendError when there is no content in it, or not all
 */
export function resultAnswer(result: unknown): Answer {
  const { content, response, finishReason, usage } = fieldsOf(result);
  if (!Array.isArray(content)) throw malformed(`the model returned ${describeValue(result)} without content`);
  if (isInterrupted(finishReason)) throw unfinished(true);
  const parts = content.map((part: unknown) => ({
    ...fieldsOf(part),
    type: DELTA_OF_CONTENT.get(fieldsOf(part)["type"]),
  }));
  const values = [
    ...parts,
    { type: "response-metadata", modelId: fieldsOf(response)["modelId"] },
    { type: "finish", finishReason, usage },
  ];
  return { source: values[Symbol.iterator](), accept: streamPart, end: breakOff };
}

const DELTA_OF_CONTENT: ReadonlyMap<unknown, string> = new Map([
  ["text", "text-delta"],
  ["reasoning", "reasoning-delta"],
]);

/** A service may also close a stream in its midst, or send a web page: then the provider has no reason for the end. */
function streamedPart(value: unknown, textCame: boolean): StreamPart | undefined {
  const part = streamPart(value);
  if (part?.type === "finish" && lacksReason(fieldsOf(value)["finishReason"], part.usage)) throw unfinished(textCame);
  return part;
}

function streamPart(part: unknown): StreamPart | undefined {
  if (!isObject(part)) throw malformed(`the model sent ${describeValue(part)} instead of a part of an answer`);
  switch (part["type"]) {
    case "text-delta":
    case "reasoning-delta": {
      const delta = part["delta"] ?? part["textDelta"] ?? part["text"];
      if (typeof delta !== "string") throw malformed(`the model sent ${describeValue(delta)} instead of text`);
      return delta === "" ? undefined : { type: part["type"], delta };
    }
    case "response-metadata":
      return typeof part["modelId"] === "string" ? { type: "response-metadata", modelId: part["modelId"] } : undefined;
    case "finish":
      return { type: "finish", finishReason: finishReason(part["finishReason"]), usage: usage(part["usage"]) };
    case "error":
      throw part["error"];
    default:
      return undefined;
  }
}

function breakOff(textCame: boolean): never {
  throw unfinished(textCame);
}

function malformed(message: string): BackendError {
  return new BackendError(message, { kind: "malformed" });
}

/**
 * Whether the service gave no reason for the end. From v3 on its own word is missing. In v2 `unknown` also stands for a
 * word that the provider does not know, but then the tokens have been counted, which services do at the end.
 */
function lacksReason(reason: unknown, { outputTokens }: Usage): boolean {
  if (typeof reason === "string") return reason === "unknown" && outputTokens === undefined;
  const { unified, raw } = fieldsOf(reason);
  return isInterrupted(reason) || (unified === "other" && typeof raw !== "string");
}

/** How newer providers of v4 say themselves that an answer broke off. */
function isInterrupted(reason: unknown): boolean {
  return fieldsOf(reason)["unified"] === "interrupted";
}

/** A string in v2; from v3 on `{ unified, raw }`. */
function finishReason(value: unknown): FinishReason {
  const reason = typeof value === "string" ? value : fieldsOf(value)["unified"];
  return FINISH_REASONS.has(reason) ? (reason as FinishReason) : "other";
}

/** Numbers in v2; from v3 on `{ total }`, with the reasoning within the output. */
function usage(value: unknown): Usage {
  const { inputTokens, outputTokens, reasoningTokens } = fieldsOf(value);
  return {
    ...count("inputTokens", fieldsOf(inputTokens)["total"] ?? inputTokens),
    ...count("outputTokens", fieldsOf(outputTokens)["total"] ?? outputTokens),
    ...count("reasoningTokens", fieldsOf(outputTokens)["reasoning"] ?? reasoningTokens),
  };
}

function count(name: keyof Usage, tokens: unknown): Usage {
  return typeof tokens === "number" && Number.isFinite(tokens) ? { [name]: tokens } : {};
}
