import { closeSync } from "node:fs";
import { askTerminalSize, onTerminalSize, takeTyping } from "../../terminal/terminal.ts";
import { processGroups } from "../process-groups.ts";
import { childrenOf } from "../process-tree.ts";
import { runTool } from "../system-tool.ts";
import type { TerminalModes } from "../terminal-modes.ts";
import { interruptByte, mayInterrupt } from "./interrupt-byte.ts";
import type { Pty } from "./open-pty.ts";
import { openTerminal } from "./read-on.ts";

/**
 * The way between the person's terminal and a pseudo-terminal while a step runs there: what is typed goes in, byte by
 * byte, and the size of the one is that of the other. What is shown comes out by itself.
 */
export class Passage {
  readonly #pty: Pty;
  readonly #modes: TerminalModes;
  readonly #stop: () => void;
  #close: (() => void)[] = [];
  /** Whether anything was typed since this was last denied. */
  hasTyped = false;

  /** @param stop stops what runs there, when this program is told to stand still */
  constructor(pty: Pty, modes: TerminalModes, stop: () => void) {
    this.#pty = pty;
    this.#modes = modes;
    this.#stop = stop;
  }

  /** Makes the person's terminal ready to show what programs write; what is typed stays in it. */
  open(): void {
    const begin = (): void => {
      this.#modes.passEverything();
      askTerminalSize();
    };
    this.#close = [onTerminalSize(() => this.#pty.fit())];
    begin();
    const signals = { SIGCONT: begin, SIGTSTP: this.#stop };
    for (const [signal, listener] of Object.entries(signals)) {
      process.on(signal, listener);
      this.#close.push(() => process.off(signal, listener));
    }
  }

  /** Takes what is typed from here on, and what has been typed since the passage was opened. */
  letTyping(): void {
    this.#close.push(takeTyping((bytes) => this.#type(bytes)));
  }

  /** The person's terminal is again as it was. */
  close(): void {
    for (const close of this.#close.splice(0)) close();
    this.#modes.restore();
  }

  #type(bytes: Buffer): void {
    this.hasTyped = true;
    const presses = bytes.some(mayInterrupt) ? this.#interruptsIn(bytes) : 0;
    this.#pty.write(bytes);
    for (let press = 0; press < presses; press += 1) process.emit("SIGINT", "SIGINT");
  }

  /**
   * How often the person presses the key that interrupts the step. It does not where a program has taken that meaning from
   * it, or has put something else in the foreground, as a shell does.
   */
  #interruptsIn(bytes: Buffer): number {
    const { pid, name } = this.#pty;
    try {
      const terminal = openTerminal(name);
      try {
        const wanted = interruptByte(runTool("stty", ["-a"], terminal));
        const count = bytes.filter((byte) => byte === wanted).length;
        return count > 0 && childrenOf(pid).includes(processGroups(pid).foreground) ? count : 0;
      } finally {
        closeSync(terminal);
      }
    } catch {
      return 0;
    }
  }
}
