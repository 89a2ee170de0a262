import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { OutputPipe } from "./output-pipe.ts";

let folder: string;
let log: number;
const closed = (): string => readFileSync(join(folder, "log"), "utf8");

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "d0ttino-pipe-"));
  log = openSync(join(folder, "log"), "a");
});

afterEach(() => {
  closeSync(log);
  rmSync(folder, { recursive: true, force: true });
});

describe("OutputPipe", () => {
  it("gives what has been written at once, and leaves nothing behind", () => {
    const pipe = new OutputPipe(join(folder, "pipe"));
    let taken = "";
    pipe.taker = (bytes) => (taken += bytes.toString());
    writeSync(pipe.writer, "one");
    pipe.drain();
    expect(taken).toBe("one");
    writeSync(pipe.writer, "two");
    pipe.close(log);
    expect(taken).toBe("onetwo");
    expect(readdirSync(folder)).toEqual(["log"]);
  });

  it("brings what comes behind its end into the log, until the last writer has gone", async () => {
    const pipe = new OutputPipe(join(folder, "pipe"));
    const other = openSync(join(folder, "pipe"), "w");
    pipe.close(log);
    writeSync(other, "behind");
    closeSync(other);
    await expect.poll(closed, { timeout: 10_000 }).toBe("behind");
  });

  it("gives the end of nobody who leaves as its own end", async () => {
    const pipe = new OutputPipe(join(folder, "pipe"));
    let taken = "";
    pipe.taker = (bytes) => (taken += bytes.toString());
    closeSync(openSync(join(folder, "pipe"), "w"));
    await new Promise((resolve) => setImmediate(resolve));
    writeSync(pipe.writer, "still");
    await expect.poll(() => taken, { timeout: 10_000 }).toBe("still");
    pipe.close(log);
  });
});
