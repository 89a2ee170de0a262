import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { CallWatch } from "./call-watch.ts";

class Printer {
  readonly printed: string[] = [];
  print(text: string): number {
    return this.printed.push(text);
  }
}

it("notes the calls within the work, which go through", async () => {
  const printer = new Printer();
  const notes: unknown[] = [];
  const watch = new CallWatch(() => [[printer, "print"]]);
  const result = await watch.during(
    (name, values) => notes.push([name, ...values]),
    async () => {
      await sleep(1);
      return printer.print("inside");
    },
  );
  expect(result).toBe(1);
  expect(notes).toEqual([["print", "inside"]]);
});

it("leaves out what others do meanwhile", async () => {
  const printer = new Printer();
  const notes: unknown[] = [];
  const watch = new CallWatch(() => [[printer, "print"]]);
  const { promise, resolve } = Promise.withResolvers<void>();
  const work = watch.during(
    (_, values) => notes.push(...values),
    async () => promise,
  );
  printer.print("outside");
  resolve();
  await work;
  expect(printer.printed).toEqual(["outside"]);
  expect(notes).toEqual([]);
});

it("puts the method back, whatever became of the work", async () => {
  const printer = new Printer();
  const watch = new CallWatch(() => [[printer, "print"]]);
  const fail = async (): Promise<never> => Promise.reject(new Error("no"));
  await expect(watch.during(() => {}, fail)).rejects.toThrow("no");
  expect(Object.hasOwn(printer, "print")).toBe(false);

  const own = (): number => 7;
  printer.print = own;
  await watch.during(
    () => {},
    async () => {
      expect(printer.print).not.toBe(own);
    },
  );
  expect(printer.print).toBe(own);
});

it("serves several at once, in whatever order they end", async () => {
  const printer = new Printer();
  const watch = new CallWatch(() => [[printer, "print"]]);
  const seen: string[] = [];
  const observe = async (name: string, before: number, after: number): Promise<void> =>
    watch.during(
      (_, [text]) => seen.push(`${name} ${String(text)}`),
      async () => {
        await sleep(before);
        printer.print(name);
        await sleep(after);
      },
    );
  await Promise.all([observe("first", 1, 1), observe("second", 30, 1)]);
  expect(seen.toSorted()).toEqual(["first first", "second second"]);
  expect(Object.hasOwn(printer, "print")).toBe(false);
});

it("leaves alone a method that somebody else has replaced since", async () => {
  const printer = new Printer();
  const watch = new CallWatch(() => [[printer, "print"]]);
  const other = (): number => 7;
  await watch.during(
    () => {},
    async () => {
      printer.print = other;
    },
  );
  expect(printer.print).toBe(other);
});
