import type { Program } from "../table/program.ts";
import { PROGRAM_LINES } from "./program-lines.ts";

/** The line of each name; where there are several, the last one counts. */
const LINES = new Map<string, string>();
for (const line of PROGRAM_LINES.split("\n")) {
  const names = line.slice(0, line.indexOf("\t")).split(" ");
  for (let at = 0; at < names.length; at++) LINES.set(names[at] as string, line);
}

const PARSED = new Map<string, Program>();

/** What the table knows of a program. */
export function findProgram(name: string): Program | undefined {
  const line = LINES.get(name);
  if (line === undefined) return undefined;
  let program = PARSED.get(line);
  if (program === undefined) PARSED.set(line, (program = JSON.parse(line.slice(line.indexOf("\t"))) as Program));
  return program;
}

/** Whether the table, or the shell itself, knows a program. */
export function isProgram(name: string): boolean {
  return LINES.has(name);
}
