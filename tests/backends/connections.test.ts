import { describe, expect, it, vi } from "vitest";
import { listModels } from "../../packages/llm/src/backends/openai-compatible/server-provider.ts";
import { ask, KEY, modelAt, PROMPT, serverAt } from "../support/ask-server.ts";
import { beginStream, chunk, completion, event, events, send } from "../support/chat-answers.ts";
import { closed, startFaultServer, startRawServer, startTlsFaultServer, until } from "../support/fault-server.ts";

const STREAM = { "content-type": "text/event-stream" };

describe("without an answer", () => {
  it("a refused connection is a failure of the network that names the address", async () => {
    const { error } = await ask("http://127.0.0.1:1/v1");
    expect(error).toMatchObject({ kind: "network", message: "nothing listens at 127.0.0.1:1" });
  });

  it("an unknown host is a failure of the network that names it", async () => {
    const { error } = await ask("http://no-such-host.invalid/v1");
    expect(error).toMatchObject({ kind: "network", message: expect.stringContaining("no-such-host.invalid") });
  });

  it("an untrusted certificate is a failure of the network, and neither key nor prompt is sent", async () => {
    const server = await startTlsFaultServer((response) => send(response, 200, completion("Hi")));
    expect((await ask(server.url)).error).toMatchObject({
      kind: "network",
      hint: expect.stringContaining("NODE_EXTRA_CA_CERTS"),
    });
    expect(server.calls).toEqual([]);
  });

  it("https to a server of http says so", async () => {
    const server = await startFaultServer((response) => send(response, 200, completion("Hi")));
    expect((await ask(server.url.replace("http:", "https:"))).error).toMatchObject({
      kind: "network",
      hint: expect.stringContaining("http:"),
    });
  });

  it.each([
    ["closes the connection", (socket: { end(): unknown }) => socket.end(), "network"],
    ["resets the connection", (socket: { resetAndDestroy(): unknown }) => socket.resetAndDestroy(), "network"],
    [
      "speaks no HTTP",
      (socket: { end(text: string): unknown }) => socket.end(`SSH-2.0 ${KEY} ${PROMPT}\r\n`),
      "malformed",
    ],
    [
      "stops within the head",
      (socket: { end(text: string): unknown }) => socket.end("HTTP/1.1 200 OK\r\nconte"),
      "network",
    ],
  ])("a server that %s fails once, not twice", async (_what, answer, kind) => {
    const server = await startRawServer(answer);
    expect((await ask(server.url)).error).toMatchObject({ kind });
    expect(server.sockets.length).toBe(1);
  });

  it("a key that no header can hold is refused before it is sent", async () => {
    const server = await startFaultServer((response) => send(response, 200, completion("Hi")));
    const model = modelAt(server.url);
    vi.stubEnv("FAULTY_API_KEY", "sk-kéy-\u{1F511}");
    const failure = model.doGenerate({ prompt: PROMPT, signal: new AbortController().signal });
    await expect(failure).rejects.toMatchObject({ kind: "unauthorized", message: expect.not.stringContaining("sk-") });
    expect(server.calls).toEqual([]);
  });
});

describe("a redirect", () => {
  it.each([307, 308])("%i on the same origin is followed with key and prompt", async (status) => {
    const server = await startFaultServer((response, { url }) =>
      url.startsWith("/v1/")
        ? send(response, status, "", { location: "/v2/chat" })
        : send(response, 200, completion("Hi")),
    );
    expect(await ask(server.url)).toMatchObject({ text: "Hi", error: undefined });
    expect(server.calls[1]).toMatchObject({ method: "POST", url: "/v2/chat", body: server.calls[0]?.body });
    expect(server.calls[1]?.headers["authorization"]).toBe(`Bearer ${KEY}`);
  });

  it.each([301, 302, 303, 307, 308])("%i to another origin is not followed", async (status) => {
    const other = await startFaultServer((response) => send(response, 200, completion("Hi")));
    const server = await startFaultServer((response) =>
      send(response, status, "", { location: `${other.url}/chat/completions?key=${KEY}` }),
    );
    expect((await ask(server.url)).error).toMatchObject({
      kind: "invalid-request",
      status,
      message: `the server redirects to another one, http://127.0.0.1:${other.port}`,
    });
    await expect(listModels(serverAt(server.url), new AbortController().signal)).rejects.toMatchObject({ status });
    expect(other.sockets).toEqual([]);
  });

  it.each([301, 302, 303])("%i of a POST is not followed but told", async (status) => {
    const server = await startFaultServer((response) => send(response, status, "", { location: `/login?k=${KEY}` }));
    expect((await ask(server.url)).error).toMatchObject({
      kind: "invalid-request",
      status,
      message: `the server redirects to /login (HTTP ${status})`,
    });
    expect(server.calls.length).toBe(1);
  });

  it("in a circle comes to an end", async () => {
    const server = await startFaultServer((response, { url }) => send(response, 307, "", { location: url }));
    expect((await ask(server.url)).error).toMatchObject({
      kind: "server",
      message: "the server redirects in a circle",
    });
    expect(server.calls.length).toBe(4);
  });

  it("without a place to go is a failure", async () => {
    const server = await startFaultServer((response) => send(response, 302, ""));
    expect((await ask(server.url)).error).toMatchObject({ kind: "invalid-request", status: 302 });
  });
});

