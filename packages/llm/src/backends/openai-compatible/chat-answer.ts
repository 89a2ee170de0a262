import { BackendError } from "@d0ttino/plugin-sdk/host";
import type { FinishReason, StreamPart, Usage } from "@d0ttino/plugin-sdk/host";
import { errorIn, fieldsOf, type Fields } from "./server-error.ts";

/** Reads what servers of this dialect send: chunks of a stream, whole completions and errors. Keeps what it has seen. */
export class ChatAnswer {
  #model: string | undefined;
  #finishReason: FinishReason | undefined;
  #usage: Usage = {};
  #sawChoice = false;
  #began = false;

  /** Whether a piece of the answer itself has come. */
  get began(): boolean {
    return this.#began;
  }

  /** Whether the server has said why it stopped. */
  get isFinished(): boolean {
    return this.#finishReason !== undefined;
  }

  /**
   * Takes one chunk of a stream or one whole completion.
   * @param parts gets the parts that are in it
   * @throws BackendError when it is an error or nothing that is known
   */
  take(value: unknown, parts: StreamPart[]): void {
    const chunk = fieldsOf(value);
    if (chunk === undefined) throw new BackendError("the answer is no JSON object", { kind: "malformed" });
    const error = chunk["error"];
    if (error !== undefined && error !== null && error !== false) throw errorIn(chunk);
    if (this.#model === undefined && typeof chunk["model"] === "string" && chunk["model"] !== "") {
      this.#model = chunk["model"];
      parts.push({ type: "response-metadata", modelId: this.#model });
    }
    const usage = chunk["usage"];
    if (usage !== undefined && usage !== null) this.#usage = usageOf(fieldsOf(usage)) ?? this.#usage;
    const choices = chunk["choices"];
    const choice = Array.isArray(choices) ? fieldsOf(choices[0]) : undefined;
    if (choice !== undefined) this.#choose(choice, parts);
    else if (choices === undefined && isReport(chunk)) throw errorIn(chunk);
  }

  /**
   * The last part.
   * @param isComplete whether the server ended the answer properly, whatever it said
   * @throws BackendError when the answer was cut off, or there was none
   */
  end(isComplete: boolean): StreamPart {
    if (!this.#sawChoice && isComplete) throw new BackendError("the answer has no choices", { kind: "malformed" });
    if (this.#finishReason === undefined && !isComplete) throw cutOff();
    if (this.#finishReason === "error") throw new BackendError("the server stopped with an error", { kind: "server" });
    return { type: "finish", finishReason: this.#finishReason ?? "other", usage: this.#usage };
  }

  #choose(choice: Fields, parts: StreamPart[]): void {
    // Of several answers at once the first is taken; pieces of the others would be mixed into it.
    if (typeof choice["index"] === "number" && choice["index"] > 0) return;
    this.#sawChoice = true;
    if (fieldsOf(choice["error"]) !== undefined) throw errorIn(choice);
    const message = fieldsOf(choice["delta"]) ?? fieldsOf(choice["message"]) ?? choice;
    const reasoning = textOf(message["reasoning_content"] ?? message["reasoning"]);
    if (reasoning !== "") this.#add({ type: "reasoning-delta", delta: reasoning }, parts);
    const text = textOf(message["content"] ?? message["refusal"] ?? message["text"]);
    if (text !== "") this.#add({ type: "text-delta", delta: text }, parts);
    const reason = choice["finish_reason"];
    if (typeof reason === "string" && reason !== "") this.#finishReason = FINISH_REASONS.get(reason) ?? "other";
  }

  #add(part: StreamPart, parts: StreamPart[]): void {
    this.#began = true;
    parts.push(part);
  }
}

const FINISH_REASONS: ReadonlyMap<string, FinishReason> = new Map([
  ["stop", "stop"],
  ["eos", "stop"],
  ["length", "length"],
  ["max_tokens", "length"],
  ["content_filter", "content-filter"],
  ["tool_calls", "tool-calls"],
  ["function_call", "tool-calls"],
  ["error", "error"],
]);

/**
 * The error for an answer that ended before it was finished.
 * @param words what the server said last, where it may be a reason
 */
export function cutOff(words = ""): BackendError {
  const said = words === "" ? "" : `: ${words}`;
  return new BackendError(`the answer ended before it was finished${said}`, { kind: "truncated" });
}

/** Whether an object without choices is a report of a failure that is not called `error`. */
function isReport(body: Fields): boolean {
  return body["object"] === "error" || body["type"] === "error" || "detail" in body || "message" in body;
}

/** A text, or a list of parts with texts. */
function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part: unknown) => textOf(fieldsOf(part)?.["text"])).join("");
}

function usageOf(usage: Fields | undefined): Usage | undefined {
  if (usage === undefined) return undefined;
  const number = (name: keyof Usage, value: unknown): Usage => (typeof value === "number" ? { [name]: value } : {});
  return {
    ...number("inputTokens", usage["prompt_tokens"]),
    ...number("outputTokens", usage["completion_tokens"]),
    ...number("reasoningTokens", fieldsOf(usage["completion_tokens_details"])?.["reasoning_tokens"]),
  };
}
