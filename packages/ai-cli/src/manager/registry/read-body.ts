import type { IncomingMessage } from "node:http";
import { PassThrough, type Duplex } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { DownloadFailure } from "@d0ttino/llm/network/download-failure";
import { LARGEST_REGISTRY, strictUtf8 } from "./strict-utf8.ts";

const DECODERS: Readonly<Record<string, () => Duplex>> = {
  identity: () => new PassThrough(),
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * Reads the text of an answer. No more is unpacked than a registry may be large.
 * @throws DownloadFailure, the error of a broken connection, and the reason of the signal
 */
export async function readBody(incoming: IncomingMessage, host: string, signal: AbortSignal): Promise<string> {
  const coding = (incoming.headers["content-encoding"] ?? "identity").trim().toLowerCase();
  const decoder = Object.hasOwn(DECODERS, coding) ? DECODERS[coding] : undefined;
  if (decoder === undefined) {
    throw new DownloadFailure(`${host} sends it in a compressed form that was not asked for`);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  await pipeline(
    incoming,
    decoder(),
    async (pieces: AsyncIterable<Buffer>) => {
      for await (const piece of pieces) {
        size += piece.length;
        if (size > LARGEST_REGISTRY) {
          throw new DownloadFailure(`${host} sends more than the ${LARGEST_REGISTRY / 1024 / 1024} MiB of a registry`);
        }
        chunks.push(piece);
      }
    },
    { signal },
  );
  const text = strictUtf8(Buffer.concat(chunks));
  if (text === undefined) throw new DownloadFailure(`what ${host} sends is not UTF-8 text`);
  if (/^\uFEFF?\s*</.test(text)) {
    const why = "perhaps the login page of this network, or a page about the file in place of the file";
    throw new DownloadFailure(`${host} sends a web page, ${why}`);
  }
  return text;
}
