import { mkdirSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { registry } from "@d0ttino/plugin-sdk/host";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { libraryLocation } from "../../packages/llm/src/host/library-location.ts";
import { PluginHost } from "../../packages/llm/src/host/plugin-host.ts";
import type { PromptError, PromptResult } from "../../packages/llm/src/routing/prompt-result.ts";
import { Router } from "../../packages/llm/src/routing/router.ts";
import { startFaultServer, type FaultServer } from "../support/fault-server.ts";
import { tempFolder } from "../support/temp-folder.ts";

const PROMPT = "a prompt that nobody may see in an error";

/** A way in which a server fails, and what should follow when another backend is left. */
interface Fault {
  readonly name: string;
  readonly answer: (response: ServerResponse) => unknown;
  readonly kind: string;
  readonly goesOn: boolean;
}

function status(code: number, kind: string, goesOn: boolean, headers: Record<string, string> = {}): Fault {
  return {
    name: `${code}${headers["retry-after"] === undefined ? "" : ` with Retry-After ${headers["retry-after"]}`}`,
    answer: (response) =>
      response.writeHead(code, headers).end(`{"error": {"message": "told by the server: ${PROMPT}"}}`),
    kind,
    goesOn,
  };
}

const FAULTS: readonly Fault[] = [
  status(400, "invalid-request", false),
  status(401, "unauthorized", true),
  status(402, "payment-required", true),
  status(403, "forbidden", true),
  status(404, "not-found", false),
  status(408, "timeout", true),
  status(422, "invalid-request", false),
  status(429, "rate-limited", true),
  status(429, "rate-limited", true, { "retry-after": "0" }),
  status(429, "rate-limited", true, { "retry-after": "99999999" }),
  status(500, "server", true),
  status(503, "server", true, { "retry-after": "0" }),
  { name: "reset", answer: (response) => response.socket?.resetAndDestroy(), kind: "network", goesOn: true },
  { name: "a web page", answer: (response) => response.end("<html>"), kind: "malformed", goesOn: true },
  { name: "nothing", answer: (response) => response.end(), kind: "malformed", goesOn: true },
  {
    name: "an error with status 200",
    answer: (response) => response.end('{"error": {"message": "overloaded", "code": 529}}'),
    kind: "server",
    goesOn: true,
  },
  {
    name: "a stream without an end",
    answer: (response) => response.writeHead(200, EVENTS).end(": nothing came\n\n"),
    kind: "truncated",
    goesOn: true,
  },
];

const EVENTS = { "content-type": "text/event-stream" };
const TEXT = 'data: {"choices":[{"delta":{"content":"shown"}}]}\n\n';
const END = 'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';

/** Ways in which a server fails after a piece of its answer was shown. */
const LATE_FAULTS: readonly Fault[] = [
  {
    name: "reset",
    answer: (response) => response.socket?.resetAndDestroy(),
    kind: "truncated",
    goesOn: false,
  },
  { name: "an early end", answer: (response) => response.end(), kind: "truncated", goesOn: false },
  {
    name: "an error in the stream",
    answer: (response) => response.end('data: {"error": {"message": "broke down", "code": 502}}\n\n'),
    kind: "server",
    goesOn: false,
  },
  {
    name: "a damaged event",
    answer: (response) => response.end("data: {nonsense\n\n"),
    kind: "malformed",
    goesOn: false,
  },
];

const well = (response: ServerResponse): unknown =>
  response.writeHead(200, EVENTS).end(TEXT.replace("shown", "well") + END);

beforeEach(() => {
  vi.stubEnv("D0TTINO_HOME", tempFolder("home"));
  vi.stubEnv("LLM_COMPLEXITY_THRESHOLD", "0");
  vi.stubEnv("LLM_PRIMARY_BACKEND", "first");
  vi.stubEnv("LLM_FALLBACK_BACKEND", "second");
  vi.stubEnv("SOME_KEY", "sk-that-nobody-may-see");
});

afterEach(() => {
  vi.unstubAllEnvs();
  registry().registrations.clear();
  vi.resetModules();
});

/** Sends the prompt along a route of two servers; each answers its calls in its way. */
async function send(first: Fault["answer"], second: Fault["answer"]): Promise<Outcome> {
  const servers = await Promise.all([startFaultServer(first), startFaultServer(second)]);
  const home = process.env["D0TTINO_HOME"] as string;
  mkdirSync(home, { recursive: true });
  const settings = (server: FaultServer): object => ({ baseUrl: server.url, apiKeyEnv: "SOME_KEY", defaultModel: "m" });
  const backends = { first: settings(servers[0]), second: settings(servers[1]) };
  writeFileSync(join(home, "config.json"), JSON.stringify({ backends }));
  const location = libraryLocation(new URL("../../packages/llm/src/index.ts", import.meta.url).href, 1, () => ({
    main: "",
    testing: "",
  }));
  const router = new Router(new PluginHost({ location, onProblem: () => {} }));
  const pieces: string[] = [];
  const stream = router.stream(PROMPT);
  let error: PromptError | undefined;
  try {
    for await (const piece of stream) pieces.push(piece);
  } catch (thrown) {
    error = thrown as PromptError;
  }
  const result = await stream.result.catch(() => undefined);
  return { text: pieces.join(""), error, result, calls: servers.map((server) => server.calls.length) };
}

interface Outcome {
  readonly text: string;
  readonly error: PromptError | undefined;
  readonly result: PromptResult | undefined;
  readonly calls: readonly number[];
}

describe.each(FAULTS)("before the first piece, $name", ({ answer, kind, goesOn }) => {
  it("of the first backend leads to the second, or ends it", async () => {
    const { text, error, result, calls } = await send(answer, well);
    expect(calls).toEqual([1, goesOn ? 1 : 0]);
    const attempts = result?.attempts ?? error?.attempts ?? [];
    expect(attempts[0]).toMatchObject({ backend: "first", outcome: "failed", kind });
    expect(text).toBe(goesOn ? "well" : "");
    expect(result?.backend).toBe(goesOn ? "second" : undefined);
  });

  it("of the second backend, behind a first that is down, ends it", async () => {
    const { text, error, calls } = await send((response) => response.writeHead(500).end(), answer);
    expect(text).toBe("");
    expect(error).toMatchObject({ code: "backend-failed" });
    expect(error?.attempts.at(-1)).toMatchObject({ backend: "second", outcome: "failed", kind });
    expect(calls[0]).toBe(1);
    // One for each backend of the route, and one more where Retry-After asks for it.
    expect(calls[1]).toBeLessThanOrEqual(2);
    expect(`${error?.message} ${error?.hint} ${JSON.stringify(error)}`).not.toMatch(/nobody may see|nobody-may-see/);
  });
});

describe.each(LATE_FAULTS)("after a piece was shown, $name", ({ answer, kind }) => {
  const late = (response: ServerResponse): void => {
    response.writeHead(200, EVENTS).write(TEXT);
    setTimeout(() => answer(response), 30);
  };

  it("of the first backend keeps the piece and asks nobody else", async () => {
    const { text, error, calls } = await send(late, well);
    expect(text).toBe("shown");
    expect(error).toMatchObject({ code: "backend-failed", text: "shown" });
    expect(error?.attempts).toMatchObject([{ backend: "first", outcome: "failed", kind }]);
    expect(calls).toEqual([1, 0]);
  });

  it("of the second backend keeps the piece and asks nobody again", async () => {
    const { text, error, calls } = await send((response) => response.writeHead(500).end(), late);
    expect(text).toBe("shown");
    expect(error?.attempts.at(-1)).toMatchObject({ backend: "second", outcome: "failed", kind });
    expect(calls).toEqual([1, 1]);
  });
});

it("asks a backend that wants to be asked again once more, and no more", async () => {
  const busy = status(429, "rate-limited", true, { "retry-after": "0" });
  const { calls, error } = await send((response) => response.writeHead(500).end(), busy.answer);
  expect(calls).toEqual([1, 2]);
  expect(error?.attempts.map((attempt) => attempt.backend)).toEqual(["first", "second", "second"]);
});
