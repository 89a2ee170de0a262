import { readdirSync, readFileSync } from "node:fs";
import { runTool } from "../system-tool.ts";

/** How much later than its own beginning a process may be known to have begun, in milliseconds. */
const CLOCKS = 2000;

/**
 * Whether the process that had an id at some time still runs; another may have been given its id since.
 * @param at when it was already running
 */
export function isStillRunning(pid: number, at: Date): boolean {
  try {
    const started = process.platform === "linux" ? startOnLinux(pid) : startByPs(pid);
    return started !== undefined && started <= at.getTime() + CLOCKS;
  } catch {
    return false;
  }
}

/**
 * Whether a process runs that has a text in its arguments, but for this one; where that cannot be told, it is taken to.
 */
export function isSomebodyCalledWith(text: string): boolean {
  if (process.platform !== "linux") return true;
  return readdirSync("/proc").some((name) => {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) return false;
    try {
      return readFileSync(`/proc/${name}/cmdline`, "latin1").includes(text);
    } catch {
      return false;
    }
  });
}

/** What Linux counts start times in: hundredths of a second, whatever the kernel's own clock is. */
const TICK = 10;

function startOnLinux(pid: number): number | undefined {
  const text = readFileSync(`/proc/${pid}/stat`, "latin1");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  // It has ended, and its parent has not asked for it yet.
  if (fields[0] === "Z" || fields[0] === "X") return undefined;
  const boot = /^btime (\d+)$/m.exec(readFileSync("/proc/stat", "latin1"))?.[1];
  return Number(boot) * 1000 + Number(fields[19]) * TICK;
}

function startByPs(pid: number): number {
  const text = runTool("ps", ["-o", "lstart=", "-p", String(pid)]);
  return Date.parse(text.trim());
}
