import { setImmediate } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { collect, type ModelCall, type StreamPart } from "./language-model.ts";
import { toLanguageModel } from "./to-language-model.ts";

const { signal } = new AbortController();
const call: ModelCall = { prompt: "Why?", signal };

function modelOf(fields: object): object {
  return { specificationVersion: "v3", provider: "maker.chat", modelId: "m", ...fields };
}

function streaming(...parts: unknown[]): object {
  return modelOf({ doStream: async () => ({ stream: ReadableStream.from(parts) }) });
}

function generating(result: object): object {
  return modelOf({ doGenerate: async () => result });
}

async function partsOf(backend: unknown, seen: StreamPart[] = []): Promise<StreamPart[]> {
  for await (const part of toLanguageModel("demo", backend, undefined).doStream(call)) seen.push(part);
  return seen;
}

const finish = { type: "finish", finishReason: "stop", usage: {} };

describe("the options of a call", () => {
  async function optionsOf(given: Partial<ModelCall>, name = "demo"): Promise<Record<string, unknown>> {
    const doGenerate = vi.fn(async (_options: Record<string, unknown>) => ({ content: [], finishReason: "stop" }));
    await toLanguageModel(name, modelOf({ doGenerate }), undefined).doGenerate({ ...call, ...given });
    const { prompt: _prompt, abortSignal: _signal, ...options } = doGenerate.mock.calls[0]?.[0] ?? {};
    return given.settings === undefined ? { prompt: _prompt, abortSignal: _signal } : options;
  }

  it("hold the conversation and a signal", async () => {
    const messages = [
      { role: "user", content: "Hello" },
      { role: "assistant", content: "Hi" },
      { role: "system", content: "Now rhyme." },
    ] as const;
    expect(await optionsOf({ system: "Be brief.", messages })).toEqual({
      prompt: [
        { role: "system", content: "Be brief." },
        { role: "user", content: [{ type: "text", text: "Hello" }] },
        { role: "assistant", content: [{ type: "text", text: "Hi" }] },
        { role: "system", content: "Now rhyme." },
        { role: "user", content: [{ type: "text", text: "Why?" }] },
      ],
      abortSignal: expect.any(AbortSignal),
    });
  });

  it("hold the known settings by their names", async () => {
    const settings = {
      maxOutputTokens: 1,
      temperature: 0,
      topP: 0.5,
      topK: 2,
      presencePenalty: 0.1,
      frequencyPenalty: 0.2,
      stopSequences: ["."],
      seed: 3,
      headers: { "x-trace": "1" },
    };
    expect(await optionsOf({ settings })).toEqual(settings);
  });

  it.each([
    [{ max_tokens: 1 }, { maxOutputTokens: 1 }],
    [{ maxTokens: 1 }, { maxOutputTokens: 1 }],
    [{ max_output_tokens: 1 }, { maxOutputTokens: 1 }],
    [{ max_completion_tokens: 1 }, { maxOutputTokens: 1 }],
    [
      { top_p: 1, top_k: 2 },
      { topP: 1, topK: 2 },
    ],
    [
      { presence_penalty: 1, frequency_penalty: 2 },
      { presencePenalty: 1, frequencyPenalty: 2 },
    ],
    [{ stop: "." }, { stopSequences: ["."] }],
    [{ stop: [".", "!"] }, { stopSequences: [".", "!"] }],
    [{ stop_sequences: ["."] }, { stopSequences: ["."] }],
    [{ max_tokens: 1, maxOutputTokens: 2 }, { maxOutputTokens: 2 }],
    [{ maxOutputTokens: 2, max_tokens: 1 }, { maxOutputTokens: 2 }],
    [{ temperature: undefined }, {}],
  ])("take %o for %o", async (settings, options) => {
    expect(await optionsOf({ settings })).toEqual(options);
  });

  it("hold other settings as the provider's options, by its own key and the backend's name", async () => {
    const settings = { reasoningEffort: "low", top_a: 1 };
    expect(await optionsOf({ settings })).toEqual({ providerOptions: { maker: settings, demo: settings } });
    expect(await optionsOf({ settings }, "maker")).toEqual({ providerOptions: { maker: settings } });
  });

  it("leave the provider's options as the user wrote them", async () => {
    const providerOptions = { maker: { user: "me" }, other: { a: 1 } };
    expect(await optionsOf({ settings: { providerOptions } })).toEqual({ providerOptions });
    expect(await optionsOf({ settings: { providerOptions, user: "you", b: 2 } }, "maker")).toEqual({
      providerOptions: { maker: { user: "me", b: 2 }, other: { a: 1 } },
    });
  });
});

