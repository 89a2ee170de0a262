import { gzipSync } from "node:zlib";
import { describe, expect, it, vi } from "vitest";
import { ask, KEY, modelAt, PROMPT } from "../support/ask-server.ts";
import { beginStream, chunk, completion, event, events, send } from "../support/chat-answers.ts";
import { closed, startFaultServer, startTlsFaultServer } from "../support/fault-server.ts";

const STREAM = { "content-type": "text/event-stream" };
const { fetch } = globalThis;

describe("an injected fetch", () => {
  it("is used instead of Node's client", async () => {
    const asked = vi.fn(() => Promise.resolve(new Response(completion("Hi"))));
    expect(await ask("http://model.test/v1", { fetch: asked })).toMatchObject({
      text: "Hi",
      error: undefined,
    });
    expect(asked.mock.calls).toMatchObject([
      [
        "http://model.test/v1/chat/completions",
        { method: "POST", redirect: "manual", headers: { authorization: `Bearer ${KEY}` } },
      ],
    ]);
  });

  it("streams, and gives what came before the connection broke", async () => {
    const whole = await startFaultServer((response) =>
      send(response, 200, gzipSync(events("é", "b")), { ...STREAM, "content-encoding": "gzip" }),
    );
    expect(await ask(whole.url, { fetch })).toMatchObject({ text: "éb", error: undefined });
    const server = await startFaultServer((response) => {
      beginStream(response, event(chunk("a")));
      setTimeout(() => server.sockets[0]?.resetAndDestroy(), 50);
    });
    expect(await ask(server.url, { fetch })).toMatchObject({ text: "a", error: { kind: "truncated" } });
    expect(server.calls.length).toBe(1);
  });

  it("reports a failing status in the server's words", async () => {
    const server = await startFaultServer((response) =>
      send(response, 429, JSON.stringify({ error: { message: `Slow down, ${KEY}: ${PROMPT}` } }), {
        "retry-after": "3",
      }),
    );
    expect((await ask(server.url, { fetch })).error).toMatchObject({
      kind: "rate-limited",
      message: "Slow down, [key]: [prompt] (HTTP 429)",
      retryAfter: 3,
    });
  });

  it("reports failures of the connection alike", async () => {
    expect((await ask("http://127.0.0.1:1/v1", { fetch })).error).toMatchObject({ kind: "network" });
    expect((await ask("http://no-such-host.invalid/v1", { fetch })).error).toMatchObject({
      kind: "network",
      message: "there is no host no-such-host.invalid",
    });
    const tls = await startTlsFaultServer((response) => send(response, 200, completion("Hi")));
    expect((await ask(tls.url, { fetch })).error).toMatchObject({
      kind: "network",
      hint: expect.stringContaining("NODE_EXTRA_CA_CERTS"),
    });
    const closing = await startFaultServer((response) => response.destroy());
    expect((await ask(closing.url, { fetch })).error).toMatchObject({ kind: "network" });
  });

  it("does not follow a redirect to another origin, but one on the same", async () => {
    const other = await startFaultServer((response) => send(response, 200, completion("Hi")));
    const server = await startFaultServer((response) => send(response, 307, "", { location: other.url }));
    expect((await ask(server.url, { fetch })).error).toMatchObject({ kind: "invalid-request", status: 307 });
    expect(other.sockets).toEqual([]);
    const same = await startFaultServer((response, { url }) =>
      url === "/x" ? send(response, 200, completion("Hi")) : send(response, 308, "", { location: "/x" }),
    );
    expect((await ask(same.url, { fetch })).text).toBe("Hi");
  });

  it("is given up when the server stalls, before the first token and in mid-stream", async () => {
    const silent = await startFaultServer(() => {});
    expect((await ask(silent.url, { fetch, timeouts: { firstToken: 100 } })).error?.kind).toBe("timeout");
    await closed(silent.sockets[0]);
    const stalling = await startFaultServer((response) => beginStream(response, event(chunk("a"))));
    expect(await ask(stalling.url, { fetch, timeouts: { silence: 100 } })).toMatchObject({
      text: "a",
      error: { kind: "timeout" },
    });
    await closed(stalling.sockets[0]);
  });

  it("closes the connection when the caller gives up or leaves", async () => {
    const stop = new AbortController();
    const waiting = await startFaultServer(() => stop.abort());
    expect((await ask(waiting.url, { fetch, signal: stop.signal })).error?.kind).toBe("aborted");
    await closed(waiting.sockets[0]);
    const server = await startFaultServer((response) => beginStream(response, event(chunk("a"))));
    const stream = modelAt(server.url, { fetch }).doStream({ prompt: PROMPT, signal: new AbortController().signal });
    for await (const part of stream) if (part.type === "text-delta") break;
    await closed(server.sockets[0]);
  });

  it("that ignores its signal does not keep the caller", async () => {
    const deaf = (() => new Promise(() => {})) as typeof fetch;
    const signal = AbortSignal.timeout(50);
    expect((await ask("http://model.test/v1", { fetch: deaf, signal })).error?.kind).toBe("aborted");
    expect((await ask("http://model.test/v1", { fetch: deaf, timeouts: { firstToken: 50 } })).error?.kind).toBe(
      "timeout",
    );
  });
});
