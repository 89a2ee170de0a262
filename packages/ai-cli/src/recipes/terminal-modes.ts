import { isTerminal } from "../terminal/terminal.ts";
import { runTool } from "./system-tool.ts";

/** Remembers the state of the terminal, and gives what puts it back; without a terminal both do nothing. */
export function saveTerminalModes(): () => void {
  if (!isTerminal.stdin) return () => {};
  try {
    const modes = runTool("stty", ["-g"], "inherit").trim();
    return () => attempt(() => runTool("stty", [modes], "inherit"));
  } catch {
    return () => {};
  }
}

function attempt(work: () => unknown): void {
  try {
    work();
  } catch {
    // The terminal is gone, or will not have it.
  }
}
