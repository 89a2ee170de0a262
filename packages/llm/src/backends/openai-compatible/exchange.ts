/** One request. */
export interface Exchange {
  readonly url: URL;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** The answer to a request. Its body must be closed or released. */
export interface ExchangeAnswer {
  readonly status: number;
  /** The value of a header, asked for in lower case. */
  header(name: string): string | undefined;
  readonly body: AnswerBody;
}

/** The bytes of an answer, without any compression. */
export interface AnswerBody {
  /**
   * Everything that has come and not been read yet, or the next that comes. What came before a failure is given
   * before the failure is thrown.
   * @param patience how long to wait for it, in milliseconds
   * @returns undefined at the end
   * @throws BackendError `network`, `timeout`, `malformed` or `aborted`
   */
  read(patience: number): Promise<Uint8Array | undefined>;
  /** Closes the connection at once; a read under way fails. */
  close(): void;
  /** Says that nothing more is wanted. The connection is kept for the next request if the answer ends by itself. */
  release(): void;
}
