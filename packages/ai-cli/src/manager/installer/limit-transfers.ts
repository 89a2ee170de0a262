import { subscribe } from "node:diagnostics_channel";
import type { ClientRequest, IncomingMessage } from "node:http";

/** What may come of one answer, in bytes as they are sent: of the list of a package's versions, and of a tarball. */
const LARGEST_LIST = 128 * 2 ** 20;
const LARGEST_TARBALL = 2 * 2 ** 30;

/** What has to come within the time that npm's setting `fetch-timeout` gives a silent server, in bytes. */
const LEAST = 64 * 1024;

let waits: number | undefined;

/**
 * Breaks off what the registry of npm sends when it does not end or only drips; npm's own libraries would take it
 * for as long as it comes, and into memory.
 * @param timeout npm's setting, in milliseconds; 0 for as long as it takes
 */
export function limitTransfers(timeout: number): void {
  if (waits === undefined) subscribe("http.client.response.finish", watch);
  waits = timeout;
}

function watch(message: unknown): void {
  const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
  const kind = request.getHeader("pacote-req-type");
  if (kind === undefined) return;
  const largest = kind === "tarball" ? LARGEST_TARBALL : LARGEST_LIST;
  let [total, recent] = [0, 0];
  const stop = (code: string, what: string): void => {
    clearInterval(timer);
    response.destroy(Object.assign(new Error(what), { code }));
  };
  const timer = setInterval(
    () => {
      if (recent < LEAST && !response.isPaused()) stop("ETIMEDOUT", "too slow");
      recent = 0;
    },
    waits || 2 ** 31 - 1,
  ).unref();
  const push = response.push.bind(response);
  response.push = (chunk: Buffer | null, encoding) => {
    const length = chunk?.length ?? 0;
    [total, recent] = [total + length, recent + length];
    if (chunk === null || total <= largest) return push(chunk, encoding);
    stop("EENDLESS", "too large");
    return false;
  };
  response.once("close", () => clearInterval(timer));
}
