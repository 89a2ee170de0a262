import { CallWatch, type WatchedMethod } from "./call-watch.ts";
import { ContractViolation } from "./contract-violation.ts";
import { excerpt } from "../excerpt.ts";
import type { Check } from "./run-checks.ts";
import { runtimeProcess } from "./runtime-process.ts";

// Test runners put their own console in place, which does not lead to stdout.
const CONSOLE_METHODS = ["log", "info", "debug"] as const;

/** Notes what is written to stdout. */
export const standardOutput = new CallWatch(() => {
  const stdout = runtimeProcess()?.stdout;
  const methods: WatchedMethod[] = CONSOLE_METHODS.map((name) => [console, name]);
  return stdout === undefined ? methods : [[stdout, "write"], ...methods];
});

/**
 * The check that nothing was written to stdout.
 *
 * @param written the values of each write, filled while the other checks run
 */
export function writesNothing(written: readonly (readonly unknown[])[]): Check {
  return {
    name: "writes nothing to stdout",
    always: true,
    run: async () => {
      const [first] = written;
      if (first === undefined) return undefined;
      throw new ContractViolation({
        expected: "stdout left alone, because it carries the answer that the user pipes on",
        happened: `this was written to it: ${excerpt(first[0])}`,
        advice: "write to stderr, for example with console.error, or not at all.",
      });
    },
  };
}
