import { constants } from "node:os";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * What Ctrl-C, and being told to end, does to a command. Until `listen` is called it ends the process at once, even
 * one that a plug-in's module keeps busy; from then on it aborts `signal`, so that the work can clean up. At a second
 * time, or when the work has not ended within the grace time, the process ends.
 */
export class Interruption {
  readonly #controller = new AbortController();
  readonly #grace: number | undefined;
  readonly signal = this.#controller.signal;
  /** 128 + n for the signal n that came. */
  exitCode = 128 + constants.signals.SIGINT;

  /** @param grace how long the work may take to end, in milliseconds; undefined for as long as it takes */
  constructor(grace?: number) {
    this.#grace = grace;
  }

  /** From here on there is something to clean up. */
  listen(): void {
    for (const signal of SIGNALS) if (!process.listeners(signal).includes(this.#stop)) process.on(signal, this.#stop);
  }

  readonly #stop = (signal: NodeJS.Signals): void => {
    if (this.signal.aborted) process.exit(this.exitCode);
    this.exitCode = 128 + constants.signals[signal];
    this.#controller.abort(new D0ttinoError("interrupted", "Interrupted."));
    if (this.#grace !== undefined) setTimeout(() => process.exit(this.exitCode), this.#grace).unref();
  };
}