describe("a whole answer", () => {
  it("is the text of the content, without reasoning and tool calls", async () => {
    const model = generating({
      content: [
        { type: "reasoning", text: "Hm." },
        { type: "text", text: "be" },
        { type: "tool-call", toolName: "t", input: "{}" },
        { type: "text", text: "cause" },
      ],
      finishReason: { unified: "stop", raw: "end" },
      usage: { inputTokens: { total: 5 }, outputTokens: { total: 7, reasoning: 3, text: 4 } },
      response: { modelId: "m-2026" },
    });
    expect(await toLanguageModel("demo", model, undefined).doGenerate(call)).toEqual({
      text: "because",
      modelId: "m-2026",
      finishReason: "stop",
      usage: { inputTokens: 5, outputTokens: 7, reasoningTokens: 3 },
    });
  });

  it.each<[unknown, unknown, object]>([
    [
      "length",
      { inputTokens: 5, outputTokens: 7, reasoningTokens: 3, totalTokens: 12 },
      { finishReason: "length", usage: { inputTokens: 5, outputTokens: 7, reasoningTokens: 3 } },
    ],
    [
      { unified: "content-filter", raw: "x" },
      { inputTokens: { total: undefined }, outputTokens: { total: 2 } },
      { finishReason: "content-filter", usage: { outputTokens: 2 } },
    ],
    ["unknown", { inputTokens: NaN, outputTokens: 2 }, { finishReason: "other", usage: { outputTokens: 2 } }],
    ["other", {}, { finishReason: "other", usage: {} }],
    [{ unified: "other", raw: "pause" }, undefined, { finishReason: "other", usage: {} }],
    [{ unified: "pause", raw: "pause" }, undefined, { finishReason: "other", usage: {} }],
    [undefined, null, { finishReason: "other", usage: {} }],
    ["error", {}, { finishReason: "error", usage: {} }],
  ])("with the finish reason %o and the usage %o", async (finishReason, usage, expected) => {
    const model = generating({ content: [{ type: "text", text: "a" }], finishReason, usage });
    expect(await toLanguageModel("demo", model, undefined).doGenerate(call)).toMatchObject(expected);
    expect((await partsOf(streaming({ type: "finish", finishReason, usage })))[0]).toEqual({
      type: "finish",
      ...expected,
    });
  });

  it.each([["unknown"], [{ unified: "other", raw: undefined }]])(
    "may have no reason for its end: %o",
    async (reason) => {
      const model = generating({ content: [{ type: "text", text: "a" }], finishReason: reason });
      expect(await toLanguageModel("demo", model, undefined).doGenerate(call)).toMatchObject({ finishReason: "other" });
    },
  );

  it("that says it is not whole is truncated", async () => {
    const model = generating({ content: [{ type: "text", text: "a" }], finishReason: { unified: "interrupted" } });
    await expect(toLanguageModel("demo", model, undefined).doGenerate(call)).rejects.toMatchObject({
      kind: "truncated",
    });
  });

  it("without content is malformed", async () => {
    for (const result of [{}, undefined]) {
      await expect(
        toLanguageModel("demo", modelOf({ doGenerate: async () => result }), undefined).doGenerate(call),
      ).rejects.toMatchObject({ kind: "malformed" });
    }
  });
});

