/** How many bytes a value of each type has (github.com/ggml-org/ggml/blob/master/docs/gguf.md); texts and lists vary. */
const SIZES: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
};
const TEXT = 8;
const LIST = 9;

/** Reads the beginning of a GGUF file, value after value. Behind the end of what is here, all is undefined. */
export class GgufReader {
  readonly #bytes: Buffer;
  #at: number;
  /** Whether more was asked for than is here. */
  isPastEnd = false;

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  uint32(): number | undefined {
    return this.#take(4)?.readUInt32LE();
  }

  uint64(): number | undefined {
    const value = this.#take(8)?.readBigUInt64LE();
    return value === undefined ? undefined : Number(value);
  }

  text(): string | undefined {
    const length = this.uint64();
    return length === undefined ? undefined : this.#take(length)?.toString("utf8");
  }

  /** A text, or null for a value of another type, which is passed over; undefined also for an unknown type. */
  value(): string | null | undefined {
    const type = this.uint32();
    return type === TEXT ? this.text() : this.#skip(type);
  }

  #skip(type: number | undefined): null | undefined {
    if (type === LIST) return this.#skipList();
    if (type === TEXT) return this.text() === undefined ? undefined : null;
    const size = type === undefined ? undefined : SIZES[type];
    return size === undefined || this.#take(size) === undefined ? undefined : null;
  }

  #skipList(): null | undefined {
    const type = this.uint32();
    const count = this.uint64();
    if (type === undefined || count === undefined) return undefined;
    const size = SIZES[type];
    if (size !== undefined) return this.#take(size * count) === undefined ? undefined : null;
    // Lists of lists would let a file that means harm nest without end.
    if (type === LIST) return undefined;
    for (let at = 0; at < count; at += 1) if (this.#skip(type) === undefined) return undefined;
    return null;
  }

  #take(length: number): Buffer | undefined {
    if (length > this.#bytes.length - this.#at) {
      this.isPastEnd = true;
      return undefined;
    }
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}
