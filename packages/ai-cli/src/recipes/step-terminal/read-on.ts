import { closeSync, constants, openSync } from "node:fs";
import { copyInBackground, runTool } from "../system-tool.ts";
import type { Pty } from "./open-pty.ts";

/**
 * Leaves a process behind that goes on reading what a terminal shows, as long as anybody has it open: what steps have left
 * running would lose it otherwise.
 * @param log an open file that it is added to
 */
export function readOn(pty: Pty, log: number): void {
  try {
    const terminal = openTerminal(pty.name);
    // As programs write them, not as a terminal wants them.
    runTool("stty", ["-onlcr"], terminal);
    closeSync(terminal);
  } catch {
    // Then line breaks in the log are those of a terminal.
  }
  pty.drain();
  pty.pause();
  copyInBackground(pty.descriptor, log);
}

/** Opens a terminal by its name, without making it this program's own. @throws the system's error */
export function openTerminal(name: string): number {
  return openSync(name, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
}
