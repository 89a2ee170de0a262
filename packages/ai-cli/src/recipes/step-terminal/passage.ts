import { closeSync } from "node:fs";
import { askTerminalSize, onTerminalSize, takeTyping } from "../../terminal/terminal.ts";
import { processGroups } from "../process-groups.ts";
import { childrenOf } from "../process-tree.ts";
import { runTool } from "../system-tool.ts";
import type { TerminalModes } from "../terminal-modes.ts";
import type { Pty } from "./open-pty.ts";
import { openTerminal } from "./read-on.ts";
import { maySignal, signalKeys, type SignalKeys } from "./signal-keys.ts";

const NO_KEYS: SignalKeys = { interrupt: undefined, suspend: undefined };

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
  /** Whether the person has pressed the key that suspends, and the step has not stopped yet. */
  isToStop = false;

  /** @param stop stops what runs there, when this program is told to stand still */
  constructor(pty: Pty, modes: TerminalModes, stop: () => void) {
    this.#pty = pty;
    this.#modes = modes;
    this.#stop = stop;
  }

  /** Makes the person's terminal ready to show what programs write; what is typed stays in it. */
  open(): void {
    this.#modes.passEverything();
    this.#close = [onTerminalSize(() => this.#pty.fit())];
    askTerminalSize();
    const signals = { SIGCONT: askTerminalSize, SIGTSTP: this.#stop };
    for (const [signal, listener] of Object.entries(signals)) {
      process.on(signal, listener);
      this.#close.push(() => process.off(signal, listener));
    }
  }

  /** Takes what is typed from here on, and what has been typed since the passage was opened. */
  letTyping(): void {
    this.#close.push(takeTyping((bytes) => this.#type(bytes)));
  }

  /** Takes nothing any more. The caller puts the person's terminal back as it was. */
  close(): void {
    for (const close of this.#close.splice(0)) close();
  }

  #type(bytes: Buffer): void {
    this.hasTyped = true;
    const { interrupt, suspend } = bytes.some(maySignal) && this.#isForStep() ? this.#signalKeys() : NO_KEYS;
    this.#pty.write(bytes);
    if (bytes.some((byte) => byte === suspend)) this.isToStop = true;
    for (const byte of bytes) if (byte === interrupt) process.emit("SIGINT", "SIGINT");
  }

  /**
   * Whether keys reach the step, or the host because it has just ended. They do not when a shell in the step has put
   * something else in the foreground.
   */
  #isForStep(): boolean {
    const { pid } = this.#pty;
    try {
      // Asked in this order, a step that ends meanwhile is not taken for something else.
      const groups = [pid, ...childrenOf(pid)];
      return groups.includes(processGroups(pid).foreground);
    } catch {
      return false;
    }
  }

  /** What keys mean at this moment, as far as the program that runs has left it to them. */
  #signalKeys(): SignalKeys {
    try {
      const terminal = openTerminal(this.#pty.name);
      try {
        return signalKeys(runTool("stty", ["-a"], terminal));
      } finally {
        closeSync(terminal);
      }
    } catch {
      return NO_KEYS;
    }
  }
}
