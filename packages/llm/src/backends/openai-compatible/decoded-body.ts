import type { IncomingMessage } from "node:http";
import type { Readable, Transform } from "node:stream";
import { BackendError } from "@d0ttino/plugin-sdk/host";

/**
 * The body without the compression that some servers apply although none was asked for.
 * @throws BackendError `malformed` for a compression that is not known
 */
export function decoded(incoming: IncomingMessage): Readable {
  const encoding = incoming.headers["content-encoding"]?.trim().toLowerCase() ?? "";
  if (encoding === "identity" || encoding === "") return incoming;
  const decoder = decoderFor(encoding);
  if (decoder === undefined) {
    incoming.destroy();
    throw new BackendError(`the answer is encoded as ${encoding}`, { kind: "malformed" });
  }
  // The decoder still holds tokens when the connection breaks: it is ended, not destroyed.
  incoming.on("error", () => decoder.end());
  return incoming.pipe(decoder);
}

function decoderFor(encoding: string): Transform | undefined {
  const zlib = process.getBuiltinModule("node:zlib");
  // Flushed after every piece, so that tokens do not wait in the decoder; an early end is told by the connection.
  const { Z_SYNC_FLUSH, BROTLI_OPERATION_FLUSH } = zlib.constants;
  if (encoding === "gzip" || encoding === "x-gzip") {
    return zlib.createGunzip({ flush: Z_SYNC_FLUSH, finishFlush: Z_SYNC_FLUSH });
  }
  if (encoding === "deflate") return zlib.createInflate({ flush: Z_SYNC_FLUSH, finishFlush: Z_SYNC_FLUSH });
  if (encoding === "br") {
    return zlib.createBrotliDecompress({ flush: BROTLI_OPERATION_FLUSH, finishFlush: BROTLI_OPERATION_FLUSH });
  }
  return undefined;
}
