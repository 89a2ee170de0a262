import { describe, expect, it } from "vitest";
import { listModels } from "../../packages/llm/src/backends/openai-compatible/server-provider.ts";
import { ask, expectNoSecret, KEY, PROMPT, serverAt } from "../support/ask-server.ts";
import { chunk, completion, event, send } from "../support/chat-answers.ts";
import { startFaultServer } from "../support/fault-server.ts";

const error = (message: string): string => JSON.stringify({ error: { message, type: "t", code: null } });

describe("a failing status", () => {
  it.each([
    [400, "invalid-request"],
    [401, "unauthorized"],
    [402, "payment-required"],
    [403, "forbidden"],
    [404, "not-found"],
    [408, "timeout"],
    [429, "rate-limited"],
    [500, "server"],
    [503, "server"],
  ])("%i is %s, in the server's own words, after one call", async (status, kind) => {
    const server = await startFaultServer((response) => send(response, status, error("Not today.")));
    for (const whole of [false, true]) {
      expect((await ask(server.url, { whole })).error).toMatchObject({
        kind,
        status,
        message: `Not today. (HTTP ${status})`,
      });
    }
    expect(server.calls.length).toBe(2);
  });

  it.each([
    ["JSON with the error as text", '{"error":"Not today."}', "Not today."],
    ["JSON with a message", '{"message":"Not today."}', "Not today."],
    ["a list of what is wrong", '{"detail":[{"loc":["body"],"msg":"Not today."}]}', "Not today."],
    ["a list with one error", '[{"error":{"message":"Not today."}}]', "Not today."],
    ["what stands behind OpenRouter", '{"error":{"message":"Outer","metadata":{"raw":"Inner"}}}', "Outer (Inner)"],
    ["an error without a message", '{"error":{"reason":"Not today."}}', "Not today."],
    ["plain text", "Not today.", "Not today."],
    ["a web page", "<html><head><title>Not\n today.</title></head><body>…</body></html>", "Not today."],
    ["a web page without a title", "<html><body>…</body></html>", "no reason given (HTTP 500)"],
    ["nothing", "", "no reason given (HTTP 500)"],
    ["JSON that is cut off", '{"error":{"message":"Not today.', "Not today."],
  ])("tells the reason from %s", async (_what, body, words) => {
    const server = await startFaultServer((response) => send(response, 500, body));
    expect((await ask(server.url)).error?.message).toContain(words);
  });

  it("502 without a body is a failure of the server", async () => {
    const server = await startFaultServer((response) => response.writeHead(502).end());
    expect((await ask(server.url)).error).toMatchObject({ kind: "server", status: 502 });
  });

  it("keeps the words when the connection breaks behind them", async () => {
    const server = await startFaultServer((response) => {
      response.writeHead(503, { "content-length": "5000" });
      response.write("Overloaded, come back later");
      setTimeout(() => response.destroy(), 20);
    });
    expect((await ask(server.url)).error).toMatchObject({
      status: 503,
      message: expect.stringContaining("Overloaded"),
    });
  });

  it("is told from the beginning of a page without an end", async () => {
    const server = await startFaultServer((response) => {
      response.writeHead(500);
      const more = (): void => {
        while (!response.destroyed && response.write("sorry ".repeat(1000)));
      };
      response.on("drain", more);
      more();
    });
    const { error } = await ask(server.url);
    expect(error?.message).toMatch(/^sorry sorry/);
    expect(error?.message.length).toBeLessThan(2000);
  });

  it.each([
    ["7", 7, 7],
    ["0.5", 0.5, 0.5],
    [new Date(Date.now() + 60_000).toUTCString(), 30, 60],
    ["Thu, 01 Jan 1970 00:00:00 GMT", 0, 0],
  ])("429 with Retry-After %s says how long to wait", async (value, least, most) => {
    const server = await startFaultServer((response) => send(response, 429, "", { "retry-after": value }));
    const { error } = await ask(server.url);
    expect(error?.kind).toBe("rate-limited");
    expect(error?.retryAfter).toBeGreaterThanOrEqual(least);
    expect(error?.retryAfter).toBeLessThanOrEqual(most);
  });

  it.each(["soon", "-5", "in 5 minutes", "99999999999", "9".repeat(400), "Fri, 31 Dec 9999 23:59:59 GMT"])(
    "429 with the absurd Retry-After %s says nothing about a wait",
    async (value) => {
      const server = await startFaultServer((response) => send(response, 429, "", { "retry-after": value }));
      expect((await ask(server.url)).error).toMatchObject({ kind: "rate-limited", retryAfter: undefined });
    },
  );
});

