import { describe, expect, it, vi } from "vitest";
import type { BackendOptions } from "../backend.ts";
import { Backend } from "../backend.ts";
import type { ModelCall, StreamPart } from "./language-model.ts";
import { toLanguageModel } from "./to-language-model.ts";

const { signal } = new AbortController();
const call: ModelCall = { prompt: "Why?", signal };

async function partsOf(backend: unknown, modelId?: string): Promise<StreamPart[]> {
  const parts: StreamPart[] = [];
  for await (const part of toLanguageModel("demo", backend, modelId).doStream(call)) parts.push(part);
  return parts;
}

async function textOf(backend: unknown, modelId?: string): Promise<string> {
  return (await toLanguageModel("demo", backend, modelId).doGenerate(call)).text;
}

function text(...pieces: string[]): StreamPart[] {
  return [
    ...pieces.map((delta): StreamPart => ({ type: "text-delta", delta })),
    { type: "finish", finishReason: "stop", usage: {} },
  ];
}

async function* pieces(...values: unknown[]): AsyncGenerator<unknown> {
  yield* values;
}

describe("a function", () => {
  it("is given the prompt, the model and the options", async () => {
    const backend = vi.fn((_prompt: string, _model: string | undefined, _options: BackendOptions) => "because");
    const messages = [{ role: "user", content: "Hello" }] as const;
    const settings = { temperature: 0 };
    await toLanguageModel("demo", backend, "m").doGenerate({ ...call, system: "Be brief.", messages, settings });
    expect(backend).toHaveBeenCalledExactlyOnceWith("Why?", "m", {
      signal: expect.any(AbortSignal),
      system: "Be brief.",
      messages,
      settings,
    });
  });

  it.each<[string, () => unknown]>([
    ["a string", () => "because"],
    ["a promise of a string", async () => "because"],
    ["an async iterable", () => pieces("beca", "use")],
    ["a promise of an async iterable", async () => pieces("beca", "use")],
    ["a generator", () => ["beca", "use"].values()],
    [
      "an iterator that is not iterable",
      () => ({
        next: (
          (values) => () =>
            values.next()
        )(["because"].values()),
      }),
    ],
    ["a web stream", () => ReadableStream.from(["beca", "use"])],
    [
      "a promise that is also an async iterable",
      () => Object.assign(Promise.resolve(1), { [Symbol.asyncIterator]: () => pieces("because") }),
    ],
  ])("may return %s", async (_form, backend) => {
    expect(await textOf(backend)).toBe("because");
    const parts = await partsOf(backend);
    expect(parts.map((part) => (part.type === "text-delta" ? part.delta : "")).join("")).toBe("because");
    expect(parts.at(-1)).toEqual({ type: "finish", finishReason: "stop", usage: {} });
  });

  it("keeps the pieces as they came, without the empty ones", async () => {
    expect(await partsOf(() => pieces("a", "", "b"))).toEqual(text("a", "b"));
    expect(await partsOf(() => ["", "a", "", "b"].values())).toEqual(text("a", "b"));
    expect(await partsOf(() => "")).toEqual(text());
  });

  it.each<[string, unknown]>([
    ["undefined", undefined],
    ["null", null],
    ["a number", 42],
    ["an object", { text: "secret" }],
    ["an object (Response)", new Response("secret")],
  ])("that returns %s is told so", async (described, value) => {
    for (const backend of [() => value, async () => value]) {
      const error = { kind: "malformed", message: `the backend returned ${described} instead of text` };
      await expect(textOf(backend)).rejects.toMatchObject(error);
      await expect(partsOf(backend)).rejects.toMatchObject(error);
    }
  });

  it("that yields something else than text fails after the pieces before", async () => {
    const seen: StreamPart[] = [];
    const reading = async (): Promise<void> => {
      for await (const part of toLanguageModel("demo", () => pieces("a", { content: "b" }), undefined).doStream(call))
        seen.push(part);
    };
    await expect(reading()).rejects.toMatchObject({
      kind: "malformed",
      message: "the backend returned an object instead of text",
    });
    expect(seen).toEqual([{ type: "text-delta", delta: "a" }]);
  });

  it("may throw at once, reject, or break in the midst", async () => {
    const thrower = (): never => {
      throw new Error("no luck");
    };
    for (const backend of [
      thrower,
      async () => thrower(),
      async function* () {
        yield "a";
        thrower();
      },
    ]) {
      await expect(textOf(backend)).rejects.toMatchObject({ name: "BackendError", kind: "other", message: "no luck" });
    }
  });
});

describe("a function that makes AI SDK models", () => {
  const make = (modelId: string): unknown => ({
    specificationVersion: "v3",
    provider: "p",
    modelId,
    doGenerate: async () => ({ content: [{ type: "text", text: `whole from ${modelId}` }], finishReason: "stop" }),
    doStream: async () => ({
      stream: ReadableStream.from([
        { type: "text-delta", delta: `pieces from ${modelId}` },
        { type: "finish", finishReason: { unified: "length" } },
      ]),
    }),
  });

  it.each([
    ["at once", make],
    ["by promise", async (modelId: string) => make(modelId)],
  ])("%s is taken for a provider", async (_when, backend) => {
    expect(await textOf(backend, "m")).toBe("whole from m");
    expect(await partsOf(backend, "m")).toEqual([
      { type: "text-delta", delta: "pieces from m" },
      { type: "finish", finishReason: "length", usage: {} },
    ]);
  });

  it("is not called with a prompt again once that is known", async () => {
    const backend = vi.fn(make);
    const model = toLanguageModel("demo", backend, "m");
    await model.doGenerate(call);
    await model.doGenerate(call);
    expect(backend.mock.calls.map(([first]) => first)).toEqual(["Why?", "m", "m"]);
  });

  it("needs the name of a model", async () => {
    await expect(textOf(make)).rejects.toMatchObject({ kind: "invalid-request", hint: expect.stringContaining("-m") });
  });
});

describe("an instance", () => {
  class Both extends Backend {
    readonly #who = "me";
    override run(prompt: string, model: string | undefined): string {
      return `run ${prompt} ${model} by ${this.#who}`;
    }
    override async *stream(prompt: string, model: string | undefined): AsyncGenerator<string> {
      yield `stream ${prompt} ${model} by ${this.#who}`;
    }
  }

  it("streams by stream and answers at once by run, as methods", async () => {
    expect(await textOf(new Both(), "m")).toBe("run Why? m by me");
    expect(await partsOf(new Both(), "m")).toEqual(text("stream Why? m by me"));
  });

  it("with run alone, or stream alone, does both by it", async () => {
    const run = { run: async () => "whole" };
    expect([await textOf(run), await partsOf(run)]).toEqual(["whole", text("whole")]);
    const stream = { stream: () => pieces("a", "b") };
    expect([await textOf(stream), await partsOf(stream)]).toEqual(["ab", text("a", "b")]);
  });

  it("that returns no text is told so", async () => {
    await expect(textOf({ run: () => undefined })).rejects.toMatchObject({ kind: "malformed" });
  });
});
