import { isTerminal, setLineBreak } from "../terminal/terminal.ts";
import { isInForeground } from "./process-groups.ts";
import { runTool } from "./system-tool.ts";

/**
 * How the person's terminal treats what is typed and shown. Without a terminal, and in the background, nothing is
 * changed.
 */
export class TerminalModes {
  /** Those that it had, as `stty -g` tells them; empty when they are not known. */
  readonly saved: string;
  #isPassing = false;
  #soon: NodeJS.Immediate | undefined;

  constructor() {
    this.saved = isTerminal.stdin ? attempt(() => runTool("stty", ["-g"], "inherit").trim()) : "";
  }

  /** Whether everything passes, if only until it is put back soon. */
  get isPassing(): boolean {
    return this.#isPassing;
  }

  /** Lets everything that is typed and shown pass as it is, after the program has been stopped and continued as well. */
  passEverything(): void {
    clearImmediate(this.#soon);
    this.#soon = undefined;
    if (this.#isPassing) return;
    this.#isPassing = true;
    process.on("exit", this.#restore).on("SIGCONT", this.#pass);
    this.#pass();
    setLineBreak("\r\n");
  }

  /**
   * Puts it back as it was unless everything is to pass again before the program waits for anything: setting the modes
   * takes as long as a short step does.
   */
  restoreSoon(): void {
    this.#soon ??= setImmediate(() => this.restore());
  }

  /** Puts it back as it was, whatever has changed it. */
  restore(): void {
    clearImmediate(this.#soon);
    this.#soon = undefined;
    this.#isPassing = false;
    process.off("exit", this.#restore).off("SIGCONT", this.#pass);
    setLineBreak("\n");
    this.#restore();
  }

  readonly #pass = (): void => {
    attempt(() => runTool("stty", ["raw", "-echo"], "inherit"));
  };

  readonly #restore = (): void => {
    if (this.saved !== "" && isInForeground()) attempt(() => runTool("stty", [this.saved], "inherit"));
  };
}

/** Gives nothing when the terminal is gone, or will not have it. */
function attempt(work: () => string): string {
  try {
    return work();
  } catch {
    return "";
  }
}