describe("an error within an answer of status 200", () => {
  const body = '{"error":{"message":"Out of credit.","code":402}}';

  it.each([
    ["alone", (whole: string) => whole, "application/json"],
    ["alone, called a stream", (whole: string) => whole, "text/event-stream"],
    [
      "alone and indented, called a stream",
      (whole: string) => JSON.stringify(JSON.parse(whole), null, 2),
      "text/event-stream",
    ],
    ["in a list", (whole: string) => `[${whole}]`, "application/json"],
    ["as an event", (whole: string) => event(whole), "text/event-stream"],
    ["as an event of its own kind", (whole: string) => `event: error\n${event(whole)}`, "text/event-stream"],
    ["as a line between events", (whole: string) => `: ping\n\n${whole}\n\n`, "text/event-stream"],
  ])("%s is told in the server's words", async (_where, shape, type) => {
    const server = await startFaultServer((response) => send(response, 200, shape(body), { "content-type": type }));
    for (const whole of [false, true]) {
      expect((await ask(server.url, { whole })).error).toMatchObject({
        kind: "payment-required",
        status: 402,
        message: "Out of credit.",
      });
    }
  });

  it.each([
    ["invalid_api_key", "unauthorized"],
    ["rate_limit_exceeded", "rate-limited"],
    ["something_new", "server"],
  ])("named %s is %s", async (code, kind) => {
    const server = await startFaultServer((response) => send(response, 200, JSON.stringify({ error: { code } })));
    expect((await ask(server.url)).error).toMatchObject({ kind, message: code });
  });

  it("that is not called an error is told too", async () => {
    const server = await startFaultServer((response) =>
      send(response, 200, '{"object":"error","message":"No such model.","type":"NotFoundError","code":404}'),
    );
    expect((await ask(server.url)).error).toMatchObject({ kind: "not-found", message: "No such model." });
  });
});

