import { BackendError } from "../backend-error.ts";
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
  return { source, accept: streamPart, end: truncated };
}

/**
 * The answer in the result of `doGenerate`.
 * @throws BackendError when there is no content in it
 */
export function resultAnswer(result: unknown): Answer {
  const { content, response, finishReason, usage } = fieldsOf(result);
  if (!Array.isArray(content)) throw malformed(`the model returned ${describeValue(result)} without content`);
  const parts = content.map((part: unknown) => ({
    ...fieldsOf(part),
    type: DELTA_OF_CONTENT.get(fieldsOf(part)["type"]),
  }));
  const values = [
    ...parts,
    { type: "response-metadata", modelId: fieldsOf(response)["modelId"] },
    { type: "finish", finishReason, usage },
  ];
  return { source: values[Symbol.iterator](), accept: streamPart, end: truncated };
}

const DELTA_OF_CONTENT: ReadonlyMap<unknown, string> = new Map([
  ["text", "text-delta"],
  ["reasoning", "reasoning-delta"],
]);

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

function truncated(): never {
  throw new BackendError("the answer ended before it was finished", { kind: "truncated" });
}

function malformed(message: string): BackendError {
  return new BackendError(message, { kind: "malformed" });
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