describe("an answer in pieces", () => {
  it("has text, reasoning, the model that answers and the finish, and nothing else", async () => {
    const model = streaming(
      { type: "stream-start", warnings: [] },
      { type: "response-metadata", id: "1", modelId: "m-2026" },
      { type: "response-metadata", id: "2" },
      { type: "reasoning-delta", id: "r", delta: "Hm." },
      { type: "text-start", id: "t" },
      { type: "text-delta", id: "t", delta: "be" },
      { type: "text-delta", id: "t", delta: "" },
      { type: "text-delta", textDelta: "cau" },
      { type: "text-delta", text: "se" },
      { type: "tool-call", toolName: "t", input: "{}" },
      { type: "finish", finishReason: "stop" },
    );
    expect(await partsOf(model)).toEqual([
      { type: "response-metadata", modelId: "m-2026" },
      { type: "reasoning-delta", delta: "Hm." },
      { type: "text-delta", delta: "be" },
      { type: "text-delta", delta: "cau" },
      { type: "text-delta", delta: "se" },
      finish,
    ]);
  });

  it("is over at its finish, even if the server does not hang up", async () => {
    const cancel = vi.fn();
    const start = (controller: ReadableStreamDefaultController<unknown>): void =>
      controller.enqueue({ type: "finish", finishReason: "stop" });
    expect(
      await partsOf(modelOf({ doStream: async () => ({ stream: new ReadableStream({ start, cancel }) }) })),
    ).toEqual([finish]);
    expect(cancel).toHaveBeenCalledOnce();
  });

  it("that ends without a finish is truncated", async () => {
    const seen: StreamPart[] = [];
    await expect(partsOf(streaming({ type: "text-delta", delta: "a" }), seen)).rejects.toMatchObject({
      kind: "truncated",
    });
    expect(seen).toEqual([{ type: "text-delta", delta: "a" }]);
  });

  it.each([["unknown"], [{ unified: "other", raw: undefined }], [{ unified: "interrupted", raw: undefined }]])(
    "whose service gave no reason for its end, told as %o, broke off",
    async (finishReason) => {
      const end = { type: "finish", finishReason, usage: {} };
      const seen: StreamPart[] = [];
      const text = { type: "text-delta", delta: "a" };
      await expect(partsOf(streaming(text, end), seen)).rejects.toMatchObject({ kind: "truncated" });
      expect(seen).toEqual([text]);
      await expect(partsOf(streaming(end))).rejects.toMatchObject({ kind: "malformed" });
    },
  );

  it.each<[unknown, object]>([
    [new Error("no luck"), { kind: "other", message: "no luck" }],
    [
      { message: "Overloaded", code: 529 },
      { kind: "server", status: 529, message: "Overloaded" },
    ],
    ["no luck", { kind: "other", message: "no luck" }],
    [undefined, { kind: "other" }],
  ])("with the error part %o fails after what came before", async (error, expected) => {
    const seen: StreamPart[] = [];
    const model = streaming(
      { type: "text-delta", delta: "a" },
      { type: "error", error },
      { type: "finish", finishReason: "error" },
    );
    await expect(partsOf(model, seen)).rejects.toMatchObject(expected);
    expect(seen).toEqual([{ type: "text-delta", delta: "a" }]);
  });

  it("of something else than parts is malformed", async () => {
    await expect(partsOf(streaming("text"))).rejects.toMatchObject({ kind: "malformed" });
    await expect(partsOf(streaming({ type: "text-delta", delta: 1 }))).rejects.toMatchObject({ kind: "malformed" });
    await expect(partsOf(modelOf({ doStream: async () => ({}) }))).rejects.toMatchObject({ kind: "malformed" });
  });

  it("is cancelled when the consumer stops early", async () => {
    const cancel = vi.fn();
    const pull = (controller: ReadableStreamDefaultController<unknown>): void =>
      controller.enqueue({ type: "text-delta", delta: "a" });
    const model = modelOf({ doStream: async () => ({ stream: new ReadableStream({ pull, cancel }) }) });
    for await (const _part of toLanguageModel("demo", model, undefined).doStream(call)) break;
    expect(cancel).toHaveBeenCalledOnce();
  });

  it("that begins after an abort is cancelled", async () => {
    const cancel = vi.fn();
    const late = Promise.withResolvers<unknown>();
    const controller = new AbortController();
    const model = modelOf({ doStream: () => late.promise });
    const reading = collect(toLanguageModel("demo", model, undefined).doStream({ ...call, signal: controller.signal }));
    await setImmediate();
    controller.abort("enough");
    await expect(reading).rejects.toMatchObject({ kind: "aborted", cause: "enough" });
    late.resolve({ stream: new ReadableStream({ cancel }) });
    await setImmediate();
    expect(cancel).toHaveBeenCalledOnce();
  });
});

