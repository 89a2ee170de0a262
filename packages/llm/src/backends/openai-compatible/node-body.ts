import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { BackendError } from "@d0ttino/plugin-sdk/host";
import { connectionFailure } from "../../network/connection-failure.ts";
import { decoded } from "./decoded-body.ts";
import type { AnswerBody } from "./exchange.ts";

/** How much may wait for a slow reader before the server has to wait too, in bytes. */
const MOST_WAITING = 256 * 1024;

/** How long a server may take to end an answer that nobody reads any more, in milliseconds. */
const DRAIN = 250;

/**
 * The body of an answer of Node's client. It takes the bytes as they come, because a stream that is destroyed by a
 * broken connection forgets what has not been read; and it gives all that waits in one piece, because a reader pays
 * for each piece.
 */
export class NodeBody implements AnswerBody {
  readonly #incoming: IncomingMessage;
  readonly #source: Readable;
  readonly #host: string;
  readonly #signal: AbortSignal;
  #chunks: Uint8Array[] = [];
  #size = 0;
  #isEnded = false;
  #isReleased = false;
  #failure: BackendError | undefined;
  /** Settles the read that waits. */
  #wake: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #patience = 0;

  /** @throws BackendError `malformed` for an unknown compression */
  constructor(incoming: IncomingMessage, host: string, signal: AbortSignal) {
    this.#incoming = incoming;
    this.#host = host;
    this.#signal = signal;
    this.#source = decoded(incoming);
    this.#source.on("data", this.#take);
    // A decoder ends in peace when the connection broke.
    this.#source.on("end", () => this.#end(incoming.complete ? undefined : (incoming.errored ?? closed())));
    this.#source.on("error", (error) => {
      // What stood in the stream's own buffer while it was paused came before the failure.
      const rest = this.#source.read() as Uint8Array | null;
      if (rest !== null) this.#take(rest);
      this.#end(error);
    });
    this.#source.on("close", () => this.#end(closed()));
  }

  async read(patience: number): Promise<Uint8Array | undefined> {
    if (this.#size === 0 && !this.#isEnded) await this.#arrival(patience);
    if (this.#size > 0) return this.#all();
    if (this.#failure !== undefined) throw this.#failure;
    return undefined;
  }

  close(): void {
    this.#end(new BackendError("the answer was left", { kind: "aborted" }));
    this.#incoming.destroy();
  }

  release(): void {
    this.#isReleased = true;
    this.#chunks = [];
    if (this.#isEnded) return;
    // Neither the wait nor the connection keeps a program from ending.
    this.#incoming.socket.unref();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.close(), DRAIN).unref();
    this.#source.resume();
  }

  readonly #take = (bytes: Uint8Array): void => {
    if (this.#isReleased) return;
    this.#chunks.push(bytes);
    this.#size += bytes.length;
    if (this.#size > MOST_WAITING) this.#source.pause();
    this.#wake?.();
  };

  #all(): Uint8Array {
    const [first] = this.#chunks;
    const all = first !== undefined && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks, this.#size);
    this.#chunks = [];
    this.#size = 0;
    if (this.#source.isPaused()) this.#source.resume();
    return all;
  }

  #arrival(patience: number): Promise<void> {
    this.#watch(patience);
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = undefined;
        resolve();
      };
    });
  }

  /** One timer for all reads: to make one for each would cost more than to parse what is read. */
  #watch(patience: number): void {
    if (this.#timer !== undefined && patience === this.#patience) {
      this.#timer.refresh();
      return;
    }
    clearTimeout(this.#timer);
    this.#patience = patience;
    this.#timer = setTimeout(() => {
      // Without a read that waits it is the reader that takes its time.
      if (this.#wake === undefined) return;
      this.#end(silenceOf(this.#host, patience));
      this.#incoming.destroy();
    }, patience);
  }

  #end(failure: unknown): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    clearTimeout(this.#timer);
    if (this.#signal.aborted) this.#failure = new BackendError("the caller gave up", { kind: "aborted" });
    else if (failure !== undefined) this.#failure = connectionFailure(failure, this.#host);
    this.#wake?.();
  }
}

/** The error for a server that stopped sending. */
export function silenceOf(host: string, patience: number): BackendError {
  return new BackendError(`nothing came from ${host} for ${Number((patience / 1000).toFixed(1))} seconds`, {
    kind: "timeout",
  });
}

function closed(): Error {
  return Object.assign(new Error("closed"), { code: "ECONNRESET" });
}