describe("a server that stalls", () => {
  it("before its TLS handshake is given up", async () => {
    const server = await startRawServer(() => {});
    const { error } = await ask(server.url.replace("http:", "https:"), { timeouts: { connect: 100 } });
    expect(error).toMatchObject({
      kind: "timeout",
      message: expect.stringMatching(/^no connection to .* within 0.1 seconds$/),
    });
    await closed(server.sockets[0]);
  });

  it("before the head of its answer is given up", async () => {
    const server = await startFaultServer(() => {});
    const { error } = await ask(server.url, { timeouts: { firstToken: 100 } });
    expect(error).toMatchObject({
      kind: "timeout",
      message: expect.stringMatching(/^no answer from .* within 0.1 seconds$/),
    });
    await closed(server.sockets[0]);
  });

  it.each([
    ["nothing", ""],
    ["comments", ": wait\n\n"],
  ])("before the first token, sending %s, is given up", async (_what, ping) => {
    const server = await startFaultServer((response) => {
      beginStream(response);
      const timer = setInterval(() => response.write(ping), 20);
      response.on("close", () => clearInterval(timer));
    });
    const { error } = await ask(server.url, { timeouts: { firstToken: 200, silence: 10_000 } });
    expect(error).toMatchObject({ kind: "timeout" });
    await closed(server.sockets[0]);
  });

  it("in mid-stream is given up, and its tokens are kept", async () => {
    const server = await startFaultServer((response) => beginStream(response, event(chunk("a"))));
    expect(await ask(server.url, { timeouts: { silence: 100 } })).toMatchObject({
      text: "a",
      error: { kind: "timeout", message: expect.stringMatching(/^nothing came from .* for 0.1 seconds$/) },
    });
    await closed(server.sockets[0]);
  });

  it("is not one that takes long for the first token and then hurries", async () => {
    const server = await startFaultServer((response) => {
      beginStream(response);
      setTimeout(() => response.end(events("a")), 300);
    });
    expect(await ask(server.url, { timeouts: { silence: 50 } })).toMatchObject({ text: "a", error: undefined });
  });

  it("is not one whose reader takes long", async () => {
    const pieces = [event(chunk("a")), event(chunk("b")), events("c")];
    let sendNext = (): void => {};
    const server = await startFaultServer((response) => {
      beginStream(response);
      sendNext = () => void response.write(pieces.shift() ?? "");
      sendNext();
    });
    const { text, error } = await ask(server.url, {
      timeouts: { silence: 300 },
      onPart: async (part) => {
        if (part.type !== "text-delta") return;
        await new Promise((resolve) => setTimeout(resolve, 500));
        setTimeout(sendNext, 30);
      },
    });
    expect([text, error]).toEqual(["abc", undefined]);
  });

  it.each([
    ["nothing", ""],
    ["comments", ": bye\n\n"],
  ])("after the reason for its end, sending %s, has answered all the same", async (_what, ping) => {
    const server = await startFaultServer((response) => {
      beginStream(response, event(chunk("a")), event(chunk("", "stop")));
      const timer = setInterval(() => response.write(ping), 20);
      response.on("close", () => clearInterval(timer));
    });
    const timeouts = { afterFinish: 100, silence: 20_000 };
    const { text, parts, error } = await ask(server.url, { timeouts });
    expect([text, error]).toEqual(["a", undefined]);
    expect(parts.at(-1)).toMatchObject({ type: "finish", finishReason: "stop" });
    await closed(server.sockets[0]);
  });

  it("after [DONE] is left", async () => {
    const server = await startFaultServer((response) => beginStream(response, events("a")));
    expect(await ask(server.url, { timeouts: { afterFinish: 20_000 } })).toMatchObject({ text: "a", error: undefined });
    await closed(server.sockets[0]);
  });

  it("between the reason for its end and the usage is waited for", async () => {
    const server = await startFaultServer((response) => {
      beginStream(response, event(chunk("a", "stop")));
      setTimeout(() => response.write(event('{"choices":[],"usage":{"completion_tokens":5}}')), 50);
    });
    expect((await ask(server.url)).parts.at(-1)).toMatchObject({ usage: { outputTokens: 5 } });
  });
});

