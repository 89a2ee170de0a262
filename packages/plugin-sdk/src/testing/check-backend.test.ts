import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { Backend, type AiSdkModel, type AnyBackend, type BackendOptions } from "../backend.ts";
import { BackendError } from "../backend-error.ts";
import { checkBackend, type BackendCheckOptions } from "./check-backend.ts";
import { ContractError } from "./contract-error.ts";

/** The failed checks with their messages. */
async function failuresOf(backend: unknown, options?: BackendCheckOptions): Promise<[string, string | undefined][]> {
  try {
    await checkBackend(backend as AnyBackend, options);
    return [];
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    return error.report.checks.filter((check) => !check.ok).map((check) => [check.name, check.message]);
  }
}

async function skippedBy(backend: AnyBackend, options?: BackendCheckOptions): Promise<Record<string, unknown>> {
  const { checks } = await checkBackend(backend, options);
  return Object.fromEntries(checks.filter((check) => check.skipped).map((check) => [check.name, check.message]));
}

async function* echo(prompt: string): AsyncGenerator<string> {
  yield "You said: ";
  yield prompt;
}

class Counting extends Backend {
  // A private field shows that the backend's methods are called on the backend itself.
  readonly #pieces = ["one", ", two", ", three"];

  override async *stream(_prompt: string, _model: string | undefined, { signal }: BackendOptions) {
    for (const piece of this.#pieces) {
      signal.throwIfAborted();
      await sleep(1, undefined, { signal });
      yield piece;
    }
  }
}

class Whole extends Backend {
  readonly #text = "hello";

  override async run() {
    return this.#text;
  }
}

function aiSdkModel(specificationVersion: string, stop: unknown): AiSdkModel {
  const finish = { type: "finish", finishReason: stop, usage: {} };
  return {
    specificationVersion,
    provider: "fake.chat",
    modelId: "m",
    doGenerate: async () => ({ content: [{ type: "text", text: "hello" }], finishReason: stop, usage: {} }),
    doStream: async () => ({
      stream: ReadableStream.from([
        { type: "stream-start", warnings: [] },
        { type: "text-start", id: "0" },
        { type: "text-delta", id: "0", delta: "hel" },
        { type: "text-delta", id: "0", delta: "lo" },
        { type: "text-end", id: "0" },
        finish,
      ]),
    }),
  };
}

const v3 = aiSdkModel("v3", { unified: "stop", raw: "stop" });
const provider = { languageModel: (modelId: string) => ({ ...v3, modelId }) };

