import { isObject } from "./fields.ts";

/** What an answer is read from, one value at a time: an iterator, which may or may not be asynchronous. */
export interface Source {
  next(): unknown;
  /** Asks it to stop and clean up. */
  return?(): unknown;
}

/**
 * The values of an answer that comes in pieces: an async iterable, a web stream, an iterable or a bare iterator.
 * @returns undefined when the value is none of these
 */
export function sourceOf(value: unknown): Source | undefined {
  if (!isObject(value)) return undefined;
  // Before the async iterator, which costs a web stream more for each value and which not every runtime gives it.
  if (isReadableStream(value)) {
    const reader = value.getReader();
    return { next: () => reader.read(), return: () => reader.cancel() };
  }
  const open = value[Symbol.asyncIterator] ?? value[Symbol.iterator];
  if (typeof open === "function") return open.call(value) as Source;
  return typeof value["next"] === "function" ? (value as unknown as Source) : undefined;
}

/** Has a source clean up. It is not waited for, because a generator in the midst of a read answers only after it. */
export function release(source: Source): void {
  try {
    // A failure to clean up after an answer that nobody wants any more is nobody's concern.
    Promise.resolve(source.return?.()).catch(() => {});
  } catch {}
}

function isReadableStream(value: object): value is ReadableStream<unknown> {
  return "getReader" in value && typeof value.getReader === "function";
}
