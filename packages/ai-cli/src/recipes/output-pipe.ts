import { closeSync, constants, openSync, readSync, rmSync } from "node:fs";
import { Socket } from "node:net";
import { copyInBackground, runTool } from "./system-tool.ts";

/** As much as the system ever holds in a pipe, so as much as can be in it when its writer has ended. */
const MOST_HELD = 1 << 20;
const CHUNK = 1 << 16;

/**
 * A pipe that the steps of a run write into and that is read all the time. It is a named one: what Node gives its
 * children are sockets, which `echo … > /dev/stderr` cannot open.
 */
export class OutputPipe {
  readonly #file: string;
  readonly #reader: number;
  readonly #socket: Socket;
  readonly #chunk = Buffer.allocUnsafe(CHUNK);
  /** To see at the end who still writes, and to read on. They are opened at once: a step may remove the file. */
  readonly #look: number;
  readonly #rest: number;
  /** What the steps write to. */
  readonly writer: number;
  #taker: (bytes: Buffer) => void = () => {};

  /**
   * Makes the pipe.
   * @param file its path; nothing may be there
   * @throws the system's error, also where there are no named pipes
   */
  constructor(file: string) {
    runTool("mkfifo", ["-m", "600", file]);
    this.#file = file;
    // Opened for both, it has no end when a writer leaves.
    this.#reader = openSync(file, constants.O_RDWR | constants.O_NONBLOCK);
    this.writer = openSync(file, constants.O_WRONLY);
    this.#look = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    this.#rest = openSync(file, constants.O_RDONLY);
    this.#socket = new Socket({
      fd: this.#reader,
      readable: true,
      writable: false,
      // One buffer for all: what is read has been written on before the next is read.
      onread: {
        buffer: Buffer.allocUnsafe(CHUNK),
        callback: (count: number, bytes: Uint8Array) => {
          this.#taker(Buffer.from(bytes.buffer, bytes.byteOffset, count));
          return true;
        },
      },
    });
    this.#socket.resume();
  }

  /** Whoever takes what comes from now on, before the next comes. */
  set taker(taker: (bytes: Buffer) => void) {
    this.#taker = taker;
  }

  /** Reads what is in the pipe now, for its taker. */
  drain(): void {
    for (let read = 0; read < MOST_HELD;) {
      const count = this.#readNow();
      if (count === 0) return;
      this.#taker(this.#chunk.subarray(0, count));
      read += count;
    }
  }

  /**
   * Ends the reading. What a step has left behind goes on writing into the pipe: it is read on, into the log.
   * @param log an open file
   */
  close(log: number): void {
    this.drain();
    closeSync(this.writer);
    this.#socket.destroy();
    if (this.#hasWriters()) copyInBackground(this.#rest, log);
    closeSync(this.#look);
    closeSync(this.#rest);
    rmSync(this.#file, { force: true });
  }

  #hasWriters(): boolean {
    try {
      const count = readSync(this.#look, this.#chunk);
      if (count > 0) this.#taker(this.#chunk.subarray(0, count));
      return count > 0;
    } catch {
      // It would have had to wait for them.
      return true;
    }
  }

  #readNow(): number {
    try {
      return readSync(this.#reader, this.#chunk);
    } catch {
      // It is empty.
      return 0;
    }
  }
}
