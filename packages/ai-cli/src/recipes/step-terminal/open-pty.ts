import { readSync } from "node:fs";
import type { IPty } from "@lydell/node-pty";
import { variable } from "@d0ttino/llm/config/environment";
import { codeOf } from "@d0ttino/llm/errors/message-of";
import { terminalSize } from "../../terminal/terminal.ts";
import { keepDescriptor } from "./kept-descriptors.ts";

/** A pseudo-terminal, seen from the side of whoever keeps it. */
export interface Pty {
  /** What was started in it. */
  readonly pid: number;
  /** The open file from which what it shows can be read. */
  readonly descriptor: number;
  /** The file by which programs know it, absolute. */
  readonly name: string;
  /** Types at it. */
  write(bytes: Buffer): void;
  /** Gives it the size of the person's terminal. */
  fit(): void;
  /** Shows what is in it by now. @returns whether anybody still has it open */
  drain(): boolean;
  /** Reads no more. */
  pause(): void;
}

/** What node-pty has besides what its types tell. */
interface UntypedPty extends Omit<IPty, "write" | "onData"> {
  onData(listener: (bytes: Buffer) => void): void;
  write(bytes: Buffer): void;
  readonly fd: number;
  readonly ptsName: string;
  /** `close`: it cannot be read any more. */
  on(event: "close", listener: () => void): void;
}

const USUAL_PATH = "/usr/bin:/bin";
/** As much as can be in it when what has filled it has ended, and more. */
const MOST_HELD = 1 << 20;

/**
 * Starts a program in a new pseudo-terminal, with hardly any variables.
 * @param shown takes what it shows, before more is read
 * @param gone is called when the program has ended, and all has been shown
 * @throws Error when there is no node-pty, or the system gives no pseudo-terminal
 */
export async function openPty(
  file: string,
  args: string[],
  shown: (bytes: Buffer) => void,
  gone: () => void,
): Promise<Pty> {
  const { spawn } = await import("@lydell/node-pty");
  const [cols, rows] = terminalSize();
  const env = { PATH: variable("PATH") ?? USUAL_PATH, TERM: variable("TERM") };
  const pty = spawn(file, args, { cols, rows, cwd: "/", env, encoding: null }) as unknown as UntypedPty;
  pty.onData(shown);
  pty.onExit(gone);
  const letGo = keepDescriptor(pty.fd);
  let isClosed = false;
  pty.on("close", () => {
    isClosed = true;
    letGo();
  });
  const chunk = Buffer.allocUnsafe(1 << 16);
  return {
    pid: pty.pid,
    descriptor: pty.fd,
    name: pty.ptsName,
    write: (bytes) => pty.write(bytes),
    pause: () => pty.pause(),
    fit() {
      const [columns, rows] = terminalSize();
      try {
        if (columns !== pty.cols || rows !== pty.rows) pty.resize(columns, rows);
      } catch {
        // It has just been closed.
      }
    },
    drain() {
      if (isClosed) return false;
      for (let held = 0; held < MOST_HELD;) {
        try {
          const count = readSync(pty.fd, chunk);
          if (count === 0) return false;
          shown(Buffer.from(chunk.subarray(0, count)));
          held += count;
        } catch (error) {
          return codeOf(error) === "EAGAIN";
        }
      }
      return true;
    },
  };
}
