import { constants } from "node:os";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** How a step is ended: the signals that its processes get, one after the other, until they have ended. */
export type Ending = readonly NodeJS.Signals[];

/**
 * What Ctrl-C, and being told to end, does to a run. Either way no further step runs. At a terminal Ctrl-C reaches the
 * step itself, which may take its time; the third one kills it with all that it has started. Any other signal is passed
 * on, and what does not end by it is killed. Until `listen` is called the process ends at once.
 */
export class RunInterruption {
  readonly #controller = new AbortController();
  readonly #isAtTerminal: () => boolean;
  readonly #tell: (message: string) => void;
  readonly #endings = new Set<(ending: Ending) => void>();
  #presses = 0;
  readonly signal = this.#controller.signal;
  /** 128 + n for the signal n that came first. */
  exitCode = 128 + constants.signals.SIGINT;
  /** What code of the recipe has thrown while a step was running, and nobody has caught. */
  failure: unknown;

  constructor(isAtTerminal: () => boolean, tell: (message: string) => void) {
    this.#isAtTerminal = isAtTerminal;
    this.#tell = tell;
  }

  /** From here on there is something to clean up. */
  listen(): void {
    for (const signal of SIGNALS) if (!process.listeners(signal).includes(this.#stop)) process.on(signal, this.#stop);
  }

  /** Ends the step that is running, because the program cannot go on. */
  readonly fail = (error: unknown): void => {
    if (this.signal.aborted) return;
    this.failure = error;
    this.#controller.abort(error);
    this.#end(["SIGTERM", "SIGKILL"]);
  };

  /** Ends the step that is running when the process is about to: there is no time to wait for it. */
  readonly abandon = (): void => {
    this.#end(["SIGTERM"]);
  };

  /** Calls back when a step has to be ended by force. @returns what ends this */
  onEnding(listener: (ending: Ending) => void): () => void {
    this.#endings.add(listener);
    return () => this.#endings.delete(listener);
  }

  readonly #stop = (signal: NodeJS.Signals): void => {
    const isFirst = !this.signal.aborted;
    if (isFirst) {
      this.exitCode = 128 + constants.signals[signal];
      this.#controller.abort(new D0ttinoError("interrupted", "Interrupted."));
    }
    this.#presses += 1;
    if (this.#endings.size === 0) {
      // Nothing runs that had to be ended first, and whoever decides has had the chance to give up.
      if (!isFirst) process.exit(this.exitCode);
    } else if (this.#isAtTerminal() && signal === "SIGINT") {
      if (this.#presses >= 3) this.#end(["SIGKILL"]);
      else this.#tell(this.#presses === 1 ? "Waiting for the step to end." : "Ctrl-C once more kills it.");
    } else {
      this.#end(isFirst ? [signal, "SIGTERM", "SIGKILL"] : ["SIGKILL"]);
    }
  };

  #end(ending: Ending): void {
    for (const listener of this.#endings) listener(ending);
  }
}
