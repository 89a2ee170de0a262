/**
 * The one file of the models that starts other programs.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { allVariables } from "../config/environment.ts";
import { codeOf, messageOf } from "../errors/message-of.ts";
import { DownloadFailure } from "../network/download-failure.ts";

/** How long a program has to end by one signal before it is killed, in milliseconds. */
const KILL_AFTER = 2000;

/** How much of what a program complains of is kept, in characters. */
const MOST_COMPLAINTS = 64 * 1024;

/** How a program is run. */
export interface ProgramOptions {
  readonly signal: AbortSignal;
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a program without a shell and without input, in a process group of its own, which an abort ends as a whole.
 * @throws DownloadFailure when it is not installed or fails, with the last line that it complained in; the reason of
 *   the signal
 */
export function runProgram(file: string, args: readonly string[], { signal, env }: ProgramOptions): Promise<void> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const child = spawn(file, args, {
    detached: process.platform !== "win32",
    env: { ...allVariables(), ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaints = (complaints + text).slice(-MOST_COMPLAINTS);
  });
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    killGroup(child, "SIGTERM");
    timer = setTimeout(() => killGroup(child, "SIGKILL"), KILL_AFTER);
  };
  const kill = (): void => killGroup(child, "SIGKILL");
  signal.addEventListener("abort", stop);
  // The group does not get the signals of our terminal, so nobody else would end it with us.
  process.on("exit", kill);
  child.on("error", (error) => {
    reject(new DownloadFailure(codeOf(error) === "ENOENT" ? `${file} is not installed` : messageOf(error)));
  });
  child.on("exit", () => {
    if (!signal.aborted) return;
    // What it had started may live on, and hold its standard error open.
    kill();
    child.stderr.destroy();
  });
  child.on("close", (code, name) => {
    if (signal.aborted) reject(signal.reason);
    else if (code === 0) resolve();
    else reject(new DownloadFailure(lastComplaint(complaints) ?? `${file} ended by ${name ?? `exit code ${code}`}`));
  });
  return promise.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
    process.off("exit", kill);
  });
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // All of it has ended.
  }
}

/** The last line that says something: pip ends with advice on how to update itself. */
function lastComplaint(complaints: string): string | undefined {
  const lines = complaints.split("\n").map((line) => line.trim());
  const last = lines.findLast((line) => line !== "" && !/^(?:\[notice\]|WARNING:|hint:|note:)/i.test(line));
  return last?.replace(/^ERROR:\s*/, "").replace(/\.$/, "");
}
