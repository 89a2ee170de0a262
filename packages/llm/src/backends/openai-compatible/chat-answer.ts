import { BackendError, kindOfStatus } from "@d0ttino/plugin-sdk";
import type { FinishReason, StreamPart, Usage } from "@d0ttino/plugin-sdk/host";

type Fields = Readonly<Record<string, unknown>>;

/** Reads what servers of this dialect send: chunks of a stream, whole completions and errors. Keeps what it has seen. */
export class ChatAnswer {
  #model: string | undefined;
  #finishReason: FinishReason | undefined;
  #usage: Usage = {};
  #sawChoice = false;

  /** Whether the server has said why it stopped. */
  get isFinished(): boolean {
    return this.#finishReason !== undefined;
  }

  /**
   * The parts in one chunk of a stream or one whole completion.
   * @throws BackendError when it is an error or nothing that is known
   */
  *take(value: unknown): Generator<StreamPart> {
    const chunk = fields(value);
    if (chunk === undefined) throw new BackendError("the answer is no JSON object", { kind: "malformed" });
    if (chunk["error"] !== undefined && chunk["error"] !== null) throw errorIn(chunk);
    if (typeof chunk["model"] === "string" && chunk["model"] !== "" && this.#model === undefined) {
      this.#model = chunk["model"];
      yield { type: "response-metadata", modelId: this.#model };
    }
    this.#usage = usageOf(fields(chunk["usage"])) ?? this.#usage;
    const choice = fields(Array.isArray(chunk["choices"]) ? chunk["choices"][0] : undefined);
    if (choice === undefined) return;
    this.#sawChoice = true;
    const message = fields(choice["delta"]) ?? fields(choice["message"]) ?? choice;
    const reasoning = textOf(message["reasoning_content"] ?? message["reasoning"]);
    if (reasoning !== "") yield { type: "reasoning-delta", delta: reasoning };
    const text = textOf(message["content"] ?? message["text"]);
    if (text !== "") yield { type: "text-delta", delta: text };
    if (typeof choice["finish_reason"] === "string")
      this.#finishReason = FINISH_REASONS[choice["finish_reason"]] ?? "other";
  }

  /**
   * The last part.
   * @param isComplete whether the server ended the answer properly, whatever it said
   * @throws BackendError when the answer was cut off, or there was none
   */
  end(isComplete: boolean): StreamPart {
    if (!this.#sawChoice && isComplete) throw new BackendError("the answer has no choices", { kind: "malformed" });
    if (this.#finishReason === undefined && !isComplete) {
      throw new BackendError("the answer ended before it was finished", { kind: "truncated" });
    }
    return { type: "finish", finishReason: this.#finishReason ?? "other", usage: this.#usage };
  }
}

const FINISH_REASONS: Readonly<Record<string, FinishReason>> = {
  stop: "stop",
  eos: "stop",
  length: "length",
  max_tokens: "length",
  content_filter: "content-filter",
  tool_calls: "tool-calls",
  function_call: "tool-calls",
  error: "error",
};

/** A text, or a list of parts with texts. */
function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part: unknown) => textOf(fields(part)?.["text"])).join("");
}

function usageOf(usage: Fields | undefined): Usage | undefined {
  if (usage === undefined) return undefined;
  const number = (name: keyof Usage, value: unknown): Usage => (typeof value === "number" ? { [name]: value } : {});
  return {
    ...number("inputTokens", usage["prompt_tokens"]),
    ...number("outputTokens", usage["completion_tokens"]),
    ...number("reasoningTokens", fields(usage["completion_tokens_details"])?.["reasoning_tokens"]),
  };
}

/** The error in an answer that should not hold one: a status of 200, or the midst of a stream. */
function errorIn(body: Fields): BackendError {
  const error = fields(body["error"]);
  const status = [error?.["code"], error?.["status"], body["status"]]
    .map(Number)
    .find((code) => code >= 400 && code <= 599);
  return new BackendError(errorMessage(body) ?? "the server reported an error without a message", {
    kind: status === undefined ? "server" : kindOfStatus(status),
    status,
  });
}

/** The server's own words about a failure, wherever it put them, or undefined. */
export function errorMessage(value: unknown): string | undefined {
  const body = fields(Array.isArray(value) ? value[0] : value);
  const error = body?.["error"];
  const candidates = [
    fields(error)?.["message"],
    error,
    body?.["message"],
    body?.["detail"],
    body?.["error_description"],
  ];
  const message = candidates.find((candidate) => typeof candidate === "string" && candidate.trim() !== "");
  const raw = fields(fields(error)?.["metadata"])?.["raw"];
  return typeof raw === "string" && typeof message === "string"
    ? `${message} (${raw})`
    : (message as string | undefined);
}

function fields(value: unknown): Fields | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}
