import { runtimeProcess } from "./runtime-process.ts";

type Name = "node:child_process" | "node:fs" | "node:http" | "node:os" | "node:path";

/**
 * A module of Node's own, found where it is used: the SDK imports nothing, so that it can be bundled for any runtime.
 * @throws Error where the runtime has none of that name
 */
export function nodeModule<N extends Name>(name: N): ReturnType<typeof process.getBuiltinModule<N>> {
  const found = runtimeProcess()?.getBuiltinModule?.(name);
  if (found === undefined) throw new Error(`this needs ${name}, which the runtime does not have: run it with Node.js.`);
  return found;
}
