import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fakeServer, type FakeServer, type FakeServerOptions } from "./fake-server.ts";

let server: FakeServer;
const restart = async (options: FakeServerOptions): Promise<void> => {
  await server.close();
  server = await fakeServer(options);
};

beforeEach(async () => {
  server = await fakeServer();
});
afterEach(async () => {
  await server.close();
});

async function ask(prompt: string, stream: boolean, signal?: AbortSignal): Promise<Response> {
  return fetch(`${server.url}/chat/completions`, {
    method: "POST",
    headers: { authorization: "Bearer any" },
    body: JSON.stringify({ model: "m", stream, messages: [{ role: "user", content: prompt }] }),
    ...(signal && { signal }),
  });
}

async function piecesOf(response: Response): Promise<unknown[]> {
  const events = (await response.text()).split("\n\n").filter((one) => one.startsWith("data: {"));
  return events.map((one) => JSON.parse(one.slice(6)).choices[0]?.delta.content).filter((one) => one !== undefined);
}

describe("fakeServer", () => {
  it("answers in one piece and in several", async () => {
    const whole = (await (await ask("one  two", false)).json()) as { choices: { message: { content: string } }[] };
    expect(whole.choices[0]?.message.content).toBe("You said: one  two");
    const streamed = await ask("one  two", true);
    expect(await piecesOf(streamed)).toEqual(["You", " said:", " one", "  two"]);
  });

  it("ends a stream as services do", async () => {
    const text = await (await ask("a", true)).text();
    expect(text).toMatch(/"finish_reason":"stop".*"usage":\{"prompt_tokens":1.*data: \[DONE\]\n\n$/s);
  });

  it("sends all of a long text, and each of given pieces", async () => {
    await restart({ answer: ({ prompt }) => (prompt === "pieces" ? ["a", "", "b\n"] : " word".repeat(1000)) });
    const long = await piecesOf(await ask("long", true));
    expect(long.join("")).toBe(" word".repeat(1000));
    expect(long.length).toBeLessThan(100);
    expect(await piecesOf(await ask("pieces", true))).toEqual(["a", "", "b\n"]);
  });

  it("notes what it was asked", async () => {
    await (await ask("Grüße 👋🏽", true)).text();
    expect(server.requests).toEqual([
      expect.objectContaining({
        method: "POST",
        path: "/v1/chat/completions",
        model: "m",
        prompt: "Grüße 👋🏽",
        stream: true,
        headers: expect.objectContaining({ authorization: "Bearer any" }),
      }),
    ]);
    expect(await server.requests[0]?.ended).toBe("answered");
  });

  it("lists models and knows nothing else", async () => {
    await restart({ models: ["small", "large"] });
    const list = (await (await fetch(`${server.url}/models`)).json()) as { data: { id: string }[] };
    expect(list.data.map(({ id }) => id)).toEqual(["small", "large"]);
    expect((await fetch(`${server.url}/nothing`)).status).toBe(404);
  });
});

describe("a fake server that fails", () => {
  it("refuses with a status and the wait that it asks for", async () => {
    server.fail({ type: "status", status: 429, retryAfter: 7, message: "slow down" });
    const response = await ask("a", false);
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "7"]);
    expect(await response.json()).toMatchObject({ error: { message: "slow down" } });
    expect((await ask("a", true)).status).toBe(429);
    server.fail(undefined);
    expect((await ask("a", true)).status).toBe(200);
  });

  it("fails by one fault after the other, then no more", async () => {
    server.failNext({ type: "status", status: 500 }, { type: "status", status: 503 });
    const statuses = [(await ask("a", false)).status, (await ask("a", false)).status, (await ask("a", false)).status];
    expect(statuses).toEqual([500, 503, 200]);
  });

  it("hangs, and tells when the client has left", async () => {
    server.fail({ type: "hang" });
    const controller = new AbortController();
    const asked = ask("a", true, controller.signal);
    while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    controller.abort();
    await expect(asked).rejects.toThrow("aborted");
    expect(await server.requests[0]?.ended).toBe("left");
  });

  it.each([true, false])("breaks the connection (streamed: %s)", async (stream) => {
    server.failNext({ type: "reset" }, { type: "reset", after: 2 });
    await expect(ask("a b c", stream)).rejects.toThrow("fetch failed");
    const response = await ask("a b c", stream);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow("terminated");
  });

  it("sends the pieces that come before the break", async () => {
    server.fail({ type: "reset", after: 2 });
    const reader = (await ask("a b c", true)).body?.pipeThrough(new TextDecoderStream()).getReader();
    const first = await reader?.read();
    expect(first?.value?.match(/data: /g)).toHaveLength(2);
  });

  it("ends an answer too early", async () => {
    server.fail({ type: "truncated", after: 2 });
    const streamed = await ask("a b c", true);
    const text = await streamed.text();
    expect(text.match(/data: /g)).toHaveLength(2);
    expect(text).not.toContain("[DONE]");
    await expect((await ask("a b c", false)).json()).rejects.toThrow(/JSON/);
  });

  it("answers with what is no JSON, or an error with status 200", async () => {
    server.fail({ type: "malformed" });
    await expect((await ask("a", false)).json()).rejects.toThrow(/JSON/);
    expect(await (await ask("a", true)).text()).toContain("this is no JSON");
    server.fail({ type: "error-in-answer", message: "out of memory" });
    expect(await (await ask("a", false)).json()).toMatchObject({ error: { message: "out of memory" } });
    expect(await (await ask("a", true)).text()).toMatch(/^data: \{"error":\{"message":"out of memory"/);
  });

  it("is slow, and loses nothing by it", async () => {
    server.fail({ type: "slow", delay: 1 });
    expect(await piecesOf(await ask("a b", true))).toEqual(["You", " said:", " a", " b"]);
  });
});