describe("a caller who gives up", () => {
  // Longer than a test may take: only the abort can end the call in time.
  const never = { connect: 100_000, firstToken: 100_000, silence: 100_000 };

  it("before the call asks nothing", async () => {
    const server = await startFaultServer(() => {});
    expect((await ask(server.url, { signal: AbortSignal.abort() })).error?.kind).toBe("aborted");
    expect(server.sockets).toEqual([]);
  });

  it("while connecting closes the connection", async () => {
    const server = await startRawServer(() => {});
    const stop = new AbortController();
    const asked = ask(server.url.replace("http:", "https:"), { signal: stop.signal, timeouts: never });
    await until(() => server.sockets.length === 1);
    stop.abort();
    expect((await asked).error?.kind).toBe("aborted");
    await closed(server.sockets[0]);
  });

  it("while waiting for the head closes the connection", async () => {
    const stop = new AbortController();
    const server = await startFaultServer(() => stop.abort());
    expect((await ask(server.url, { signal: stop.signal, timeouts: never })).error?.kind).toBe("aborted");
    await closed(server.sockets[0]);
  });

  it("while waiting for the first token closes the connection", async () => {
    const stop = new AbortController();
    const server = await startFaultServer((response) => {
      beginStream(response, ": wait\n\n");
      setTimeout(() => stop.abort(), 50);
    });
    expect((await ask(server.url, { signal: stop.signal, timeouts: never })).error?.kind).toBe("aborted");
    await closed(server.sockets[0]);
  });

  it("in mid-stream closes the connection and keeps the tokens", async () => {
    const stop = new AbortController();
    const server = await startFaultServer((response) => beginStream(response, event(chunk("a"))));
    const onPart = (part: { type: string }): void => {
      if (part.type === "text-delta") stop.abort();
    };
    expect(await ask(server.url, { signal: stop.signal, onPart, timeouts: never })).toMatchObject({
      text: "a",
      error: { kind: "aborted" },
    });
    await closed(server.sockets[0]);
  });

  it("by leaving the loop closes the connection", async () => {
    const server = await startFaultServer((response) => beginStream(response, event(chunk("a")), event(chunk("b"))));
    const stream = modelAt(server.url).doStream({ prompt: PROMPT, signal: new AbortController().signal });
    for await (const part of stream) if (part.type === "text-delta") break;
    await closed(server.sockets[0]);
  });
});

describe("kept connections", () => {
  it.each([
    ["at once", 0],
    ["later than the answer", 20],
  ])("carry one answer after the other when they end %s", async (_when, after) => {
    const server = await startFaultServer((response) => {
      beginStream(response, events("a"));
      setTimeout(() => response.end(), after);
    });
    for (let call = 0; call < 3; call += 1) {
      expect((await ask(server.url)).text).toBe("a");
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    expect(server.sockets.length).toBe(1);
  });

  it("that the server closes as the next request is sent are replaced, also when all of them are dead", async () => {
    const server = await startFaultServer((response, _call, at) => {
      if (at >= 2 && at < 4) response.socket?.destroy();
      else setTimeout(() => send(response, 200, events("a"), STREAM), 20);
    });
    await Promise.all([ask(server.url), ask(server.url)]);
    expect(server.sockets.length).toBe(2);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const { text, error } = await ask(server.url);
    // The first kept connection broke; the request went once more, on a new one, and that broke too.
    expect([text, error?.kind]).toEqual(["", "network"]);
    expect(server.calls.length).toBe(4);
    expect(server.sockets.length).toBe(3);
    expect((await ask(server.url)).text).toBe("a");
  });

  it("that the server had closed do not fail the next request", async () => {
    const server = await startFaultServer((response) => send(response, 200, events("a"), STREAM));
    for (let call = 0; call < 20; call += 1) {
      expect(await ask(server.url)).toMatchObject({ text: "a", error: undefined });
      // Whether the client hears of it before or after it sends the next request is a matter of chance.
      setImmediate(() => server.sockets.at(-1)?.resetAndDestroy());
    }
    expect(server.calls.length).toBe(20);
  });

  it("serve 100 calls at once, each its own answer", async () => {
    const warnings: unknown[] = [];
    const onWarning = (warning: unknown): void => void warnings.push(warning);
    process.on("warning", onWarning);
    const server = await startFaultServer((response, { body }) => {
      const [{ content }] = (JSON.parse(body) as { messages: [{ content: string }] }).messages;
      beginStream(response, event(chunk(content.slice(0, 7))));
      setTimeout(() => response.end(events(content.slice(7))), 10);
    });
    const prompts = Array.from({ length: 100 }, (_, at) => `prompt number ${at}`);
    const { signal } = new AbortController();
    const outcomes = await Promise.all(prompts.map((prompt) => ask(server.url, { prompt, signal })));
    expect(outcomes.map(({ text }) => text)).toEqual(prompts);
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", onWarning);
    expect([server.calls.length, warnings]).toEqual([100, []]);
  });
});
