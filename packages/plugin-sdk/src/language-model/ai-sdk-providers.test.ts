import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { createOpenAICompatible as createV2 } from "ai-sdk-openai-compatible-v2";
import { createOpenAICompatible as createV3 } from "ai-sdk-openai-compatible-v3";
import { createOpenAICompatible as createV4 } from "ai-sdk-openai-compatible-v4";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AiSdkProvider } from "../backend.ts";
import type { BackendError } from "../backend-error.ts";
import { collect, type LanguageModel, type ModelCall, type StreamPart } from "./language-model.ts";
import { toLanguageModel } from "./to-language-model.ts";

const { signal } = new AbortController();
const SECRET = "my secret question";
const call: ModelCall = { prompt: SECRET, system: "Be brief.", signal };
const usage = { prompt_tokens: 5, completion_tokens: 7, completion_tokens_details: { reasoning_tokens: 3 } };

type Handler = (response: ServerResponse, body: Record<string, unknown>) => unknown;
let handle: Handler;
let server: Server;
let baseURL: string;

beforeAll(async () => {
  // oxlint-disable-next-line typescript/no-misused-promises -- a failing handler shows in the test that waits for it
  server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    handle(response, JSON.parse(body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
});

function sendJson(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

function sendEvent(response: ServerResponse, choice: object, more: object = {}): void {
  const event = { id: "1", model: "m-2026", choices: [{ index: 0, ...choice }], ...more };
  response.write(`data: ${JSON.stringify(event)}\n\n`);
}

function sendText(response: ServerResponse, ...pieces: string[]): void {
  if (!response.headersSent) response.writeHead(200, { "content-type": "text/event-stream" });
  for (const content of pieces) sendEvent(response, { delta: { content } });
}

async function partsOf(model: LanguageModel, given = call, seen: StreamPart[] = []): Promise<StreamPart[]> {
  for await (const part of model.doStream(given)) seen.push(part);
  return seen;
}

async function errorOf(reading: Promise<unknown>): Promise<BackendError> {
  const error = await reading.then(
    () => expect.unreachable("it did not fail"),
    (thrown: unknown) => thrown,
  );
  expect(JSON.stringify(error) + inspect(error, { depth: 20, showHidden: true })).not.toContain(SECRET);
  return error as BackendError;
}

/** The error of the same call made in both ways, which must be alike. */
async function errorOfBoth(model: LanguageModel): Promise<BackendError> {
  const errors = [await errorOf(model.doGenerate(call)), await errorOf(partsOf(model))] as const;
  expect(errors[1]).toEqual(errors[0]);
  return errors[0];
}

describe.each<[string, typeof createV4 | typeof createV3 | typeof createV2]>([
  ["v2", createV2],
  ["v3", createV3],
  ["v4", createV4],
])("a real provider of specification %s", (version, create) => {
  const provide = (url = baseURL): AiSdkProvider =>
    create({ name: "maker", baseURL: url, apiKey: "key", includeUsage: true });
  const modelAt = (url?: string): LanguageModel => toLanguageModel("demo", provide(url), "m");

  it("makes models of that specification", async () => {
    expect((await provide().languageModel("m")).specificationVersion).toBe(version);
  });

  it("answers at once", async () => {
    let body: Record<string, unknown> = {};
    handle = (response, received) => {
      body = received;
      const message = { role: "assistant", content: "because", reasoning_content: "Hm." };
      sendJson(response, 200, { id: "1", model: "m-2026", choices: [{ message, finish_reason: "length" }], usage });
    };
    const settings = { max_tokens: 9, stop: ".", custom: true };
    expect(await modelAt().doGenerate({ ...call, settings })).toEqual({
      text: "because",
      modelId: "m-2026",
      finishReason: "length",
      usage: { inputTokens: 5, outputTokens: 7, reasoningTokens: 3 },
    });
    expect(body).toMatchObject({
      model: "m",
      max_tokens: 9,
      stop: ["."],
      custom: true,
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: SECRET },
      ],
    });
  });

  it("answers in pieces", async () => {
    handle = (response) => {
      sendText(response, "be", "cause");
      sendEvent(response, { delta: {}, finish_reason: "stop" }, { usage });
      response.end("data: [DONE]\n\n");
    };
    expect(await partsOf(modelAt())).toEqual([
      { type: "response-metadata", modelId: "m-2026" },
      { type: "text-delta", delta: "be" },
      { type: "text-delta", delta: "cause" },
      { type: "finish", finishReason: "stop", usage: { inputTokens: 5, outputTokens: 7, reasoningTokens: 3 } },
    ]);
  });

  it("refused a key says so in the service's words", async () => {
    handle = (response) => sendJson(response, 401, { error: { message: "Wrong key.", type: "auth" } });
    expect(await errorOfBoth(modelAt())).toMatchObject({ kind: "unauthorized", status: 401, message: "Wrong key." });
  });

  it("says so in the service's words when these come in a form of its own", async () => {
    handle = (response) => sendJson(response, 402, { detail: "Pay first." });
    expect(await errorOfBoth(modelAt())).toMatchObject({ kind: "payment-required", message: "Pay first." });
  });

  it("asked to wait knows how long", async () => {
    handle = (response) => sendJson(response, 429, { error: { message: "Slow down." } }, { "retry-after": "7" });
    expect(await errorOfBoth(modelAt())).toMatchObject({ kind: "rate-limited", status: 429, retryAfter: 7 });
  });

  it("refused a connection fails of the network", async () => {
    const closed = createServer().listen(0, "127.0.0.1");
    await once(closed, "listening");
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const error = await errorOfBoth(modelAt(`http://127.0.0.1:${port}/v1`));
    expect(error).toMatchObject({ kind: "network", message: expect.stringContaining("ECONNREFUSED") });
  });

  it("answered with something else than JSON calls it malformed", async () => {
    handle = (response) =>
      response.writeHead(200, { "content-type": "application/json" }).end(`<html>${SECRET}</html>`);
    expect(await errorOf(modelAt().doGenerate(call))).toMatchObject({ kind: "malformed" });
  });

  it("gives an error in mid-stream after the text before it", async () => {
    handle = (response) => {
      sendText(response, "be");
      response.end(`data: ${JSON.stringify({ error: { message: "Overloaded.", type: "t", code: 529 } })}\n\n`);
    };
    const seen: StreamPart[] = [];
    expect(await errorOf(partsOf(modelAt(), call, seen))).toMatchObject({
      message: expect.stringContaining("Overloaded."),
    });
    expect(seen.at(-1)).toEqual({ type: "text-delta", delta: "be" });
  });

  it("cut off in mid-stream gives the text before and calls the answer truncated", async () => {
    handle = (response) => {
      sendText(response, "be");
      setTimeout(() => response.destroy(), 20);
    };
    const seen: StreamPart[] = [];
    expect(await errorOf(partsOf(modelAt(), call, seen))).toMatchObject({ kind: "truncated" });
    expect(seen.at(-1)).toEqual({ type: "text-delta", delta: "be" });
  });

  it("closed in mid-stream, as if it were complete, is truncated as well", async () => {
    handle = (response) => {
      sendText(response, "be");
      response.end();
    };
    const seen: StreamPart[] = [];
    expect(await errorOf(partsOf(modelAt(), call, seen))).toMatchObject({ kind: "truncated" });
    expect(seen.at(-1)).toEqual({ type: "text-delta", delta: "be" });
  });

  it.each([["<html>Log in</html>"], [""], ["{oops"]])("answered with %j is malformed", async (page) => {
    handle = (response) => response.writeHead(200, { "content-type": "text/html" }).end(page);
    expect(await errorOf(partsOf(modelAt()))).toMatchObject({ kind: "malformed" });
    expect(await errorOf(modelAt().doGenerate(call))).toMatchObject({ kind: "malformed" });
  });

  it("takes an answer that ends for a reason of the service's own", async () => {
    handle = (response, { stream }) => {
      const message = { role: "assistant", content: "be" };
      if (stream !== true)
        return sendJson(response, 200, { id: "1", choices: [{ message, finish_reason: "repetition" }], usage });
      sendText(response, "be");
      sendEvent(response, { delta: {}, finish_reason: "repetition" }, { usage });
      response.end("data: [DONE]\n\n");
    };
    expect(await modelAt().doGenerate(call)).toMatchObject({ text: "be", finishReason: "other" });
    expect(await collect(modelAt().doStream(call))).toMatchObject({ text: "be", finishReason: "other" });
  });

  it("aborted in mid-stream closes the connection", async () => {
    const closed = Promise.withResolvers<void>();
    handle = (response) => {
      response.on("close", closed.resolve);
      sendText(response, "be");
    };
    const controller = new AbortController();
    const seen: StreamPart[] = [];
    const reading = async (): Promise<void> => {
      for await (const part of modelAt().doStream({ ...call, signal: controller.signal })) {
        seen.push(part);
        if (part.type === "text-delta") setImmediate(() => controller.abort("enough"));
      }
    };
    expect(await errorOf(reading())).toMatchObject({ kind: "aborted", cause: "enough" });
    expect(seen.at(-1)).toEqual({ type: "text-delta", delta: "be" });
    await closed.promise;
  });

  it("abandoned in mid-stream closes the connection", async () => {
    const closed = Promise.withResolvers<void>();
    handle = (response) => {
      response.on("close", closed.resolve);
      sendText(response, "be");
    };
    for await (const part of modelAt().doStream(call)) if (part.type === "text-delta") break;
    await closed.promise;
  });

  it("aborted before the answer begins closes the connection", async () => {
    const closed = Promise.withResolvers<void>();
    const controller = new AbortController();
    handle = (response) => {
      response.on("close", closed.resolve);
      controller.abort("enough");
    };
    const error = await errorOf(collect(modelAt().doStream({ ...call, signal: controller.signal })));
    expect(error.kind).toBe("aborted");
    await closed.promise;
  });
});
