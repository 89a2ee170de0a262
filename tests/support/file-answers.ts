import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { until } from "./fault-server.ts";

/** How a file is served. */
export interface Serving {
  readonly etag?: string;
  /** After so many bytes of the file nothing more comes, and the answer stays open. */
  readonly holdAt?: number;
  /** Or the connection is closed in such a way, once something is so. */
  readonly thenClose?: "reset" | "end";
  readonly isArrived?: () => boolean;
}

/** Answers a request for a file as servers of files do: the rest of it when the asked-for version is this one. */
export function serveFile(
  response: ServerResponse,
  { headers }: { readonly headers: IncomingHttpHeaders },
  file: Buffer,
  { etag = '"v1"', holdAt, isArrived = () => true, thenClose }: Serving = {},
): void {
  const asked = Number(/^bytes=(\d+)-$/.exec(headers.range ?? "")?.[1] ?? Number.NaN);
  const from = headers["if-range"] === etag && asked < file.length ? asked : 0;
  const range = from === 0 ? {} : { "content-range": `bytes ${from}-${file.length - 1}/${file.length}` };
  response.writeHead(from === 0 ? 200 : 206, { etag, "content-length": file.length - from, ...range });
  response.flushHeaders();
  if (holdAt === undefined) {
    response.end(file.subarray(from));
    return;
  }
  response.write(file.subarray(from, holdAt));
  if (thenClose !== undefined) void closeOnce(isArrived, response, thenClose);
}

/** What has not been read when a connection breaks is lost. */
async function closeOnce(isSo: () => boolean, { socket }: ServerResponse, how: "reset" | "end"): Promise<void> {
  await until(isSo);
  if (how === "reset") socket?.resetAndDestroy();
  else socket?.end();
}
