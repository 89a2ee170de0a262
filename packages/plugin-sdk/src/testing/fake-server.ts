import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerRequest } from "./answer-request.ts";
import { fieldsOf } from "../language-model/fields.ts";
import type { FakeServerFault } from "./fake-server-fault.ts";
import { nodeModule } from "./node-module.ts";

/** A request that the fake server got. */
export interface FakeServerRequest {
  readonly method: string;
  /** The path with its query: `/v1/chat/completions`. */
  readonly path: string;
  /** By names in small letters. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The body as it came. */
  readonly body: string;
  /** What the body says, when it is a JSON object; otherwise empty. */
  readonly json: Readonly<Record<string, unknown>>;
  /** The model that is asked for; empty when none is named. */
  readonly model: string;
  /** The text of the last message; empty when there is none. */
  readonly prompt: string;
  /** Whether the answer is to come in pieces. */
  readonly stream: boolean;
  /** The text that it is answered with; empty until then, and when the server fails before any text. */
  readonly answer: string;
  /** Resolves when the answer was sent (`answered`), or the connection was closed before its end (`left`). */
  readonly ended: Promise<"answered" | "left">;
}

/** A request whose answer is still to be noted. */
export interface AnswerableRequest extends FakeServerRequest {
  answer: string;
}

/** How a fake server answers. */
export interface FakeServerOptions {
  /**
   * The answer: a text, its pieces, or a function that makes one of these of a request. Without it, the server answers
   * `You said: ` and the prompt. A text is sent in pieces of a word each, or of several when it is long.
   */
  readonly answer?:
    | string
    | readonly string[]
    | ((request: FakeServerRequest) => string | readonly string[])
    | undefined;
  /** The ids that `GET /models` gives (`["fake-model"]`). */
  readonly models?: readonly string[] | undefined;
}

/** A server on this machine that speaks OpenAI's dialect and needs no key. */
export interface FakeServer {
  /** The base URL: what a `…_BASE_URL` variable holds, as `http://127.0.0.1:PORT/v1`. */
  readonly url: string;
  /** What was asked so far, the first first. */
  readonly requests: readonly FakeServerRequest[];
  /** Makes all requests from now on fail in one way; `undefined` lets them succeed again. */
  fail(fault: FakeServerFault | undefined): void;
  /** Makes the next request fail, and the one after it by the next fault; then it is as before. */
  failNext(...faults: readonly FakeServerFault[]): void;
  /** Ends the server and every connection to it. */
  close(): Promise<void>;
}

/**
 * Starts a server of OpenAI's dialect on a free port of this machine: `POST …/chat/completions`, streamed and not, and
 * `GET …/models`. It notes what it is asked, takes any key, and fails on demand.
 *
 * ```js
 * const server = await fakeServer({ answer: "Hello there" });
 * process.env.MY_BASE_URL = server.url;
 * server.failNext({ type: "status", status: 429, retryAfter: 2 });
 * await server.close();
 * ```
 *
 * @throws Error where the runtime is not Node or one that has its modules
 */
export async function fakeServer(options: FakeServerOptions = {}): Promise<FakeServer> {
  const requests: FakeServerRequest[] = [];
  const queue: FakeServerFault[] = [];
  let lasting: FakeServerFault | undefined;
  const server = nodeModule("node:http").createServer((incoming, response) => {
    // Clients that break off are what is tested here.
    response.on("error", () => {});
    let body = "";
    incoming.setEncoding("utf8").on("data", (text: string) => (body += text));
    incoming.on("end", () => {
      const request = readRequest(incoming, response, body);
      requests.push(request);
      void answerRequest(request, response, options, queue.shift() ?? lasting);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    fail: (fault) => {
      lasting = fault;
    },
    failNext: (...faults) => {
      queue.push(...faults);
    },
    close,
  };
}

function readRequest(incoming: IncomingMessage, response: ServerResponse, body: string): AnswerableRequest {
  const json = parsed(body);
  const { model, messages, stream } = json;
  const { promise: ended, resolve } = Promise.withResolvers<"answered" | "left">();
  response.on("close", () => resolve(response.writableFinished ? "answered" : "left"));
  const last: unknown = Array.isArray(messages) ? messages.at(-1) : undefined;
  return {
    method: incoming.method ?? "",
    path: incoming.url ?? "",
    headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, value?.toString()])),
    body,
    json,
    model: typeof model === "string" ? model : "",
    prompt: textOf(fieldsOf(last)["content"]),
    stream: stream === true,
    answer: "",
    ended,
  };
}

function parsed(body: string): Readonly<Record<string, unknown>> {
  try {
    return fieldsOf(JSON.parse(body));
  } catch {
    return {};
  }
}

/** A message's text, also where it is made of parts. */
function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content
    .map((part) => fieldsOf(part)["text"])
    .filter((text) => typeof text === "string")
    .join("");
}
