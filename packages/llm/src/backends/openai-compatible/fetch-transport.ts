import { BackendError } from "@d0ttino/plugin-sdk/host";
import type { ClientSettings } from "./client-options.ts";
import { connectionFailure } from "../../network/connection-failure.ts";
import type { AnswerBody, Exchange, ExchangeAnswer } from "./exchange.ts";
import { silenceOf } from "./node-body.ts";

/**
 * Sends a request over a function like `fetch`.
 * @throws BackendError `network`, `timeout` or `aborted`
 */
export async function sendWithFetch(request: Exchange, settings: ClientSettings): Promise<ExchangeAnswer> {
  const { url, method, headers, body, signal } = request;
  const ask = settings.fetch ?? globalThis.fetch;
  const leave = new AbortController();
  const stop = (): void => leave.abort();
  signal.addEventListener("abort", stop);
  const settle = (): void => signal.removeEventListener("abort", stop);
  const after = settings.timeouts.firstToken;
  const late = new BackendError(`no answer from ${url.host} within ${after / 1000} seconds`, { kind: "timeout" });
  try {
    const response = await withinTime(
      // Redirects are judged by the caller: a key must not go to another server.
      ask(url.href, { method, headers, body: body ?? null, signal: leave.signal, redirect: "manual" }),
      { after, late, signal },
    );
    return {
      status: response.status,
      header: (name) => response.headers.get(name) ?? undefined,
      body: new FetchBody(response.body, { host: url.host, signal, leave, settle }),
    };
  } catch (error) {
    leave.abort();
    settle();
    throw failureOf(error, url.host, signal);
  }
}

interface FetchConnection {
  readonly host: string;
  /** Of the caller. */
  readonly signal: AbortSignal;
  /** Ends the request. */
  readonly leave: AbortController;
  /** Forgets the caller's signal. */
  readonly settle: () => void;
}

class FetchBody implements AnswerBody {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  readonly #connection: FetchConnection;

  constructor(body: ReadableStream<Uint8Array> | null, connection: FetchConnection) {
    this.#reader = body?.getReader();
    this.#connection = connection;
  }

  async read(patience: number): Promise<Uint8Array | undefined> {
    const { host, signal, settle } = this.#connection;
    if (this.#reader === undefined) return undefined;
    try {
      const late = silenceOf(host, patience);
      const { value, done } = await withinTime(this.#reader.read(), { after: patience, late, signal });
      if (done) settle();
      return value;
    } catch (error) {
      this.close();
      throw failureOf(error, host, signal);
    }
  }

  close(): void {
    this.#connection.settle();
    // Both, because a `fetch` may ignore its signal.
    this.#reader?.cancel().catch(() => {});
    this.#connection.leave.abort();
  }

  release(): void {
    this.close();
  }
}

interface Limit {
  readonly after: number;
  readonly late: BackendError;
  readonly signal: AbortSignal;
}

/** What a promise gives, unless time or the caller's patience ends first: a `fetch` may ignore its signal. */
function withinTime<T>(promise: Promise<T>, { after, late, signal }: Limit): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late), after);
    const stop = (): void => reject(signal.reason);
    signal.addEventListener("abort", stop);
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
    };
    promise.then(resolve, reject).finally(settle);
  });
}

function failureOf(error: unknown, host: string, signal: AbortSignal): BackendError {
  return signal.aborted ? new BackendError("the caller gave up", { kind: "aborted" }) : connectionFailure(error, host);
}
