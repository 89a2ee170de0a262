import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import { BackendError } from "@d0ttino/plugin-sdk";
import { codeOf } from "../../errors/message-of.ts";
import type { ClientSettings, Timeouts } from "./client-options.ts";
import { connectionFailure } from "./connection-failure.ts";
import type { Exchange, ExchangeAnswer } from "./exchange.ts";
import { NodeBody } from "./node-body.ts";
import { proxyAgent } from "./proxy-agent.ts";

/** How soon a kept connection fails when the server had closed it before the request came, in milliseconds. */
const STALE_WITHIN = 1000;

/**
 * Sends a request over Node's own client, which starts several times faster than `fetch`.
 * @throws BackendError `network`, `timeout`, `malformed` or `aborted`
 */
export async function sendWithNode(request: Exchange, { timeouts }: ClientSettings): Promise<ExchangeAnswer> {
  const { incoming, isStale } = await attempt(request, timeouts);
  // A kept connection that the server closed just now says nothing about the server: once more on a new one.
  const answer = isStale ? (await attempt(request, timeouts, true)).incoming : incoming;
  if (answer === undefined) throw connectionFailure({ code: "ECONNRESET" }, request.url.host);
  return {
    status: answer.statusCode ?? 0,
    header: (name) => {
      const value = answer.headers[name];
      return Array.isArray(value) ? value.join(", ") : value;
    },
    body: new NodeBody(answer, request.url.host, request.signal),
  };
}

interface Attempt {
  readonly incoming?: IncomingMessage;
  readonly isStale?: boolean;
}

function attempt(request: Exchange, timeouts: Timeouts, isRepeat = false): Promise<Attempt> {
  const { url, body, signal } = request;
  const { promise, resolve, reject } = Promise.withResolvers<Attempt>();
  const outgoing = open(request, isRepeat);
  const sent = performance.now();
  const stop = (): void => void outgoing.destroy(new BackendError("the caller gave up", { kind: "aborted" }));
  signal.addEventListener("abort", stop);
  const clearTimer = watchStart(outgoing, url, timeouts);
  outgoing.on("response", (incoming) => {
    clearTimer();
    resolve({ incoming });
  });
  outgoing.on("error", (error) => {
    const code = codeOf(error);
    const isEarly = outgoing.reusedSocket && performance.now() - sent < STALE_WITHIN;
    if (isEarly && !signal.aborted && (code === "ECONNRESET" || code === "EPIPE")) resolve({ isStale: true });
    else reject(connectionFailure(error, url.host));
  });
  outgoing.on("close", () => {
    clearTimer();
    signal.removeEventListener("abort", stop);
    // Without an answer or an error by now there will be none.
    resolve({});
  });
  outgoing.end(body);
  return promise;
}

/** @throws BackendError */
function open({ url, method, headers, body }: Exchange, isRepeat: boolean): ClientRequest {
  // Importing these modules by name costs eight times as much as asking for them.
  const client = process.getBuiltinModule(url.protocol === "https:" ? "node:https" : "node:http");
  const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
  const options: RequestOptions = { method, headers: { ...headers, ...length } };
  // Other kept connections may be just as dead, so a repeated request gets a new one.
  const agent = proxyAgent(url) ?? (isRepeat ? false : undefined);
  try {
    return client.request(url, agent === undefined ? options : { ...options, agent });
  } catch (error) {
    throw connectionFailure(error, url.host);
  }
}

/** Gives up when there is no connection, or no answer on it, in time. Returns what ends the watch. */
function watchStart(outgoing: ClientRequest, url: URL, timeouts: Timeouts): () => void {
  const giveUp = (after: number, what: string): NodeJS.Timeout =>
    setTimeout(
      () => outgoing.destroy(new BackendError(`${what} within ${after / 1000} seconds`, { kind: "timeout" })),
      after,
    );
  let timer = giveUp(timeouts.connect, `no connection to ${url.host}`);
  const connected = (): void => {
    clearTimeout(timer);
    timer = giveUp(timeouts.firstToken, `no answer from ${url.host}`);
  };
  outgoing.on("socket", (socket) => {
    if (!socket.connecting) connected();
    else socket.once(url.protocol === "https:" ? "secureConnect" : "connect", connected);
  });
  return () => clearTimeout(timer);
}
