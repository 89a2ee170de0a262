import { CallWatch, type WatchedMethod } from "./call-watch.ts";
import { runtimeProcess } from "./runtime-process.ts";

// Every asynchronous start ends in `ChildProcess.prototype.spawn`; each of these is a way of its own.
const SYNCHRONOUS = ["spawnSync", "execSync", "execFileSync"];

/** Notes which processes are started, where the runtime can start any. */
export const startedProcesses = new CallWatch(
  () => {
    const module = runtimeProcess()?.getBuiltinModule?.("node:child_process");
    if (module === undefined) return [];
    const methods: WatchedMethod[] = SYNCHRONOUS.map((name) => [module, name]);
    return [[module.ChildProcess.prototype, "spawn"], ...methods];
  },
  // For those who have imported them by name.
  () => runtimeProcess()?.getBuiltinModule?.("node:module").syncBuiltinESMExports(),
);

/** The program in the values that one of the watched methods was called with. */
export function programOf([first]: readonly unknown[]): unknown {
  return typeof first === "object" && first !== null && "file" in first ? first.file : first;
}
