import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import { connectionFailure } from "./connection-failure.ts";
import { DownloadFailure } from "./download-failure.ts";
import { redirectTarget } from "./redirect-target.ts";
import { proxyRoute, type ProxyRoute } from "./proxy-route.ts";

const MOST_REDIRECTS = 5;

/** What is asked of a server. */
export interface DownloadRequest {
  readonly url: URL;
  /** What is here already: so many bytes, of this version of the file. */
  readonly resume: { readonly from: number; readonly etag: string } | undefined;
  readonly signal: AbortSignal;
  /** How long a server may take to connect and send the head of its answer, in milliseconds. */
  readonly patience: number;
}

/** An answer whose body is still to be read. An abort ends its connection at once. */
export interface OpenDownload {
  readonly incoming: IncomingMessage;
  /** Who answered, behind all redirects. */
  readonly host: string;
}

/**
 * Asks for a file, or for the rest of it, and waits for the head of the answer. Redirects are followed, from https to
 * http never. No key is sent.
 * @throws DownloadFailure, and the reason of the signal
 */
export async function openDownload(request: DownloadRequest): Promise<OpenDownload> {
  let { url } = request;
  for (let redirects = 0; ; redirects += 1) {
    const incoming = await ask(url, request);
    const target = redirectTarget(incoming, url);
    if (target === undefined) return { incoming, host: url.host };
    incoming.destroy();
    if (redirects === MOST_REDIRECTS) {
      throw new DownloadFailure(`${request.url.host} redirects more than ${MOST_REDIRECTS} times`);
    }
    url = target;
  }
}

function ask(url: URL, { resume, signal, patience }: DownloadRequest): Promise<IncomingMessage> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const proxy = routeTo(url);
  const whom = proxy === undefined ? url.host : `${url.host} or the proxy ${proxy.host}`;
  const client = process.getBuiltinModule(url.protocol === "https:" ? "node:https" : "node:http");
  const headers: OutgoingHttpHeaders = {
    "user-agent": "ai-cli",
    "accept-encoding": "identity",
    ...(resume === undefined ? {} : { range: `bytes=${resume.from}-`, "if-range": resume.etag }),
  };
  // Without an agent each request has a connection of its own, which is closed with it.
  const outgoing = client.request(url, { headers, agent: proxy?.agent ?? false });
  const stop = (): void => void outgoing.destroy();
  signal.addEventListener("abort", stop);
  const late = new DownloadFailure(`no answer from ${whom} within ${patience / 1000} seconds`);
  const timer = setTimeout(() => outgoing.destroy(late), patience);
  outgoing.on("response", (incoming) => {
    clearTimeout(timer);
    resolve(incoming);
  });
  outgoing.on("error", (error) => reject(signal.aborted ? signal.reason : networkFailure(error, whom)));
  outgoing.on("close", () => {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
    // Without an answer or an error by now there will be none.
    reject(signal.aborted ? signal.reason : networkFailure({ code: "ECONNRESET" }, whom));
  });
  outgoing.end();
  return promise;
}

/** A failure of Node's network code in the words of this project. */
export function networkFailure(error: unknown, whom: string): DownloadFailure {
  return error instanceof DownloadFailure
    ? error
    : new DownloadFailure(connectionFailure(error, whom).message, { cause: error });
}

function routeTo(url: URL): ProxyRoute | undefined {
  try {
    return proxyRoute(url);
  } catch (error) {
    throw networkFailure(error, url.host);
  }
}
