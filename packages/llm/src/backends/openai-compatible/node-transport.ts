import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import { BackendError } from "@d0ttino/plugin-sdk/host";
import { codeOf } from "../../errors/message-of.ts";
import type { ClientSettings, Timeouts } from "./client-options.ts";
import { connectionFailure } from "../../network/connection-failure.ts";
import type { Exchange, ExchangeAnswer } from "./exchange.ts";
import { NodeBody } from "./node-body.ts";
import { proxyRoute } from "../../network/proxy-route.ts";

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
  const proxy = proxyRoute(url);
  // Other kept connections may be just as dead, so a repeated request gets a new one.
  const outgoing = open(request, proxy?.agent ?? (isRepeat ? false : undefined));
  // Which of the two failed cannot be told: the proxy may be asked for some hosts only.
  const whom = proxy === undefined ? url.host : `${url.host} or the proxy ${proxy.host}`;
  const sent = performance.now();
  const stop = (): void => void outgoing.destroy(new BackendError("the caller gave up", { kind: "aborted" }));
  signal.addEventListener("abort", stop);
  const clearTimer = watchStart(outgoing, { whom, isSecure: url.protocol === "https:", timeouts });
  outgoing.on("response", (incoming) => {
    clearTimer();
    resolve({ incoming });
  });
  outgoing.on("error", (error) => {
    const code = codeOf(error);
    const isEarly = outgoing.reusedSocket && performance.now() - sent < STALE_WITHIN;
    if (isEarly && !signal.aborted && (code === "ECONNRESET" || code === "EPIPE")) resolve({ isStale: true });
    else reject(connectionFailure(error, whom));
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
function open({ url, method, headers, body }: Exchange, agent: RequestOptions["agent"]): ClientRequest {
  // Importing these modules by name costs eight times as much as asking for them.
  const client = process.getBuiltinModule(url.protocol === "https:" ? "node:https" : "node:http");
  const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
  const options: RequestOptions = { method, headers: { ...headers, ...length } };
  try {
    return client.request(url, agent === undefined ? options : { ...options, agent });
  } catch (error) {
    throw connectionFailure(error, url.host);
  }
}

interface Start {
  /** Who is asked, for messages. */
  readonly whom: string;
  readonly isSecure: boolean;
  readonly timeouts: Timeouts;
}

/** Gives up when there is no connection, or no answer on it, in time. Returns what ends the watch. */
function watchStart(outgoing: ClientRequest, { whom, isSecure, timeouts }: Start): () => void {
  const giveUp = (after: number, what: string): NodeJS.Timeout =>
    setTimeout(
      () => outgoing.destroy(new BackendError(`${what} ${whom} within ${after / 1000} seconds`, { kind: "timeout" })),
      after,
    );
  let timer = giveUp(timeouts.connect, "no connection to");
  const connected = (): void => {
    clearTimeout(timer);
    timer = giveUp(timeouts.firstToken, "no answer from");
  };
  outgoing.on("socket", (socket) => {
    if (!socket.connecting) connected();
    else socket.once(isSecure ? "secureConnect" : "connect", connected);
  });
  return () => clearTimeout(timer);
}