describe("a model", () => {
  it("that can only answer in one way is asked that way", async () => {
    const result = {
      content: [
        { type: "reasoning", text: "Hm." },
        { type: "text", text: "a" },
      ],
      finishReason: "stop",
    };
    expect(await partsOf(generating(result))).toEqual([
      { type: "reasoning-delta", delta: "Hm." },
      { type: "text-delta", delta: "a" },
      finish,
    ]);
    const model = streaming({ type: "text-delta", delta: "a" }, finish);
    expect(await toLanguageModel("demo", model, undefined).doGenerate(call)).toMatchObject({
      text: "a",
      finishReason: "stop",
    });
  });

  it("is called as an object", async () => {
    class Model {
      readonly specificationVersion = "v2";
      readonly #text = "mine";
      async doGenerate(): Promise<object> {
        return { content: [{ type: "text", text: this.#text }], finishReason: "stop" };
      }
    }
    expect((await toLanguageModel("demo", new Model(), undefined).doGenerate(call)).text).toBe("mine");
  });

  it.each([
    ["v1", "specification v1", "Upgrade the provider package"],
    [undefined, "no specification version", "Upgrade the provider package"],
    ["v5", "specification v5", "Upgrade this program"],
    ["v12", "specification v12", "Upgrade this program"],
  ])("of the specification %s is refused uncalled", async (specificationVersion, has, hint) => {
    const doStream = vi.fn();
    const model = { ...modelOf({ doStream }), specificationVersion };
    await expect(partsOf(model)).rejects.toMatchObject({
      kind: "invalid-request",
      message: `the AI SDK model has ${has}; this host understands v2, v3 and v4`,
      hint: expect.stringContaining(hint),
    });
    expect(doStream).not.toHaveBeenCalled();
  });
});

describe("a provider", () => {
  const model = generating({ content: [{ type: "text", text: "a" }], finishReason: "stop" });

  it("makes the model of the given id, whatever specification it claims itself", async () => {
    const provider = { specificationVersion: "v1", languageModel: vi.fn(() => model) };
    expect((await toLanguageModel("demo", provider, "m").doGenerate(call)).text).toBe("a");
    expect(provider.languageModel).toHaveBeenCalledExactlyOnceWith("m");
  });

  it("needs the name of a model", async () => {
    const provider = { languageModel: () => model };
    await expect(partsOf(provider)).rejects.toMatchObject({
      kind: "invalid-request",
      hint: expect.stringContaining("-m"),
    });
  });

  it("that fails to make the model fails as a backend", async () => {
    const languageModel = (): never => {
      throw Object.assign(new Error("no such model"), { [Symbol.for("vercel.ai.error.AI_NoSuchModelError")]: true });
    };
    await expect(toLanguageModel("demo", { languageModel }, "m").doGenerate(call)).rejects.toMatchObject({
      kind: "not-found",
      message: "no such model",
    });
  });
});
