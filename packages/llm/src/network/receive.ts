import type { IncomingMessage } from "node:http";
import type { DownloadOptions } from "./download-options.ts";
import { DownloadFailure } from "./download-failure.ts";
import type { Coming } from "./judge-answer.ts";
import type { OpenDownload } from "./open-download.ts";
import { PartFile } from "./part-file.ts";
import { notePartialDownload, removePartialDownload } from "./partial-download.ts";

/** Where a body goes. */
interface Destination {
  readonly url: URL;
  readonly part: string;
  /** How long nothing may come, in milliseconds. */
  readonly silence: number;
  readonly options: DownloadOptions;
}

/**
 * Writes a body as it comes. Of an old part nothing is lost before the first bytes look right.
 * @throws DownloadFailure; D0ttinoError `io-failed`
 */
export async function receive(opened: OpenDownload & Coming, destination: Destination): Promise<void> {
  const { host, start, total } = opened;
  const { options } = destination;
  let file: PartFile | undefined;
  let held = Buffer.alloc(0);
  try {
    for await (const chunk of bodyOf(opened, destination.silence)) {
      let bytes = chunk;
      if (file === undefined) {
        held = bytes = Buffer.concat([held, chunk]);
        if (start === 0 && held.length < HEAD) continue;
        await look(opened, held, options);
        file = await PartFile.open(destination.part, start);
        note(opened, destination);
      }
      if (total !== undefined && file.size + bytes.length > total) {
        removePartialDownload(destination.part);
        throw new DownloadFailure(`${host} sends more than the ${total} bytes that the file has`);
      }
      await file.write(bytes);
      options.onProgress?.({ done: file.size, total });
    }
    const size = file?.size ?? start + held.length;
    if (total !== undefined && size < total) throw broken(host);
    // So little is no such file, and why is said as of any other.
    if (file === undefined && start === 0) await look(opened, held, options);
  } finally {
    await file?.close();
  }
}

/** How many bytes a file is recognised by. */
const HEAD = 4;

async function look(
  { host, start, total }: OpenDownload & Coming,
  head: Buffer,
  options: DownloadOptions,
): Promise<void> {
  const wrong = start === 0 ? options.checkStart(head.subarray(0, HEAD)) : undefined;
  if (wrong !== undefined) throw new DownloadFailure(`what ${host} sends ${wrong}`);
  await options.onStart?.({ done: start, total });
}

/** Says what a part is of once its old bytes are gone, never before. */
function note({ start, total, etag }: OpenDownload & Coming, { url, part }: Destination): void {
  if (start === 0) notePartialDownload(part, { url, etag, bytes: total });
}

async function* bodyOf(
  { incoming, host }: { incoming: IncomingMessage; host: string },
  silence: number,
): AsyncGenerator<Buffer> {
  const quiet = new DownloadFailure(`nothing came from ${host} for ${silence / 1000} seconds`);
  const timer = setTimeout(() => incoming.destroy(quiet), silence);
  try {
    for await (const chunk of incoming) {
      yield chunk as Buffer;
      timer.refresh();
    }
  } catch (error) {
    throw error === quiet ? quiet : broken(host, error);
  } finally {
    clearTimeout(timer);
  }
}

function broken(host: string, cause?: unknown): DownloadFailure {
  return new DownloadFailure(`the connection to ${host} broke in mid-download`, { isBroken: true, cause });
}
