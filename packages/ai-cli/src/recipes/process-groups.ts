import { readFileSync } from "node:fs";
import { runTool } from "./system-tool.ts";

/** The process group of a process, and the one that is in the foreground of its terminal. */
export interface ProcessGroups {
  readonly own: number;
  readonly foreground: number;
}

/** @throws the system's error when there is no such process */
export function processGroups(pid: number): ProcessGroups {
  const [own, foreground] = process.platform === "linux" ? groupsOnLinux(pid) : groupsByPs(pid);
  return { own: Number(own), foreground: Number(foreground) };
}

/** Whether keys come here. A program in the background is stopped when it changes the terminal's modes. */
export function isInForeground(): boolean {
  try {
    const { own, foreground } = processGroups(process.pid);
    return own === foreground;
  } catch {
    return false;
  }
}

function groupsOnLinux(pid: number): (string | undefined)[] {
  const text = readFileSync(`/proc/${pid}/stat`, "latin1");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return [fields[2], fields[5]];
}

function groupsByPs(pid: number): string[] {
  return runTool("ps", ["-o", "pgid=,tpgid=", "-p", String(pid)])
    .trim()
    .split(/\s+/);
}
