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
  #isRaw = false;

  constructor() {
    this.saved = isTerminal.stdin ? attempt(() => runTool("stty", ["-g"], "inherit").trim()) : "";
  }

  /** Lets everything that is typed and shown pass as it is. */
  passEverything(): void {
    if (!this.#isRaw) process.on("exit", this.#restore);
    this.#isRaw = true;
    attempt(() => runTool("stty", ["raw", "-echo"], "inherit"));
    setLineBreak("\r\n");
  }

  /** Puts it back as it was. */
  restore(): void {
    if (this.#isRaw) process.off("exit", this.#restore);
    this.#isRaw = false;
    setLineBreak("\n");
    this.#restore();
  }

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
