import { BackendError } from "@d0ttino/plugin-sdk/host";
import type { StreamPart } from "@d0ttino/plugin-sdk/host";
import { answerFailure } from "./answer-failure.ts";
import { chatRequest, type CallOptions } from "./chat-request.ts";
import { clientSettings, type ClientSettings } from "./client-options.ts";
import { CompletionReader } from "./completion-reader.ts";
import type { AnswerBody } from "./exchange.ts";
import { exchange } from "./http-exchange.ts";
import { PartStream } from "./part-stream.ts";
import { readParts } from "./read-parts.ts";
import { redact } from "./redact.ts";
import type { ServerConnection } from "./server-connection.ts";

/** A model behind an OpenAI-compatible server, in the shape of the AI SDK's specification v4, reduced to text. */
export class ChatModel {
  readonly specificationVersion = "v4";
  readonly provider: string;
  readonly modelId: string;
  readonly #connection: ServerConnection;
  readonly #settings: ClientSettings;

  constructor(connection: ServerConnection, modelId: string, settings = clientSettings()) {
    this.#connection = connection;
    this.#settings = settings;
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

  #ask(options: CallOptions, isStreamed: boolean): PartStream {
    const leave = new AbortController();
    const { abortSignal } = options;
    const signal = abortSignal === undefined ? leave.signal : AbortSignal.any([abortSignal, leave.signal]);
    return new PartStream(this.#batches(options, isStreamed, signal), () => leave.abort());
  }

  /** The parts of the answer, those that come together in one batch. What came before a failure comes before it. */
  async *#batches(
    options: CallOptions,
    isStreamed: boolean,
    signal: AbortSignal,
  ): AsyncGenerator<StreamPart[], undefined> {
    let reader: CompletionReader | undefined;
    let body: AnswerBody | undefined;
    const started = performance.now();
    try {
      const request = {
        ...this.#connection.request("chat/completions", signal),
        method: "POST" as const,
        body: JSON.stringify(chatRequest(this.modelId, options, this.provider, isStreamed)),
      };
      const answer = await exchange(request, this.#settings);
      ({ body } = answer);
      if (answer.status < 200 || answer.status > 299) throw await answerFailure(answer);
      reader = new CompletionReader(answer.header("content-type"));
      yield* readParts(body, reader, this.#settings, started);
    } catch (error) {
      const secrets = { key: this.#connection.apiKey, prompts: options.prompt };
      throw redact(reader?.began === true ? asTruncated(error) : error, secrets);
    } finally {
      if (reader?.isDone === true) body?.release();
      else body?.close();
    }
  }
}

/** What breaks off after a piece of the answer has come is a truncated answer, whatever broke. */
function asTruncated(error: unknown): unknown {
  const isBreak = error instanceof BackendError && error.kind === "network";
  return isBreak
    ? new BackendError(`the answer broke off: ${error.message}`, { kind: "truncated", cause: error.cause })
    : error;
}

async function generated(parts: AsyncIterable<StreamPart>): Promise<unknown> {
  let text = "";
  let reasoning = "";
  let modelId: string | undefined;
  let finish: StreamPart | undefined;
  for await (const part of parts) {
    if (part.type === "text-delta") text += part.delta;
    else if (part.type === "reasoning-delta") reasoning += part.delta;
    else if (part.type === "response-metadata") ({ modelId } = part);
    else if (part.type === "finish") finish = part;
  }
  const thought = reasoning === "" ? [] : [{ type: "reasoning", text: reasoning }];
  return { ...finish, content: [...thought, { type: "text", text }], response: { modelId } };
}
