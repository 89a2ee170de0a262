import { closeSync, constants, openSync, rmSync, writeSync } from "node:fs";
import { Socket } from "node:net";
import { join } from "node:path";
import { runTool } from "../system-tool.ts";
import { HOST_PIPES } from "./host-script.ts";

/** Two named pipes, one to the host of a pseudo-terminal and one from it. */
export class ControlPipes {
  readonly #files: readonly string[];
  readonly #to: number;
  readonly #from: Socket;
  #isClosed = false;

  /**
   * Makes the pipes.
   * @param folder where, absolute
   * @throws the system's error, also where there are no named pipes
   */
  constructor(folder: string) {
    this.#files = HOST_PIPES.map((name) => join(folder, name));
    this.hide();
    runTool("mkfifo", ["-m", "600", ...this.#files]);
    // Opened for both, they wait for nobody and have no end.
    const [to = 0, from = 0] = this.#files.map((file) => openSync(file, constants.O_RDWR | constants.O_NONBLOCK));
    this.#to = to;
    this.#from = new Socket({ fd: from, readable: true, writable: false });
  }

  /** Takes what the host tells. */
  listen(take: (text: string) => void): void {
    this.#from.setEncoding("utf8").on("data", take);
  }

  /** @throws the system's error */
  tell(text: string): void {
    writeSync(this.#to, text);
  }

  /** Removes their names, when the host has opened them. */
  hide(): void {
    for (const file of this.#files) rmSync(file, { force: true });
  }

  /** @returns false when they were closed before */
  close(): boolean {
    if (this.#isClosed) return false;
    this.#isClosed = true;
    this.#from.destroy();
    closeSync(this.#to);
    return true;
  }
}
