import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { AnyBackend, BackendOptions } from "../backend.ts";
import { BackendError } from "../backend-error.ts";
import { checkBackend } from "./check-backend.ts";
import { ContractError } from "./contract-error.ts";
import type { ContractCheck } from "./contract-report.ts";
import { fakeServer, type FakeServer } from "./fake-server.ts";

let server: FakeServer;

beforeEach(async () => {
  server = await fakeServer();
});
afterEach(async () => {
  await server.close();
});

async function checksOf(backend: unknown): Promise<readonly ContractCheck[]> {
  try {
    return (await checkBackend(backend as AnyBackend, { server, timeout: 3000 })).checks;
  } catch (error) {
    if (error instanceof ContractError) return error.report.checks;
    throw error;
  }
}

/** A way in which the clients below go wrong. */
interface Slips {
  readonly ignoresAbort?: boolean;
  readonly losesPieces?: boolean;
  readonly takesEndForSuccess?: boolean;
  readonly hidesStatus?: boolean;
  readonly hidesFaults?: boolean;
  readonly ignoresErrors?: boolean;
}

function post(body: object, signal: AbortSignal | null): Promise<Response> {
  return fetch(`${server.url}/chat/completions`, { method: "POST", body: JSON.stringify(body), signal });
}

function client(slips: Slips): AnyBackend {
  return async function* (prompt: string, _model: string | undefined, { signal }: BackendOptions) {
    const messages = [{ role: "user", content: prompt }];
    const response = await post({ stream: true, messages }, slips.ignoresAbort === true ? null : signal);
    if (!response.ok || response.body === null)
      throw new BackendError("refused", slips.hidesStatus === true ? {} : { status: response.status });
    let [rest, count] = ["", 0];
    for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines.filter((one) => one.startsWith("data: "))) {
        if (line === "data: [DONE]") return;
        count += 1;
        let data;
        try {
          data = JSON.parse(line.slice(6));
        } catch {
          if (slips.hidesFaults === true) return;
          throw new BackendError("no JSON", { kind: "malformed" });
        }
        if (data.error !== undefined && slips.ignoresErrors !== true)
          throw new BackendError(data.error.message, { status: data.error.code });
        if (slips.losesPieces !== true || count !== 3) yield data.choices?.[0]?.delta.content ?? "";
      }
    }
    if (slips.takesEndForSuccess !== true) throw new BackendError("cut", { kind: "truncated" });
  };
}

async function whole(prompt: string, _model: string | undefined, { signal }: BackendOptions): Promise<string> {
  const response = await post({ messages: [{ role: "user", content: prompt }] }, signal);
  const answer = (await response.json()) as { choices?: { message: { content: string } }[] };
  if (!response.ok) throw Object.assign(new Error("refused"), { status: response.status });
  const text = answer.choices?.[0]?.message.content;
  if (text === undefined) throw new BackendError("no text", { kind: "malformed" });
  return text;
}

it("a good client of a service passes, streamed and not", async () => {
  const streamed = await checksOf(client({}));
  expect(streamed.filter((check) => !check.ok || check.skipped === true)).toEqual([]);
  expect(streamed).toHaveLength(23);
  expect((await checksOf(whole)).filter((check) => !check.ok || check.skipped === true)).toEqual([
    expect.objectContaining({ name: "stops when it is aborted in mid-stream", skipped: true }),
    expect.objectContaining({
      name: "hangs up when it is aborted while the service answers",
      message: "the backend does not ask for its answer in pieces",
    }),
  ]);
});

const when = (what: string): string => `fails with the right kind when the service ${what}`;

it.each<[string, Slips, readonly string[], RegExp]>([
  [
    "ignores an abort",
    { ignoresAbort: true },
    // In mid-answer the host's refusal to take another piece is enough.
    ["hangs up when it is aborted while the service is silent"],
    /pass `options.signal` on to fetch/,
  ],
  ["loses a piece", { losesPieces: true }, ["gives all that the service sends, in order"], /and the backend gave "/],
  [
    "takes the end of a stream for the end of the answer",
    { takesEndForSuccess: true },
    [when("ends its answer too early")],
    /the backend gave "You said:" as the answer.*kind truncated/,
  ],
  [
    "hides the status",
    { hidesStatus: true },
    [
      when("refuses the key (401)"),
      when("does not know the model (404)"),
      when("has too many requests (429)"),
      when("has a fault of its own (500)"),
    ],
    /failed with "refused" \(kind other\).*`status`/,
  ],
  [
    "hides what it cannot read",
    { hidesFaults: true },
    [when("answers with what is no JSON")],
    /the backend gave an empty answer/,
  ],
  [
    "does not look for an error in the answer",
    { ignoresErrors: true, takesEndForSuccess: true },
    [when("ends its answer too early"), when("has an error in an answer of status 200")],
    /look for `error`|truncated/,
  ],
])("a client that %s is told so", async (_what, slips, names, message) => {
  const failed = (await checksOf(client(slips))).filter((check) => !check.ok);
  expect(failed.map(({ name }) => name)).toEqual(names);
  expect(failed.at(-1)?.message).toMatch(message);
});

it("is not asked of a backend that makes no request", async () => {
  const checks = await checksOf(async (prompt: string) => {
    await sleep(1);
    return prompt;
  });
  const skipped = checks.filter(({ message }) => message === "the backend makes no request to the fake server");
  expect(skipped).toHaveLength(12);
  expect(skipped.every((check) => check.ok && check.skipped === true)).toBe(true);
});
