import type { CommandEnd } from "../started-command.ts";
import type { LeftState } from "../step-traces.ts";
import { signalOf } from "./host-reports.ts";

/** What is known of a step's shell besides the code that another shell tells of it. */
export interface ShellTraces {
  /** Whether it has begun; undefined when it would not have left a sign of that. */
  readonly hasBegun: boolean | undefined;
  readonly left: LeftState | undefined;
}

/**
 * How a step's shell ended in the pseudo-terminal. A code does not tell whether a signal has ended it or it has ended
 * itself with such a code; in the second case it has left that code behind.
 */
export function endOfShell(end: CommandEnd, { hasBegun, left }: ShellTraces): CommandEnd {
  if (end.kind !== "exit") return end;
  const { code } = end;
  if (hasBegun === false && (code === 126 || code === 127)) {
    return { kind: "failure", reason: "the terminal shows why" };
  }
  const name = signalOf(code);
  if (name === undefined || left?.isWhole === true) return end;
  // Bash that ends by the SIGINT that its child has got leaves the child's code.
  const isOwnCode = left?.exitCode === code && name !== "SIGINT";
  return isOwnCode ? end : { kind: "signal", name };
}
