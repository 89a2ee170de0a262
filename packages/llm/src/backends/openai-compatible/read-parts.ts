import { BackendError } from "@d0ttino/plugin-sdk/host";
import type { StreamPart } from "@d0ttino/plugin-sdk/host";
import type { ClientSettings, Timeouts } from "./client-options.ts";
import type { CompletionReader } from "./completion-reader.ts";
import type { AnswerBody } from "./exchange.ts";

/**
 * The parts of an answer, those that come together in one batch. What came before a failure comes before it here too.
 * @param started when the request was made, as `performance.now` says
 * @throws BackendError
 */
export async function* readParts(
  body: AnswerBody,
  reader: CompletionReader,
  { timeouts, largestAnswer }: ClientSettings,
  started: number,
): AsyncGenerator<StreamPart[], undefined> {
  const patience = patienceWith(reader, timeouts, started);
  let size = 0;
  while (!reader.isDone) {
    const parts: StreamPart[] = [];
    let failure: { readonly error: unknown } | undefined;
    try {
      const bytes = await body.read(patience());
      size += bytes?.length ?? 0;
      if (bytes === undefined) reader.end(parts);
      else reader.push(bytes, parts);
      if (size > largestAnswer) throw tooLarge(largestAnswer);
    } catch (error) {
      failure = { error };
    }
    // What breaks after the reason for the end takes nothing from the answer.
    if (failure !== undefined && reader.isFinished && isBreak(failure.error)) {
      failure = undefined;
      reader.finish(parts);
    }
    if (parts.length > 0) yield parts;
    if (failure !== undefined) throw failure.error;
  }
}

/** How long the next bytes may take, in milliseconds. Only once the answer has begun is any byte a sign of life. */
function patienceWith(reader: CompletionReader, timeouts: Timeouts, started: number): () => number {
  let finished: number | undefined;
  return () => {
    if (reader.isFinished) {
      finished ??= performance.now();
      return Math.max(1, finished + timeouts.afterFinish - performance.now());
    }
    return reader.began ? timeouts.silence : Math.max(1, started + timeouts.firstToken - performance.now());
  };
}

function isBreak(error: unknown): boolean {
  return error instanceof BackendError && ["network", "timeout", "truncated"].includes(error.kind);
}

function tooLarge(bytes: number): BackendError {
  const size = bytes < 1024 * 1024 ? `${bytes} bytes` : `${Math.round(bytes / 1024 / 1024)} MiB`;
  return new BackendError(`the answer is larger than ${size}`, { kind: "malformed" });
}
