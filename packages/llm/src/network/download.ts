import type { DownloadOptions, DownloadTimeouts } from "./download-options.ts";
import { DownloadFailure } from "./download-failure.ts";
import { judgeAnswer } from "./judge-answer.ts";
import { openDownload } from "./open-download.ts";
import { partialDownload, removePartialDownload } from "./partial-download.ts";
import { receive } from "./receive.ts";

const TIMEOUTS: DownloadTimeouts = { answer: 5000, silence: 30_000 };

/**
 * Downloads a file into a part, going on from what is there of the same version. A connection that breaks is made a
 * second time. When it fails the part stays for the next time, except where it is of no use.
 * @returns whether some of it was there before
 * @throws DownloadFailure; D0ttinoError `io-failed` when it cannot be written; the reason of the signal
 */
export async function download(url: URL, part: string, options: DownloadOptions): Promise<{ resumed: boolean }> {
  const first = partialDownload(part, url);
  const resumed = first !== undefined;
  if (first !== undefined && first.from === first.bytes) return { resumed };
  let [breaks, restarts] = [0, 0];
  for (;;) {
    try {
      const isWhole = await attempt(url, part, options);
      // Of a body without a length nothing else tells that it was left.
      options.signal.throwIfAborted();
      if (isWhole) return { resumed };
      removePartialDownload(part);
      restarts += 1;
      if (restarts > 1) throw new DownloadFailure(`${url.host} sends neither the whole file nor the rest of it`);
    } catch (error) {
      options.signal.throwIfAborted();
      if (!(error instanceof DownloadFailure) || !error.isBroken || breaks > 0) throw error;
      breaks += 1;
    }
  }
}

/** @returns whether the file is whole; if not, it has to start over */
async function attempt(url: URL, part: string, options: DownloadOptions): Promise<boolean> {
  const { signal, timeouts = TIMEOUTS } = options;
  const resume = partialDownload(part, url);
  const opened = await openDownload({ url, resume, signal, patience: timeouts.answer });
  try {
    const coming = judgeAnswer(opened, resume);
    if (coming === "start-over") return false;
    const { total = options.bytes } = coming;
    if (options.bytes !== undefined && total !== options.bytes) {
      throw new DownloadFailure(`${opened.host} offers a file of ${total} bytes in place of one of ${options.bytes}`);
    }
    await receive({ ...opened, ...coming, total }, { url, part, silence: timeouts.silence, options });
    return true;
  } finally {
    opened.incoming.destroy();
  }
}
