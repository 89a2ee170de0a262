import { closeSync, fdatasyncSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import type { StepObject } from "@d0ttino/plugin-sdk";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { messageOf } from "@d0ttino/llm/errors/message-of";
import type { KeptPlace } from "./kept-place.ts";
import { damagedRun, journalFile, type RunFolder } from "./run-folder.ts";

/** A line of a run's journal. Steps count from 1. */
export type JournalEvent =
  /** The run was begun, or taken up again. */
  | { readonly type: "begin"; readonly pid: number }
  /** A recipe that decides its steps while it runs has decided one. */
  | { readonly type: "step"; readonly step: number; readonly planned: StepObject }
  /** A model has answered the recipe. */
  | { readonly type: "answer"; readonly prompt: string; readonly text: string }
  /** The step is about to run; `edited` is what runs where that is not what was planned. */
  | { readonly type: "start"; readonly step: number; readonly edited?: StepObject }
  /** It has ended. `place` is there when it has changed something, `output` when the recipe was told of it. */
  | {
      readonly type: "end";
      readonly step: number;
      readonly exitCode: number;
      readonly reason?: string;
      readonly place?: KeptPlace;
      readonly output?: string;
    }
  /** It turned out that its shell had not come to run it. */
  | { readonly type: "unbegun"; readonly step: number }
  /** It was not run, or not again after it had failed, and the run goes on. */
  | {
      readonly type: "skip";
      readonly step: number;
      readonly because: "done" | "refused" | "failed";
      readonly place?: KeptPlace;
    }
  /** The run has come to an end of its own. */
  | { readonly type: "result"; readonly exitCode: number };

/** The same with the time it was written at, in ISO 8601. */
export type JournalLine = JournalEvent & { readonly at: string };

/**
 * A run's append-only record: one JSON object a line, each on the disk before the run goes on. How a step has ended gets
 * there together with what is written at once behind it, so that steps which follow one another wait once for the disk.
 */
export class Journal {
  readonly #descriptor: number;
  #waiting: NodeJS.Immediate | undefined;
  #failure: unknown;

  /**
   * Opens the file; a last line that was cut short is cut off.
   * @throws the system's error
   */
  constructor(file: string) {
    this.#descriptor = openSync(file, "a", 0o600);
    const whole = wholeLines(readFileSync(file));
    ftruncateSync(this.#descriptor, whole.length);
  }

  /** Appends a line. @throws D0ttinoError `io-failed` */
  write(event: JournalEvent): void {
    try {
      if (this.#failure !== undefined) throw this.#failure;
      const line = Buffer.from(`${JSON.stringify({ ...event, at: new Date().toISOString() })}\n`);
      for (let done = 0; done < line.length;) done += writeSync(this.#descriptor, line, done);
      if (event.type === "end") this.#waiting ??= setImmediate(() => this.#syncLate());
      else this.#sync();
    } catch (error) {
      this.#failure = error;
      throw new D0ttinoError("io-failed", `The run's journal cannot be written: ${messageOf(error)}.`, {
        hint: "Nothing more is run, because nobody could tell later what was. Look whether there is room on the disk.",
        cause: error,
      });
    }
  }

  /** What was written last may be lost with the machine when it cannot reach the disk; a step is then asked about. */
  close(): void {
    if (this.#waiting !== undefined) this.#syncLate();
    closeSync(this.#descriptor);
  }

  #sync(): void {
    clearImmediate(this.#waiting);
    this.#waiting = undefined;
    fdatasyncSync(this.#descriptor);
  }

  /** Nobody is there to catch its error but whoever writes next. */
  #syncLate(): void {
    try {
      this.#sync();
    } catch (error) {
      this.#failure = error;
    }
  }
}

/**
 * Reads a run's journal.
 * @throws D0ttinoError `run-refused` when it cannot be read
 */
export function readJournal(run: RunFolder): JournalLine[] {
  let bytes: Buffer;
  try {
    bytes = readFileSync(journalFile(run));
  } catch (error) {
    throw damagedRun(run, "journal", messageOf(error), error);
  }
  const lines = wholeLines(bytes).toString("utf8").split("\n");
  return lines.flatMap((text, at) => {
    if (text === "") return [];
    const line = parseLine(text);
    if (line === undefined) throw damagedRun(run, "journal", `line ${at + 1} is damaged`);
    return [line];
  });
}

function parseLine(text: string): JournalLine | undefined {
  try {
    const line = JSON.parse(text) as Partial<JournalLine> | null;
    return typeof line?.type === "string" ? (line as JournalLine) : undefined;
  } catch {
    return undefined;
  }
}

function wholeLines(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.lastIndexOf("\n") + 1);
}
