import { closeSync, openSync, writeSync } from "node:fs";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { messageOf } from "@d0ttino/llm/errors/message-of";
import { writeMessage } from "../terminal/terminal.ts";

const LINE_BREAK = 10;

/** Files that keep what a run did. What has been written survives whatever happens to the program. */
export class RunLog {
  readonly #descriptors: readonly [number, ...number[]];
  #isLineOpen = false;
  #hasFailed = false;

  /**
   * Opens the files, readable by their owner only; what they hold is kept.
   * @param own the run's own log
   * @param wanted a further file that the person has named
   * @throws D0ttinoError `io-failed`
   */
  constructor(own: string, wanted: string | undefined) {
    const first = open(own, "Check that the folder can be written.");
    this.#descriptors = wanted === undefined ? [first] : [first, open(wanted, "Name another file with --log.")];
  }

  /** The open file of the run's own log. */
  get descriptor(): number {
    return this.#descriptors[0];
  }

  /** Whether the person has asked for a log. */
  get isWanted(): boolean {
    return this.#descriptors.length > 1;
  }

  /** Appends text or bytes. When that fails, as on a full disk, the person is told, and nothing more is kept. */
  write(data: string | Uint8Array): void {
    if (this.#hasFailed) return;
    const bytes = typeof data === "string" ? Buffer.from(data) : data;
    try {
      for (const descriptor of this.#descriptors) {
        for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
      }
      if (bytes.length > 0) this.#isLineOpen = bytes.at(-1) !== LINE_BREAK;
    } catch (error) {
      this.#hasFailed = true;
      writeMessage(`What the run does is not logged any more: ${messageOf(error)}`);
    }
  }

  /** Appends a line of its own with the time before it. */
  note(text: string): void {
    this.write(`${this.#isLineOpen ? "\n" : ""}[${new Date().toISOString()}] ${text}\n`);
  }

  close(): void {
    for (const descriptor of this.#descriptors) closeSync(descriptor);
  }
}

function open(file: string, hint: string): number {
  try {
    return openSync(file, "a", 0o600);
  } catch (error) {
    throw new D0ttinoError("io-failed", `The log file cannot be opened: ${messageOf(error)}`, { hint });
  }
}
