import { closeSync, openSync, writeSync } from "node:fs";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { messageOf } from "@d0ttino/llm/errors/message-of";

/** A file that keeps what a run did. What has been written survives whatever happens to the program. */
export class RunLog {
  readonly #descriptor: number;

  /**
   * Opens the file, readable by its owner only; what it holds is kept.
   * @throws D0ttinoError `io-failed`
   */
  constructor(file: string) {
    try {
      this.#descriptor = openSync(file, "a", 0o600);
    } catch (error) {
      throw new D0ttinoError("io-failed", `The log file cannot be opened: ${messageOf(error)}`, {
        hint: "Name another file with --log.",
      });
    }
  }

  /** Appends text or bytes. @throws D0ttinoError `io-failed` */
  write(data: string | Uint8Array): void {
    const bytes = typeof data === "string" ? Buffer.from(data) : data;
    for (let done = 0; done < bytes.length;) done += writeSync(this.#descriptor, bytes, done);
  }

  /** Appends a line with the time before it. */
  note(text: string): void {
    this.write(`[${new Date().toISOString()}] ${text}\n`);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
