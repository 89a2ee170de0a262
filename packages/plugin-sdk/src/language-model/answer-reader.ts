import { BackendError } from "../backend-error.ts";
import { isPromiseLike } from "./fields.ts";
import type { StreamPart } from "./language-model.ts";
import { release, type Source } from "./source.ts";
import { toBackendError } from "./to-backend-error.ts";

/** An answer that has begun: where its values come from and what they mean. */
export interface Answer {
  readonly source: Source;
  /**
   * The part that a value stands for, or undefined when it stands for none.
   * @param textCame whether a part of the answer has come, as for `end`
   * @throws whatever is to end the answer
   */
  accept(value: unknown, textCame: boolean): StreamPart | undefined;
  /**
   * The last part, when the source has ended without a `finish`.
   * @throws whatever is to end the answer
   */
  end(textCame: boolean): StreamPart;
}

/** Asks the backend. Its signal is aborted once nobody waits for the answer any more. */
export type AskBackend = (signal: AbortSignal) => Answer | Promise<Answer>;

type Result = IteratorResult<StreamPart, undefined>;

const DONE: Result = { value: undefined, done: true };

/**
 * Reads an answer part by part, and never waits for a backend that ignores the signal: when that aborts, the read
 * under way fails at once. The backend is asked on the first read. It is written by hand because it runs for every
 * token: one promise and one `then` a part, and nothing that lives as long as the call grows with its parts.
 */
export class AnswerReader implements AsyncIterableIterator<StreamPart> {
  readonly #ask: AskBackend;
  readonly #signal: AbortSignal;
  // The backend gets a signal of its own: it also tells of a consumer that stopped early, and listeners that a
  // backend forgets to remove do not pile up on a signal that outlives the call.
  readonly #abandoned = new AbortController();
  #answer: Answer | undefined;
  #closed = false;
  #textCame = false;
  /** A failure between two reads, for the next one to report. */
  #failure: BackendError | undefined;
  /** The read under way. */
  #reading: Promise<Result> | undefined;
  #resolve: ((result: Result) => void) | undefined;
  #reject: ((error: BackendError) => void) | undefined;

  constructor(signal: AbortSignal, ask: AskBackend) {
    this.#signal = signal;
    this.#ask = ask;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Result> {
    if (this.#reading !== undefined) return this.#reading.then(this.#again, this.#again);
    if (this.#failure !== undefined) {
      const failed = Promise.reject(this.#failure);
      this.#failure = undefined;
      return failed;
    }
    if (this.#closed) return Promise.resolve(DONE);
    const reading = new Promise<Result>(this.#keep);
    this.#reading = reading;
    if (this.#signal.aborted) this.#fail(undefined);
    else if (this.#answer !== undefined) this.#read(this.#answer);
    else this.#open();
    return reading;
  }

  return(): Promise<Result> {
    this.#abandon();
    this.#settle(DONE);
    this.#failure = undefined;
    return Promise.resolve(DONE);
  }

  // These are made once, not for every part.
  readonly #again = (): Promise<Result> => this.next();
  readonly #keep = (resolve: (result: Result) => void, reject: (error: BackendError) => void): void => {
    this.#resolve = resolve;
    this.#reject = reject;
  };
  readonly #receive = (result: unknown): void => {
    const answer = this.#answer;
    // Without an answer it has been closed, and this comes too late.
    if (answer !== undefined && !this.#deliver(answer, result)) this.#read(answer);
  };
  readonly #fail = (error: unknown): void => {
    if (this.#closed) return;
    const failure = this.#signal.aborted
      ? new BackendError("the caller gave up", { kind: "aborted", cause: this.#signal.reason })
      : toBackendError(error, this.#textCame);
    this.#abandon();
    const reject = this.#reject;
    if (reject === undefined) this.#failure = failure;
    this.#forgetReading();
    reject?.(failure);
  };
  readonly #abort = (): void => {
    // One microtask later, so that a piece that the backend gave just before the abort is delivered first.
    void Promise.resolve().then(() => this.#fail(undefined));
    this.#abandoned.abort(this.#signal.reason);
  };

  #open(): void {
    this.#signal.addEventListener("abort", this.#abort, { once: true });
    try {
      const answer = this.#ask(this.#abandoned.signal);
      if (isPromiseLike(answer)) answer.then((begun) => this.#begin(begun), this.#fail);
      else this.#begin(answer);
    } catch (error) {
      this.#fail(error);
    }
  }

  #begin(answer: Answer): void {
    if (this.#closed) return release(answer.source);
    this.#answer = answer;
    this.#read(answer);
  }

  /** Reads until there is a part: at once from a source that is not asynchronous, else by waiting for its promise. */
  #read(answer: Answer): void {
    try {
      for (;;) {
        const result = answer.source.next();
        if (isPromiseLike(result)) {
          result.then(this.#receive, this.#fail);
          return;
        }
        if (this.#deliver(answer, result)) return;
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Settles the read under way with what the source gave; false when that stands for no part. */
  #deliver(answer: Answer, result: unknown): boolean {
    try {
      const { done, value } = result as IteratorResult<unknown>;
      const part = done === true ? answer.end(this.#textCame) : answer.accept(value, this.#textCame);
      if (part === undefined) return false;
      if (part.type === "finish") {
        this.#close();
        // A source may be left waiting after the last part, for a server that does not hang up.
        if (done !== true) release(answer.source);
      } else if (part.type !== "response-metadata") {
        this.#textCame = true;
      }
      this.#settle({ value: part, done: false });
    } catch (error) {
      this.#fail(error);
    }
    return true;
  }

  #settle(result: Result): void {
    const resolve = this.#resolve;
    this.#forgetReading();
    resolve?.(result);
  }

  #forgetReading(): void {
    this.#reading = undefined;
    this.#resolve = undefined;
    this.#reject = undefined;
  }

  #close(): void {
    this.#closed = true;
    this.#answer = undefined;
    this.#signal.removeEventListener("abort", this.#abort);
  }

  #abandon(): void {
    if (this.#closed) return;
    const answer = this.#answer;
    this.#close();
    if (answer !== undefined) release(answer.source);
    this.#abandoned.abort();
  }
}
