import { BackendError, kindOfStatus } from "@d0ttino/plugin-sdk";
import type { StreamPart } from "@d0ttino/plugin-sdk/host";
import { ChatAnswer, errorMessage } from "./chat-answer.ts";
import { chatRequest, type CallOptions } from "./chat-request.ts";
import { EventStreamParser } from "./event-stream-parser.ts";
import { exchange, type ExchangeAnswer } from "./http-exchange.ts";
import { redact, type Secrets } from "./redact.ts";
import { retryAfterSeconds } from "./retry-after.ts";
import type { ServerConnection } from "./server-connection.ts";

/** The largest answer that is read, in bytes. An answer without an end must not fill the memory. */
const LARGEST_ANSWER = 256 * 1024 * 1024;

/** A model behind an OpenAI-compatible server, in the shape of the AI SDK's specification v4, reduced to text. */
export class ChatModel {
  readonly specificationVersion = "v4";
  readonly provider: string;
  readonly modelId: string;
  readonly #connection: ServerConnection;

  constructor(connection: ServerConnection, modelId: string) {
    this.#connection = connection;
    this.provider = connection.name;
    this.modelId = modelId;
  }

  /** @throws BackendError, while the stream is read */
  doStream(options: CallOptions): Promise<{ stream: AsyncIterable<StreamPart> }> {
    return Promise.resolve({ stream: this.#ask(options, true) });
  }

  /** @throws BackendError */
  doGenerate(options: CallOptions): Promise<unknown> {
    return generated(this.#ask(options, false));
  }

  async *#ask(options: CallOptions, isStreamed: boolean): AsyncGenerator<StreamPart> {
    const signal = options.abortSignal ?? new AbortController().signal;
    const secrets: Secrets = { key: this.#connection.apiKey, prompts: options.prompt };
    let hasText = false;
    try {
      const answer = await exchange({
        ...this.#connection.request("chat/completions", signal),
        method: "POST",
        body: JSON.stringify(chatRequest(this.modelId, options, this.provider, isStreamed)),
      });
      if (answer.status < 200 || answer.status > 299) throw await failureOf(answer);
      // Not every server says which model answers.
      yield { type: "response-metadata", modelId: this.modelId };
      for await (const part of isEventStream(answer) ? streamed(answer) : whole(answer)) {
        hasText ||= part.type === "text-delta";
        yield part;
      }
    } catch (error) {
      throw redact(hasText ? asTruncated(error) : error, secrets);
    }
  }
}

function isEventStream(answer: ExchangeAnswer): boolean {
  return answer.header("content-type")?.includes("text/event-stream") === true;
}

async function* streamed(answer: ExchangeAnswer): AsyncGenerator<StreamPart> {
  const parser = new EventStreamParser();
  const chat = new ChatAnswer();
  for await (const data of eventsOf(answer.body, parser)) {
    if (data === "[DONE]") {
      yield chat.end(true);
      return;
    }
    yield* chat.take(parse(data));
  }
  yield chat.end(false);
}

async function* eventsOf(body: AsyncIterable<Uint8Array>, parser: EventStreamParser): AsyncGenerator<string> {
  let size = 0;
  for await (const bytes of body) {
    size += bytes.length;
    if (size > LARGEST_ANSWER) throw tooLarge();
    yield* parser.push(bytes);
  }
  yield* parser.end();
}

/** A completion in one piece, also from a server that was asked for a stream. */
async function* whole(answer: ExchangeAnswer): AsyncGenerator<StreamPart> {
  const text = await textOf(answer);
  const trimmed = text.trimStart();
  if (trimmed.startsWith("data:") || trimmed.startsWith(":")) {
    yield* streamed({ ...answer, body: oneChunk(text) });
    return;
  }
  if (trimmed.startsWith("<")) {
    throw new BackendError("the server answered with a web page", {
      kind: "malformed",
      status: answer.status,
      hint: "Check the base URL, and whether a proxy or a login page is in between.",
    });
  }
  const chat = new ChatAnswer();
  yield* chat.take(parse(text));
  yield chat.end(true);
}

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

async function textOf(answer: ExchangeAnswer, most = LARGEST_ANSWER): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const bytes of answer.body) {
    size += bytes.length;
    if (size > most) throw tooLarge();
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const what = text.trim() === "" ? "the server sent an empty answer" : "the server sent something that is not JSON";
    throw new BackendError(what, { kind: "malformed" });
  }
}

function tooLarge(): BackendError {
  return new BackendError(`the answer is larger than ${LARGEST_ANSWER / 1024 / 1024} MiB`, { kind: "malformed" });
}

/** The largest error page that is read for its message, in bytes. */
const LARGEST_ERROR = 256 * 1024;

async function failureOf(answer: ExchangeAnswer): Promise<BackendError> {
  const { status } = answer;
  const body = await textOf(answer, LARGEST_ERROR).catch(() => "");
  return new BackendError(`${messageIn(body) ?? "no reason given"} (HTTP ${status})`, {
    status,
    kind: status >= 300 && status < 400 ? "invalid-request" : kindOfStatus(status),
    retryAfter: retryAfterSeconds(answer.header("retry-after")),
    hint: HINTS[status],
  });
}

const HINTS: Readonly<Record<number, string>> = {
  401: "Check the API key.",
  402: "Check the balance of the account.",
  403: "Check what the API key may do.",
  404: "Check the base URL and the name of the model.",
};

function messageIn(body: string): string | undefined {
  try {
    return errorMessage(JSON.parse(body));
  } catch {
    const text = body.trim();
    return text === "" || text.startsWith("<") ? undefined : text.slice(0, 500);
  }
}

/** What breaks off after text has come is a truncated answer, whatever broke. */
function asTruncated(error: unknown): unknown {
  const isBreak = error instanceof BackendError && error.kind === "network";
  return isBreak
    ? new BackendError(`the answer broke off: ${error.message}`, { kind: "truncated", cause: error })
    : error;
}

async function generated(parts: AsyncIterable<StreamPart>): Promise<unknown> {
  let text = "";
  let modelId: string | undefined;
  let finish: StreamPart | undefined;
  for await (const part of parts) {
    if (part.type === "text-delta") text += part.delta;
    else if (part.type === "response-metadata") ({ modelId } = part);
    else if (part.type === "finish") finish = part;
  }
  return { ...finish, content: [{ type: "text", text }], response: { modelId } };
}
