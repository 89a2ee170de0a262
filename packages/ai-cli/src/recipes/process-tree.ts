import { readdirSync, readFileSync } from "node:fs";
import { runTool } from "./system-tool.ts";

/** A running process and what has started it. */
interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
}

/**
 * A process and all that descend from it, ancestors first. What has outlived its parent is not found.
 * @param depth how many generations are left out
 */
function processTree(root: number, depth = 0): number[] {
  const rows = allProcesses();
  const childrenOf = (parents: readonly number[]): number[] =>
    rows.filter(({ parent }) => parents.includes(parent)).map(({ pid }) => pid);
  let tree = [root];
  for (let generation = 0; generation < depth; generation += 1) tree = childrenOf(tree);
  for (const one of tree) tree.push(...childrenOf([one]));
  return tree;
}

/** Sends a signal to a process and all that descend from it; what has ended meanwhile is left out. */
export function signalTree(root: number, signal: NodeJS.Signals): void {
  signalAll(() => processTree(root), signal);
}

/** Sends a signal to all that descend from the children of a process: neither to it nor to them. */
export function signalGrandchildren(root: number, signal: NodeJS.Signals): void {
  signalAll(() => processTree(root, 2), signal);
}

/** Sends a signal to the process groups that the children of a process lead. */
export function signalChildGroups(root: number, signal: NodeJS.Signals): void {
  for (const pid of childrenOf(root)) send(-pid, signal);
}

/** What a process has started itself and has not ended. */
export function childrenOf(root: number): number[] {
  return allProcesses()
    .filter(({ parent }) => parent === root)
    .map(({ pid }) => pid);
}

function signalAll(list: () => number[], signal: NodeJS.Signals): void {
  if (signal === "SIGKILL") stopAll(list);
  for (const pid of list()) send(pid, signal);
}

/** What stands still starts nothing that would escape. */
function stopAll(list: () => number[]): void {
  const stopped = new Set<number>();
  for (;;) {
    const moving = list().filter((pid) => !stopped.has(pid));
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
