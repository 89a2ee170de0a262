/** How long to wait, each in milliseconds. */
export interface Timeouts {
  /** For a connection, with its TLS handshake. */
  readonly connect: number;
  /** From the request to the first piece of the answer, whatever else the server sends meanwhile. */
  readonly firstToken: number;
  /** Between two pieces of the answer. */
  readonly silence: number;
  /** From the reason for the end to the end itself: servers may count tokens afterwards, or forget to hang up. */
  readonly afterFinish: number;
}

/** A local model may have to be read from disk first, and a hosted one may think; silence later is a fault. */
const DEFAULT_TIMEOUTS: Timeouts = { connect: 10_000, firstToken: 300_000, silence: 60_000, afterFinish: 500 };

/** The largest answer that is read, in bytes. An answer without an end must not fill the memory. */
const LARGEST_ANSWER = 256 * 1024 * 1024;

/** How to talk to a server. */
export interface ClientOptions {
  /** Used instead of Node's own client. It follows no proxy variable by itself, and need not follow redirects. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly timeouts?: Partial<Timeouts> | undefined;
  /** In bytes, after decompression. */
  readonly largestAnswer?: number | undefined;
}

/** The same with every default filled in. */
export interface ClientSettings {
  readonly fetch: typeof globalThis.fetch | undefined;
  readonly timeouts: Timeouts;
  readonly largestAnswer: number;
}

/** Fills in the defaults. */
export function clientSettings({ fetch, timeouts, largestAnswer }: ClientOptions = {}): ClientSettings {
  return {
    fetch,
    timeouts: { ...DEFAULT_TIMEOUTS, ...timeouts },
    largestAnswer: largestAnswer ?? LARGEST_ANSWER,
  };
}
