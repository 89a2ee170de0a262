import type { IncomingMessage } from "node:http";
import { DownloadFailure } from "./download-failure.ts";

/**
 * Where an answer sends to, or undefined when it is no redirect. From https to http, and to anything else than the two,
 * none is followed.
 * @throws DownloadFailure
 */
export function redirectTarget({ statusCode = 0, headers }: IncomingMessage, from: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(statusCode)) return undefined;
  const { location } = headers;
  if (location === undefined || !URL.canParse(location, from.href)) {
    throw new DownloadFailure(`${from.host} redirects without saying where to`);
  }
  const target = new URL(location, from.href);
  if (target.protocol !== "https:" && (target.protocol !== "http:" || from.protocol === "https:")) {
    const [here, there] = [from, target].map(({ protocol }) => protocol.slice(0, -1));
    throw new DownloadFailure(`${from.host} redirects from ${here} to ${there}, which is not followed`);
  }
  // Node would send them as a key.
  target.username = "";
  target.password = "";
  return target;
}
