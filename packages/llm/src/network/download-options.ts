/** How far a download is, in bytes. */
export interface Progress {
  readonly done: number;
  /** Undefined when nobody says. */
  readonly total: number | undefined;
}

/** What a server may take its time for, in milliseconds. */
export interface DownloadTimeouts {
  /** To connect and send the head of its answer. */
  readonly answer: number;
  /** Between two pieces. */
  readonly silence: number;
}

/** How a file is downloaded. */
export interface DownloadOptions {
  readonly signal: AbortSignal;
  /** The size that the file must have. */
  readonly bytes?: number | undefined;
  readonly timeouts?: DownloadTimeouts | undefined;
  /** Looks at the first four bytes, or at fewer when there are no more; says what is wrong with them. */
  checkStart(bytes: Buffer): string | undefined;
  /** Called when the file begins to come, with what is here already. What it throws ends the download. */
  onStart?: ((progress: Progress) => Promise<void>) | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
}
