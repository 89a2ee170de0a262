import { runtimeProcess } from "./runtime-process.ts";

/** Tells what was started by some work from what others do meanwhile. */
export interface AsyncScope {
  run<T>(work: () => T): T;
  /** Whether the caller was, directly or not, started by `run`. */
  isInside(): boolean;
}

/** A new scope. Where the runtime cannot follow asynchronous work, everything counts as inside. */
export function asyncScope(): AsyncScope {
  const hooks = runtimeProcess()?.getBuiltinModule?.("node:async_hooks");
  if (hooks === undefined) return { run: (work) => work(), isInside: () => true };
  const storage = new hooks.AsyncLocalStorage<true>();
  return { run: (work) => storage.run(true, work), isInside: () => storage.getStore() === true };
}
