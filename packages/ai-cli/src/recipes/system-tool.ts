import { spawn, spawnSync } from "node:child_process";
import { allVariables } from "@d0ttino/llm/config/environment";

/**
 * Runs one of the system's own small tools, and waits for it.
 * @param input what it reads: nothing, the program's own input, which may be the terminal, or an open file
 * @returns what it prints
 * @throws Error when it is not there or fails
 */
export function runTool(
  file: string,
  args: readonly string[],
  input: "ignore" | "inherit" | number = "ignore",
): string {
  const { error, status, stdout } = spawnSync(file, args, {
    stdio: [input, "pipe", "ignore"],
    encoding: "utf8",
    env: { ...allVariables(), LC_ALL: "C" },
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${file} ended with exit code ${status}`);
  return stdout;
}

/** Leaves a process behind that writes what can be read from one open file into another, until it ends. */
export function copyInBackground(from: number, to: number): void {
  spawn("/bin/cat", { stdio: [from, to, "ignore"], detached: true })
    .on("error", () => {})
    .unref();
}
