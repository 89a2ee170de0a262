/** Thrown when work took longer than it may. */
export class TookTooLong extends Error {
  override readonly name = "TookTooLong";
  /** The limit, in milliseconds. */
  readonly limit: number;

  constructor(limit: number) {
    super(`it was not finished after ${limit} ms`);
    this.limit = limit;
  }
}

/**
 * Waits for work, but not for longer than a limit.
 *
 * @param limit in milliseconds
 * @param work gets a signal that is aborted once nobody waits any more
 * @throws TookTooLong, and what the work throws
 */
export async function withinLimit<T>(limit: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    // Before the abort, so that this is what ends the wait.
    reject(new TookTooLong(limit));
    controller.abort();
  }, limit);
  try {
    return await Promise.race([work(controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
