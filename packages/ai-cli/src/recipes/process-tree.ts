import { readdirSync, readFileSync } from "node:fs";
import { runTool } from "./system-tool.ts";

/** A running process and what has started it. */
interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
}

/** A process and all that descend from it, ancestors first. What has outlived its parent is not found. */
function processTree(root: number): number[] {
  const rows = allProcesses();
  const tree = [root];
  for (const one of tree) for (const { pid, parent } of rows) if (parent === one) tree.push(pid);
  return tree;
}

/** Sends a signal to a process and all that descend from it; what has ended meanwhile is left out. */
export function signalTree(root: number, signal: NodeJS.Signals): void {
  if (signal === "SIGKILL") stopTree(root);
  for (const pid of processTree(root)) send(pid, signal);
}

/** What stands still starts nothing that would escape. */
function stopTree(root: number): void {
  const stopped = new Set<number>();
  for (;;) {
    const moving = processTree(root).filter((pid) => !stopped.has(pid));
    if (moving.length === 0) return;
    for (const pid of moving) {
      stopped.add(pid);
      send(pid, "SIGSTOP");
    }
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended, or belongs to another user.
  }
}

function allProcesses(): ProcessRow[] {
  return process.platform === "linux" ? processesOfLinux() : processesByPs();
}

function processesOfLinux(): ProcessRow[] {
  const rows: ProcessRow[] = [];
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const fields = statFields(Number(name));
    if (fields !== undefined) rows.push({ pid: Number(name), parent: Number(fields[1]) });
  }
  return rows;
}

/** The fields of /proc/PID/stat behind the name, which may hold anything: the state, the parent's id, … */
function statFields(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}

function processesByPs(): ProcessRow[] {
  try {
    const text = runTool("ps", ["-A", "-o", "pid=,ppid="]);
    return text
      .trim()
      .split("\n")
      .map((line) => line.trim().split(/\s+/).map(Number))
      .map(([pid = 0, parent = 0]) => ({ pid, parent }));
  } catch {
    return [];
  }
}