describe("a good backend passes as", () => {
  it.each<[string, unknown, BackendCheckOptions?]>([
    ["a function", () => "hello"],
    ["an async function", async (prompt: string) => `You said: ${prompt}`],
    ["an async generator", echo],
    ["a function that returns a web stream", () => ReadableStream.from(["hel", "lo"])],
    ["a function that returns a generator", (prompt: string) => ["You said: ", prompt].values()],
    ["an instance with run()", new Whole()],
    ["an instance with stream()", new Counting()],
    ["a frozen instance", Object.freeze(new Counting())],
    ["a model of the AI SDK v2", aiSdkModel("v2", "stop")],
    ["a model of the AI SDK v3", v3],
    ["a model of the AI SDK v4", aiSdkModel("v4", { unified: "stop", raw: "stop" })],
    ["a provider of the AI SDK", provider, { model: "m" }],
    ["a provider that is a function", (modelId: string) => ({ ...v3, modelId }), { model: "m" }],
    [
      "a function that refuses what it cannot answer",
      async (prompt: string) => {
        if (prompt.includes("\0") || prompt.trim() === "" || prompt.length > 1000)
          throw new BackendError("no such prompts", { kind: "invalid-request" });
        return "hello";
      },
    ],
  ])("%s", async (_form, backend, options) => {
    expect(await failuresOf(backend, options)).toEqual([]);
  });

  it("a client of an HTTP service", async () => {
    const server = createServer((request, response) => {
      request.resume().on("end", () => {
        response.write("one");
        setTimeout(() => response.end(", two"), 5);
      });
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    async function* ask(prompt: string, _model: string | undefined, { signal }: BackendOptions) {
      const response = await fetch(url, { method: "POST", body: JSON.stringify({ prompt }), signal });
      for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) yield piece;
    }
    try {
      expect(await failuresOf(ask)).toEqual([]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe("a broken backend", () => {
  const ordinary = "Count from one to twenty in words, separated by commas.";
  let current = "";
  let active = 0;
  const cases: [string, unknown, string, RegExp, BackendCheckOptions?][] = [
    ["is a class", Whole, "has a form of a backend", /it is a class\. To mend it: pass an instance/],
    ["is something else", { answer: "hello" }, "has a form of a backend", /it is \{"answer":"hello"\}/],
    [
      "throws an error without a kind",
      () => {
        throw new Error("boom");
      },
      "answers a prompt",
      /failed with "boom" \(kind other\)\. To mend it: throw a BackendError with a `kind`/,
    ],
    [
      "asks a service that is down",
      async () => (await fetch("http://127.0.0.1:1/")).text(),
      "answers a prompt",
      /\(kind network\)\. To mend it: start the service/,
    ],
    [
      "has no key",
      () => {
        throw new BackendError("FOO_API_KEY is not set", { kind: "missing-key", hint: "Set FOO_API_KEY." });
      },
      "answers a prompt",
      /"FOO_API_KEY is not set" \(kind missing-key\)\. To mend it: Set FOO_API_KEY\./,
    ],
    ["is a provider of which no model is named", provider, "answers a prompt", /name a model in the option `model`/],
    ["answers nothing", async () => " \n", "answers a prompt", /the answer is empty/],
    ["answers with a value that is no text", () => 42, "answers a prompt", /a number instead of text.*kind malformed/],
    [
      "never answers",
      () => new Promise(() => {}),
      "answers a prompt",
      /none after 40 ms.*raise the option `timeout`/,
      { timeout: 40 },
    ],
    ["ends with an error", aiSdkModel("v2", "error"), "answers a prompt", /the finish reason "error"/],
    ["streams nothing", { run: () => "hello", stream: async function* () {} }, "streams its answer", /make no text/],
    [
      "ends its stream too early",
      { ...v3, doStream: async () => ({ stream: ReadableStream.from([{ type: "text-delta", delta: "hel" }]) }) },
      "streams its answer",
      /ended before it was finished" \(kind truncated\)/,
    ],
    [
      "ends its stream with an error",
      { ...v3, doStream: aiSdkModel("v2", "error").doStream },
      "streams its answer",
      /the stream ended with the finish reason "error"/,
    ],
    [
      "loses pieces",
      {
        run: (prompt: string) => prompt,
        stream: async function* (prompt: string) {
          yield* prompt.split(" ").slice(1);
        },
      },
      "streams its answer",
      /yield every piece once and in order/,
    ],
    [
      "never wakes up after an abort that came early",
      async (_prompt: string, _model: unknown, { signal }: BackendOptions) => {
        await sleep(1);
        return signal.aborted ? new Promise(() => {}) : "hello";
      },
      "stops when it is aborted before the answer begins",
      /still at work 500 ms later.*`options\.signal`/,
      { timeout: 500 },
    ],
    [
      "never wakes up after an abort in mid-stream",
      async function* (_prompt: string, _model: unknown, { signal }: BackendOptions) {
        if (signal.aborted) return;
        yield "hel";
        await sleep(1);
        if (signal.aborted) await new Promise(() => {});
        yield "lo";
      },
      "stops when it is aborted in mid-stream",
      /still at work 500 ms later/,
      { timeout: 500 },
    ],
    [
      "keeps the prompt outside of the call",
      async (prompt: string) => {
        current = prompt;
        await sleep(1);
        return `You said: ${current}`;
      },
      "answers several prompts at once",
      /about "cobalt-4817" has the text of another: ".*indigo-7361/,
    ],
    [
      "serves one caller only",
      async () => {
        if (active > 0) throw new BackendError("the model is busy", { kind: "server" });
        active += 1;
        await sleep(1);
        active -= 1;
        return "hello";
      },
      "answers several prompts at once",
      /"the model is busy" \(kind server\)/,
    ],
    [
      "answers with nothing when it is busy",
      async () => {
        active += 1;
        await sleep(1);
        active -= 1;
        return active === 0 ? "hello" : "";
      },
      "answers several prompts at once",
      /about "cobalt-4817" is empty/,
    ],
    ...(
      [
        ["a blank", (prompt) => prompt.trim() === ""],
        ["line breaks, quotes, backslashes and emoji", (prompt) => prompt.includes("👋🏽")],
        ["a NUL character", (prompt) => prompt.includes("\0")],
        ["200,000 characters", (prompt) => prompt.length === 200_000],
      ] satisfies [string, (prompt: string) => boolean][]
    ).map(([what, matches]): [string, unknown, string, RegExp] => [
      `fails without a reason for a prompt of ${what}`,
      async (prompt: string) => {
        if (matches(prompt)) throw new TypeError("bad argument");
        return "hello";
      },
      `answers or refuses a prompt of ${what}`,
      /"bad argument" \(kind other\)/,
    ]),
    [
      "hangs on a short prompt",
      async (prompt: string) => (prompt === " " ? new Promise(() => {}) : "hello"),
      "answers or refuses a prompt of a blank",
      /none after 500 ms/,
      { timeout: 500 },
    ],
    [
      "logs to the console",
      (prompt: string) => {
        if (prompt === ordinary) console.log("asking", prompt);
        return "hello";
      },
      "writes nothing to stdout",
      /written to it: "asking"\. To mend it: write to stderr/,
    ],
    [
      "writes to stdout later on",
      async () => {
        await sleep(1);
        process.stdout.write("");
        return "hello";
      },
      "writes nothing to stdout",
      /this was written to it: ""/,
    ],
  ];

  it.each(cases)("that %s fails one check that says so", async (_what, backend, name, message, options) => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    try {
      expect(await failuresOf(backend, options)).toEqual([[name, expect.stringMatching(message)]]);
    } finally {
      log.mockRestore();
    }
  });

  it("is named in a message with a line for each failed check", async () => {
    const backend = async (prompt: string) => {
      process.stdout.write("");
      if (prompt === " ") throw new Error("nothing to say");
      return "hello";
    };
    await expect(checkBackend(backend, { name: "mine" })).rejects.toThrow(
      /^the backend "mine" fails 2 of \d+ checks of the plug-in contract:\n- answers or refuses a prompt of a blank: expected .*\n- writes nothing to stdout: expected .*$/,
    );
  });

  it("is not asked again once it is known not to answer", async () => {
    const backend = vi.fn(() => "");
    const error: unknown = await checkBackend(backend).catch((thrown: unknown) => thrown);
    expect(backend).toHaveBeenCalledOnce();
    expect((error as ContractError).report.checks).toContainEqual({
      name: "streams its answer",
      ok: true,
      skipped: true,
      message: 'not tried, because "answers a prompt" failed',
    });
  });
});

describe("what cannot be decided is skipped", () => {
  it("when an answer comes in one piece", async () => {
    expect(await skippedBy(() => "hello")).toEqual({
      "stops when it is aborted in mid-stream": "the answer does not come in pieces",
    });
    expect(await skippedBy(echo)).toEqual({});
  });

  it("when a very long prompt takes long", async () => {
    const backend = async function* (prompt: string, _model: unknown, { signal }: BackendOptions) {
      if (prompt.length > 100_000) await sleep(60_000, undefined, { signal });
      yield "hello";
    };
    expect(await skippedBy(backend, { timeout: 500 })).toEqual({
      "answers or refuses a prompt of 200,000 characters": expect.stringContaining("raise the option `timeout`"),
    });
  });

  it("when the service limits the rate", async () => {
    let active = 0;
    const backend = async function* () {
      active += 1;
      try {
        if (active > 1) throw new BackendError("slow down", { status: 429 });
        await sleep(1);
        yield "hello";
      } finally {
        active -= 1;
      }
    };
    expect(await skippedBy(backend)).toEqual({
      "answers several prompts at once": "the service allows fewer prompts at once: slow down",
    });
  });
});

it("asks for the given model with the given prompt", async () => {
  const backend = vi.fn((_prompt: string, _model: string | undefined) => "hello");
  await checkBackend(backend, { model: "m", prompt: "Why?" });
  expect(backend.mock.calls[0]?.slice(0, 2)).toEqual(["Why?", "m"]);
  expect(new Set(backend.mock.calls.map(([, model]) => model))).toEqual(new Set(["m"]));
});
