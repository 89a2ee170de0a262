import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";

/**
 * What Ctrl-C does to a command. Until `listen` is called it ends the process at once, even one that a plug-in's
 * module keeps busy; from then on it aborts `signal`, so that the work can clean up. At a second Ctrl-C, or when the
 * work has not ended within the grace time, the process ends.
 */
export class Interruption {
  readonly #controller = new AbortController();
  readonly #grace: number | undefined;
  readonly signal = this.#controller.signal;

  /** @param grace how long the work may take to end, in milliseconds; undefined for as long as it takes */
  constructor(grace?: number) {
    this.#grace = grace;
  }

  /** From here on there is something to clean up. */
  listen(): void {
    if (process.listeners("SIGINT").includes(this.#stop)) return;
    process.on("SIGINT", this.#stop);
  }

  readonly #stop = (): void => {
    if (this.signal.aborted) process.exit(130);
    this.#controller.abort(new D0ttinoError("interrupted", "Interrupted."));
    if (this.#grace !== undefined) setTimeout(() => process.exit(130), this.#grace).unref();
  };
}