describe("an answer of status 200 that is none", () => {
  it.each([
    ["a web page", "<!doctype html><title>Log in</title>", "the server answered with a web page: Log in"],
    ["no choices", '{"id":"c"}', "the answer has no choices"],
    ["empty choices", '{"choices":[]}', "the answer has no choices"],
    ["no choices in a stream", event('{"id":"c"}') + event("[DONE]"), "the answer has no choices"],
    ["empty choices in a stream", event('{"choices":[]}') + event("[DONE]"), "the answer has no choices"],
    ["nothing", "", "the server sent an empty answer"],
    ["a text", "Hello there", "the server sent something that is not JSON: Hello there"],
    ["a number", "42", "the answer is no JSON object"],
    ["null as an event", event("null"), "the answer is no JSON object"],
  ])("is malformed: %s", async (_what, body, message) => {
    for (const type of ["application/json", "text/event-stream", "text/html"]) {
      const server = await startFaultServer((response) => send(response, 200, body, { "content-type": type }));
      const { error, parts } = await ask(server.url);
      // What says that it is a stream and holds no event is one that was cut off, unless it says something.
      const isCut = type === "text/event-stream" && error?.kind === "truncated" && !/^[<{]/.test(body);
      if (!isCut) expect(error).toMatchObject({ kind: "malformed", message });
      expect(error).toBeDefined();
      expect(parts).toEqual([]);
    }
  });
});

describe("secrets", () => {
  const echoes = (said: string): [string, string][] => [
    ["a status", JSON.stringify({ error: { message: said } })],
    ["plain text", said],
    ["JSON in JSON", JSON.stringify({ error: JSON.stringify({ said }) })],
    ["something unknown", JSON.stringify({ said: [said] })],
  ];

  it.each(echoes(`You sent "${PROMPT}" with Bearer ${KEY}.`))(
    "are not told when %s repeats them",
    async (_what, body) => {
      for (const status of [400, 200]) {
        const server = await startFaultServer((response) => send(response, status, body));
        const { error } = await ask(server.url);
        expect(error?.message).toMatch(/You sent|no choices/);
      }
    },
  );

  it("are not told when they are cut or lie where the message is cut", async () => {
    const said = `${"x ".repeat(490)}${KEY} ${PROMPT.slice(0, 60)}… and ${PROMPT.slice(20)}`;
    const server = await startFaultServer((response) => send(response, 400, said));
    const { error } = await ask(server.url);
    expect(error?.message).not.toContain("sk-very");
    expect(error?.message).not.toContain("neighbour");
  });

  it("are not told when the midst of a stream repeats them", async () => {
    const body = event(chunk("Hi")) + event(JSON.stringify({ error: { message: `Bad: ${PROMPT} ${KEY}` } }));
    const server = await startFaultServer((response) =>
      send(response, 200, body, { "content-type": "text/event-stream" }),
    );
    expect(await ask(server.url)).toMatchObject({ text: "Hi", error: { message: "Bad: [prompt] [key]" } });
  });

  it("are not told when a long prompt is repeated, and the error does not take long", async () => {
    const prompt = Array.from({ length: 300_000 }, (_, at) => `line ${at} of the secret`).join("\n");
    const server = await startFaultServer((response) => send(response, 413, `Too long: ${prompt.slice(0, 3000)}`));
    expect((await ask(server.url, { prompt })).error?.message).toMatch(/^Too long: \[prompt\] ?\(HTTP 413\)$/);
  });

  it("are not told when a list of models repeats the key", async () => {
    const server = await startFaultServer((response) => send(response, 401, error(`Wrong key ${KEY}`)));
    const failure = await listModels(serverAt(server.url), new AbortController().signal).catch((e: unknown) => e);
    expectNoSecret(failure as never);
    expect(failure).toMatchObject({ kind: "unauthorized", message: expect.stringContaining("Wrong key [key]") });
  });

  it("leave other words of the server as they are", async () => {
    const said = String.raw`C:\new\table is "missing"`;
    const server = await startFaultServer((response) => send(response, 400, error(said)));
    expect((await ask(server.url)).error?.message).toBe(`${said} (HTTP 400)`);
  });
});

describe("the request", () => {
  it("carries key, model, prompt and the wish for a stream", async () => {
    const server = await startFaultServer((response) => send(response, 200, completion("Hi")));
    expect(await ask(server.url)).toMatchObject({ text: "Hi", error: undefined });
    const [call] = server.calls;
    expect(call).toMatchObject({ method: "POST", url: "/v1/chat/completions" });
    expect(call?.headers["authorization"]).toBe(`Bearer ${KEY}`);
    expect(JSON.parse(call?.body ?? "")).toEqual({
      model: "m",
      messages: [{ role: "user", content: PROMPT }],
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it.each(["nonsense", "ftp://example.com/v1", "localhost:11434", ""])(
    "is not made to %j, which is no URL",
    async (url) => {
      expect((await ask(url)).error).toMatchObject({
        kind: "invalid-request",
        message: expect.stringContaining("is not an http or https URL"),
      });
    },
  );

  it("does not repeat a key that was put where the URL belongs", async () => {
    expect((await ask(KEY)).error?.message).toBe("the base URL is not an http or https URL");
  });
});
