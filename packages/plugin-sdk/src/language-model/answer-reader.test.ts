import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { BackendOptions } from "../backend.ts";
import { BackendError } from "../backend-error.ts";
import { collect } from "./language-model.ts";
import { toLanguageModel } from "./to-language-model.ts";

const forever = new Promise<never>(() => {});
const unhandled = vi.fn();

beforeEach(() => {
  unhandled.mockClear();
  process.on("unhandledRejection", unhandled);
});

afterEach(async () => {
  await setImmediate();
  process.off("unhandledRejection", unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

function open(
  backend: (prompt: string, model: string | undefined, options: BackendOptions) => unknown,
  signal = new AbortController().signal,
) {
  return toLanguageModel("demo", backend, undefined).doStream({ prompt: "p", signal })[Symbol.asyncIterator]();
}

/** Counts the listeners on a signal. */
function watched(): { controller: AbortController; listeners: () => number } {
  const controller = new AbortController();
  const added = vi.spyOn(controller.signal, "addEventListener");
  const removed = vi.spyOn(controller.signal, "removeEventListener");
  return { controller, listeners: () => added.mock.calls.length - removed.mock.calls.length };
}

describe("an abort", () => {
  it.each<[string, () => unknown]>([
    ["a promise that never settles", () => forever],
    [
      "an iterator that never answers",
      () => ({ [Symbol.asyncIterator]: () => ({ next: () => forever, return: () => forever }) }),
    ],
    [
      "a generator that hangs",
      async function* () {
        yield await forever;
      },
    ],
  ])("ends %s, which ignores the signal", async (_form, backend) => {
    for (const way of ["doStream", "doGenerate"] as const) {
      const { controller, listeners } = watched();
      const call = { prompt: "p", signal: controller.signal };
      const model = toLanguageModel("demo", backend, undefined);
      const reading = way === "doStream" ? collect(model.doStream(call)) : model.doGenerate(call);
      const failed = expect(reading).rejects.toMatchObject({ kind: "aborted", cause: "enough" });
      await setImmediate();
      controller.abort("enough");
      await failed;
      expect(listeners()).toBe(0);
    }
  });

  it("before the call keeps the backend from being called", async () => {
    const backend = vi.fn(() => "text");
    const model = toLanguageModel("demo", backend, undefined);
    const call = { prompt: "p", signal: AbortSignal.abort("never mind") };
    await expect(model.doGenerate(call)).rejects.toMatchObject({ kind: "aborted", cause: "never mind" });
    await expect(collect(model.doStream(call))).rejects.toMatchObject({ kind: "aborted" });
    expect(backend).not.toHaveBeenCalled();
  });

  it("reaches the backend by its own signal, with the reason", async () => {
    const controller = new AbortController();
    let options: BackendOptions | undefined;
    const reading = open((_prompt, _model, given) => ((options = given), forever), controller.signal).next();
    controller.abort("enough");
    await expect(reading).rejects.toMatchObject({ kind: "aborted" });
    expect(options?.signal).toMatchObject({ aborted: true, reason: "enough" });
  });

  it("leaves the pieces that came before it", async () => {
    const controller = new AbortController();
    let give: (result: IteratorResult<string>) => void = () => {};
    const backend = (): unknown => ({
      [Symbol.asyncIterator]: () => ({ next: () => new Promise((resolve) => (give = resolve)) }),
    });
    const iterator = open(backend, controller.signal);
    const reading = iterator.next();
    await setImmediate();
    give({ value: "last words", done: false });
    controller.abort();
    expect(await reading).toMatchObject({ value: { delta: "last words" } });
    await expect(iterator.next()).rejects.toMatchObject({ kind: "aborted" });
    expect(await iterator.next()).toEqual({ value: undefined, done: true });
  });

  it("between two reads closes the backend and fails the next read", async () => {
    const controller = new AbortController();
    const closed = vi.fn();
    const iterator = open(async function* () {
      try {
        yield "a";
        yield "b";
      } finally {
        closed();
      }
    }, controller.signal);
    await iterator.next();
    controller.abort();
    await setImmediate();
    expect(closed).toHaveBeenCalledOnce();
    await expect(iterator.next()).rejects.toMatchObject({ kind: "aborted" });
    expect(await iterator.next()).toEqual({ value: undefined, done: true });
  });

  it("counts more than the error that the backend throws because of it", async () => {
    const controller = new AbortController();
    const backend = (_prompt: string, _model: string | undefined, { signal }: BackendOptions): unknown =>
      new Promise((_resolve, reject) =>
        signal.addEventListener("abort", () => reject(new BackendError("gone", { kind: "network" }))),
      );
    const reading = open(backend, controller.signal).next();
    controller.abort();
    await expect(reading).rejects.toMatchObject({ kind: "aborted" });
  });

  it("lets what comes too late pass in silence, and closes it", async () => {
    const closed = vi.fn();
    for (const late of [Promise.withResolvers<unknown>(), Promise.withResolvers<unknown>()]) {
      const controller = new AbortController();
      const reading = open(() => late.promise, controller.signal).next();
      controller.abort();
      await expect(reading).rejects.toMatchObject({ kind: "aborted" });
      late.resolve({
        [Symbol.asyncIterator]: () => ({
          next: () => forever,
          return: async () => (closed(), Promise.reject(new Error("late"))),
        }),
      });
    }
    const rejected = Promise.withResolvers<unknown>();
    const controller = new AbortController();
    const reading = open(() => rejected.promise, controller.signal).next();
    controller.abort();
    await expect(reading).rejects.toMatchObject({ kind: "aborted" });
    rejected.reject(new Error("late"));
    await setImmediate();
    expect(closed).toHaveBeenCalledTimes(2);
  });
});

describe("a consumer that stops early", () => {
  it("closes the backend's generator and aborts its signal", async () => {
    const { controller, listeners } = watched();
    const closed = vi.fn();
    let options: BackendOptions | undefined;
    const backend = async function* (
      _prompt: string,
      _model: string | undefined,
      given: BackendOptions,
    ): AsyncGenerator<string> {
      options = given;
      try {
        for (;;) yield "a";
      } finally {
        closed();
      }
    };
    for await (const _part of toLanguageModel("demo", backend, undefined).doStream({
      prompt: "p",
      signal: controller.signal,
    }))
      break;
    expect(closed).toHaveBeenCalledOnce();
    expect(options?.signal.aborted).toBe(true);
    expect(controller.signal.aborted).toBe(false);
    expect(listeners()).toBe(0);
  });

  it.each<[string, () => unknown]>([
    ["hangs", () => forever],
    ["rejects", () => Promise.reject(new Error("no"))],
    [
      "throws",
      () => {
        throw new Error("no");
      },
    ],
  ])("does not mind a return() that %s", async (_how, end) => {
    const backend = (): unknown => ({
      [Symbol.asyncIterator]: () => ({ next: async () => ({ value: "a", done: false }), return: end }),
    });
    let count = 0;
    for await (const _part of toLanguageModel("demo", backend, undefined).doStream({
      prompt: "p",
      signal: new AbortController().signal,
    })) {
      count += 1;
      if (count === 2) break;
    }
    expect(count).toBe(2);
  });

  it("ends a read that is under way", async () => {
    let options: BackendOptions | undefined;
    const iterator = open((_prompt, _model, given) => ((options = given), forever));
    const reading = iterator.next();
    await iterator.return?.();
    expect(await reading).toEqual({ value: undefined, done: true });
    expect(options?.signal.aborted).toBe(true);
  });
});

describe("a stream", () => {
  it("that ends by itself leaves the backend's signal alone and no listener behind", async () => {
    const { controller, listeners } = watched();
    let options: BackendOptions | undefined;
    const iterator = open((_prompt, _model, given) => ((options = given), "text"), controller.signal);
    while ((await iterator.next()).done !== true);
    expect(listeners()).toBe(0);
    controller.abort();
    await setImmediate();
    expect(options?.signal.aborted).toBe(false);
    expect(await iterator.next()).toEqual({ value: undefined, done: true });
  });

  it("that failed has ended", async () => {
    const closed = vi.fn();
    const iterator = open(async function* () {
      try {
        yield 1;
      } finally {
        closed();
      }
    });
    await expect(iterator.next()).rejects.toMatchObject({ kind: "malformed" });
    expect(await iterator.next()).toEqual({ value: undefined, done: true });
    expect(closed).toHaveBeenCalledOnce();
  });

  it("answers reads that do not wait for each other in order", async () => {
    const iterator = open(async function* () {
      yield "a";
      yield "b";
    });
    const results = await Promise.all([iterator.next(), iterator.next(), iterator.next(), iterator.next()]);
    expect(results.map(({ value }) => (value?.type === "text-delta" ? value.delta : value?.type))).toEqual([
      "a",
      "b",
      "finish",
      undefined,
    ]);
  });
});
