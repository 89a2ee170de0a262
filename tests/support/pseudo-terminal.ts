import { constants } from "node:os";
import { stripVTControlCharacters } from "node:util";
import { spawn } from "@lydell/node-pty";
import { cliCommand, type RunOptions } from "./run-cli.ts";

export interface TerminalOptions extends Omit<RunOptions, "stdin"> {
  /** How wide the terminal is, in characters. */
  readonly columns?: number;
  /** A script for `sh` that runs the CLI as `"$@"`; without it the CLI is alone at the terminal. */
  readonly script?: string;
  /** TERM. */
  readonly type?: string;
}

interface TerminalEnd {
  /** Null when a signal ended the process. */
  readonly code: number | null;
  readonly signal: string | null;
}

/** A real pseudo-terminal with the real CLI in it. */
export interface PseudoTerminal {
  readonly pid: number;
  readonly end: Promise<TerminalEnd>;
  /** All that was shown so far, without colours and with plain line breaks. */
  text(): string;
  /** The same as it came. */
  raw(): string;
  /** Types at the terminal, for example `y`, `\r` for Enter or `\u0003` for Ctrl-C. */
  type(keys: string): void;
  /**
   * Waits until the terminal shows a text behind the one that was last waited for, and gives all that came up to its
   * end. Rejects when the CLI ends without it.
   */
  shows(text: string): Promise<string>;
  resize(columns: number): void;
}

const ROWS = 50;

/** Starts the CLI at a pseudo-terminal that is its controlling one, so that keys become signals as for a person. */
export function openTerminal(args: readonly string[], options: TerminalOptions = {}): PseudoTerminal {
  const { columns = 100, timeout = 60_000, script, type = "xterm-256color" } = options;
  const command = cliCommand(args, options);
  const [file, ...rest] =
    script === undefined
      ? [command.file, ...command.args]
      : ["/bin/sh", "-c", script, "sh", command.file, ...command.args];
  const { cwd } = command;
  const child = spawn(file, rest, { name: type, cols: columns, rows: ROWS, cwd, env: command.env });

  let raw = "";
  let seen = 0;
  let ended: TerminalEnd | undefined;
  const waiting = new Set<() => void>();
  const look = (): void => {
    for (const one of waiting) one();
  };
  const text = (): string => stripVTControlCharacters(raw).replaceAll("\r\n", "\n");
  child.onData((data) => {
    raw += data;
    look();
  });
  const timer = setTimeout(() => child.kill("SIGKILL"), timeout);
  const end = new Promise<TerminalEnd>((resolve) => {
    child.onExit(({ exitCode, signal }) => {
      clearTimeout(timer);
      const name = Object.entries(constants.signals).find(([, number]) => number === signal)?.[0];
      ended = name === undefined ? { code: exitCode, signal: null } : { code: null, signal: name };
      look();
      resolve(ended);
    });
  });
  const shows = (wanted: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const one = (): void => {
        const at = text().indexOf(wanted, seen);
        if (at !== -1) {
          const from = seen;
          seen = at + wanted.length;
          resolve(text().slice(from, seen));
        } else if (ended === undefined) {
          return;
        } else {
          const how = `code ${ended.code}, signal ${ended.signal}`;
          reject(new Error(`the CLI ended (${how}) without showing ${JSON.stringify(wanted)}: ${text().slice(seen)}`));
        }
        waiting.delete(one);
      };
      waiting.add(one);
      one();
    });
  return {
    pid: child.pid,
    end,
    text,
    raw: () => raw,
    type: (keys) => child.write(keys),
    shows,
    resize: (to) => child.resize(to, ROWS),
  };
}
