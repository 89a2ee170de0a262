import type { ModelFetch } from "@d0ttino/llm/models/model-fetch";
import { megabytes } from "@d0ttino/llm/models/megabytes";
import { unfinishedDownload } from "@d0ttino/llm/models/unfinished-download";
import { isTerminal, writeMessage, writeProgress } from "../terminal/terminal.ts";
import { Interruption } from "./interruption.ts";
import { ProgressLine } from "./progress-line.ts";

/**
 * Brings a model while the person sees how far it is. At Ctrl-C they are told how it goes on.
 * @param again the command that goes on, as the beginning of a sentence
 * @throws what the work throws; D0ttinoError `interrupted`
 */
export async function fetchVisibly<T>(
  name: string,
  again: string,
  work: (options: ModelFetch) => Promise<T>,
): Promise<T> {
  const interruption = new Interruption();
  interruption.listen();
  const { signal } = interruption;
  const watched = isTerminal.stderr;
  const line = new ProgressLine(name);
  try {
    return await work({
      signal,
      onNote: writeMessage,
      onStart: ({ from, bytes, done }) => {
        if (watched) return;
        const size = bytes === undefined ? "" : ` (${megabytes(bytes)})`;
        const rest = done === 0 ? "" : `, going on from ${megabytes(done)}`;
        writeMessage(`Downloading ${name}${size} from ${from}${rest}.`);
      },
      onProgress: (progress) => {
        const text = watched ? line.next(progress) : undefined;
        if (text !== undefined) writeProgress(text);
      },
    });
  } catch (error) {
    const done = unfinishedDownload(name);
    if (signal.aborted && done !== undefined) writeMessage(`Interrupted. ${again} goes on from ${megabytes(done)}.`);
    throw error;
  } finally {
    writeProgress("");
  }
}
