import type { IncomingMessage } from "node:http";
import { DownloadFailure } from "@d0ttino/llm/network/download-failure";
import { networkFailure } from "@d0ttino/llm/network/open-download";
import { proxyRoute, type ProxyRoute } from "@d0ttino/llm/network/proxy-route";
import { redirectTarget } from "@d0ttino/llm/network/redirect-target";
import { readBody } from "./read-body.ts";
import { isSafeUrl } from "./safe-url.ts";

/** What a server may take its time for, in milliseconds. */
export interface FetchTimeouts {
  /** To connect and send the head of an answer. */
  readonly head: number;
  /** For all of it, redirects included. */
  readonly total: number;
}

/** What is asked for. */
export interface RegistryRequest {
  readonly url: URL;
  /** The version that is here already. */
  readonly etag?: string | undefined;
  readonly timeouts?: FetchTimeouts | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What a server said. */
export type FetchedRegistry =
  | { readonly status: "fresh"; readonly text: string; readonly etag: string | undefined }
  | { readonly status: "not-modified" };

const TIMEOUTS: FetchTimeouts = { head: 3000, total: 8000 };
const MOST_REDIRECTS = 3;

/**
 * Asks a server for its registry. Only https is asked, and http of this machine, wherever redirects lead.
 * @throws DownloadFailure, and the reason of the signal
 */
export async function fetchRegistry(request: RegistryRequest): Promise<FetchedRegistry> {
  const { timeouts = TIMEOUTS, signal } = request;
  const deadline = new AbortController();
  const late = new DownloadFailure(`${request.url.host} did not send it all within ${timeouts.total / 1000} seconds`);
  const timer = setTimeout(() => deadline.abort(late), timeouts.total);
  const ending = signal === undefined ? deadline.signal : AbortSignal.any([signal, deadline.signal]);
  try {
    return await followRedirects(request, timeouts.head, ending);
  } catch (error) {
    ending.throwIfAborted();
    throw networkFailure(error, request.url.host);
  } finally {
    clearTimeout(timer);
  }
}

async function followRedirects(
  { url: first, etag }: RegistryRequest,
  patience: number,
  signal: AbortSignal,
): Promise<FetchedRegistry> {
  let url = first;
  for (let redirects = 0; ; redirects += 1) {
    if (!isSafeUrl(url)) {
      const shown = `${url.protocol}//${url.host}`;
      throw new DownloadFailure(`${shown} is not asked: only https is, and http of this machine`);
    }
    const incoming = await ask(url, { etag, patience, signal });
    try {
      const target = redirectTarget(incoming, url);
      if (target === undefined) return await readAnswer(incoming, url.host, { etag, signal });
      if (redirects === MOST_REDIRECTS) {
        throw new DownloadFailure(`${first.host} redirects more than ${MOST_REDIRECTS} times`);
      }
      url = target;
    } finally {
      incoming.destroy();
    }
  }
}

interface Asking {
  readonly etag: string | undefined;
  readonly patience: number;
  readonly signal: AbortSignal;
}

function ask(url: URL, { etag, patience, signal }: Asking): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const proxy: ProxyRoute | undefined = proxyRoute(url);
  const whom = proxy === undefined ? url.host : `${url.host} or the proxy ${proxy.host}`;
  const client = process.getBuiltinModule(url.protocol === "https:" ? "node:https" : "node:http");
  const headers = {
    "user-agent": "ai-cli",
    accept: "application/json, text/plain;q=0.9, */*;q=0.1",
    "accept-encoding": "gzip, deflate, br",
    ...(etag === undefined ? {} : { "if-none-match": etag }),
  };
  // Without an agent each request has a connection of its own, which is closed with it.
  const outgoing = client.request(url, { headers, signal, agent: proxy?.agent ?? false });
  const late = new DownloadFailure(`no answer from ${whom} within ${patience / 1000} seconds`);
  const timer = setTimeout(() => outgoing.destroy(late), patience);
  outgoing.on("response", (incoming) => {
    clearTimeout(timer);
    resolve(incoming);
  });
  outgoing.on("error", (error) => reject(networkFailure(error, whom)));
  outgoing.on("close", () => {
    clearTimeout(timer);
    // Without an answer or an error by now there will be none.
    reject(networkFailure({ code: "ECONNRESET" }, whom));
  });
  outgoing.end();
  return promise;
}

async function readAnswer(
  incoming: IncomingMessage,
  host: string,
  { etag, signal }: { readonly etag: string | undefined; readonly signal: AbortSignal },
): Promise<FetchedRegistry> {
  const { statusCode = 0, headers } = incoming;
  if (statusCode === 304 && etag !== undefined) return { status: "not-modified" };
  if (statusCode !== 200) throw new DownloadFailure(refusalOf(statusCode, host));
  return { status: "fresh", text: await readBody(incoming, host, signal), etag: headers.etag };
}

function refusalOf(status: number, host: string): string {
  if (status === 404 || status === 410) return `${host} has no such file (HTTP ${status})`;
  if (status === 401 || status === 403) return `${host} does not give it without a login (HTTP ${status})`;
  if (status === 429) return `${host} is asked too often at present (HTTP 429)`;
  if (status === 511) return "this network wants you to log in first, in a browser (HTTP 511)";
  return `${host} answered with ${status >= 500 ? "an error of its own" : "something unexpected"} (HTTP ${status})`;
}
