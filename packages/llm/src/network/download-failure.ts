/** Why a download came to nothing. The message is the cause alone, a part of a sentence, for callers to complete. */
export class DownloadFailure extends Error {
  override readonly name = "DownloadFailure";
  /** Whether the connection broke, so that the rest may come over another. */
  readonly isBroken: boolean;

  constructor(message: string, options: { isBroken?: boolean; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.isBroken = options.isBroken ?? false;
  }
}
