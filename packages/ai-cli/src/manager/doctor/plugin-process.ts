import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { allVariables } from "@d0ttino/llm/config/environment";
import { passedVariables } from "./passed-variables.ts";

/** Where a program runs, and what it sees beside what every process needs. */
interface ProcessPlace {
  /** Absolute; this process's own without it. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Starts one of this package's programs that run code of a plug-in. It sees none of the user's keys, and stands in a group
 * of its own, so that what a module starts ends with it.
 * @param request its one argument, as JSON
 * @param programDir the folder of this program's own package
 */
export function startProgram(
  name: "try-plugin" | "test-plugin",
  request: unknown,
  programDir: string,
  { cwd, env }: ProcessPlace = {},
): ChildProcess {
  const isSource = import.meta.filename.endsWith(".ts");
  const program = isSource
    ? ["--conditions=d0ttino-source", join(programDir, `src/${name}.ts`)]
    : [join(programDir, `dist/${name}.cjs`)];
  return spawn(process.execPath, [...program, JSON.stringify(request)], {
    env: { ...passedVariables(allVariables()), NODE_NO_WARNINGS: "1", ...env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    detached: process.platform !== "win32",
    ...(cwd === undefined ? {} : { cwd }),
  });
}

/** Ends such a process and all that it has started. */
export function endProcess(child: ChildProcess): void {
  try {
    if (child.pid !== undefined && process.platform !== "win32") process.kill(-child.pid, "SIGKILL");
  } catch {
    // Nothing of the group is left.
  }
  child.kill("SIGKILL");
}
