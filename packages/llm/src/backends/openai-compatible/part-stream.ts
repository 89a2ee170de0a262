import type { StreamPart } from "@d0ttino/plugin-sdk/host";

type Result = IteratorResult<StreamPart, undefined>;

/**
 * Hands out one by one the parts that come in batches. It is written by hand because it runs for every token: an
 * asynchronous generator that passes them on would cost as much as to parse them.
 */
export class PartStream implements AsyncIterableIterator<StreamPart, undefined> {
  readonly #batches: AsyncGenerator<StreamPart[], undefined>;
  readonly #leave: () => void;
  #parts: StreamPart[] = [];
  #at = 0;
  #isReading = false;

  /** @param leave stops a batch that is under way */
  constructor(batches: AsyncGenerator<StreamPart[], undefined>, leave: () => void) {
    this.#batches = batches;
    this.#leave = leave;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Result> {
    const part = this.#parts[this.#at];
    if (part === undefined) {
      this.#isReading = true;
      return this.#batches.next().then(this.#begin);
    }
    this.#at += 1;
    return Promise.resolve({ value: part, done: false });
  }

  async return(): Promise<Result> {
    this.#parts = [];
    // Between two batches nothing is under way, and an answer that is complete may leave its connection in peace.
    if (this.#isReading) this.#leave();
    await this.#batches.return(undefined);
    return { value: undefined, done: true };
  }

  readonly #begin = (batch: IteratorResult<StreamPart[], undefined>): Result | Promise<Result> => {
    this.#isReading = false;
    if (batch.done === true) return { value: undefined, done: true };
    // Two reads at once may both have asked for a batch.
    this.#parts = this.#at < this.#parts.length ? this.#parts.slice(this.#at).concat(batch.value) : batch.value;
    this.#at = 0;
    return this.next();
  };
}
