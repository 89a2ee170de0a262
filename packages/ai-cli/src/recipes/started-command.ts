import { constants } from "node:os";
import type { Ending, RunInterruption } from "./run-interruption.ts";

/** How a command ended, as far as its starter knows. */
export type CommandEnd =
  | { readonly kind: "exit"; readonly code: number }
  | { readonly kind: "signal"; readonly name: NodeJS.Signals }
  /** It never began. */
  | { readonly kind: "failure"; readonly reason: string }
  /** It was cut off from what it ran in. */
  | { readonly kind: "lost"; readonly reason: string };

/** A command that runs. */
export interface StartedCommand {
  /** Never rejects. */
  readonly end: Promise<CommandEnd>;
  /** Sends a signal to it and all that it has started, unless it has ended. */
  signal(name: NodeJS.Signals): void;
}

/** How a step ended. */
export interface StepEnd {
  /** 128 + n for a signal n. */
  readonly exitCode: number;
  /** Why, where the code does not say it. */
  readonly reason?: string;
}

/** The exit code of a command that took too long, as timeout(1) has it. */
const TIMED_OUT = 124;
const CANNOT_RUN = 126;
/** How long a step has to end by one signal before the next is sent, in milliseconds. */
const KILL_AFTER = 2000;
/** What Node's timers can wait for, in milliseconds; with more they would not wait at all. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** How a command ended that could not be started. */
export function cannotRun(reason: string): StepEnd {
  return { exitCode: CANNOT_RUN, reason: `it could not be started: ${reason}` };
}

/**
 * Waits for the end of a command, and ends it when it takes too long or is interrupted for good.
 * @param timeout in seconds
 */
export async function watchCommand(
  command: StartedCommand,
  timeout: number | undefined,
  interruption: RunInterruption | undefined,
): Promise<StepEnd> {
  let isLate = false;
  let isOver = false;
  const end = ([signal, ...others]: Ending): void => {
    if (isOver || signal === undefined) return;
    command.signal(signal);
    setTimeout(() => end(others), KILL_AFTER).unref();
  };
  const giveUp = (): void => {
    isLate = true;
    end(["SIGTERM", "SIGKILL"]);
  };
  const timer = timeout === undefined ? undefined : setTimeout(giveUp, Math.min(timeout * 1000, LONGEST_TIMER));
  const forget = interruption?.onEnding(end);
  const ended = await command.end;
  isOver = true;
  clearTimeout(timer);
  forget?.();
  return isLate ? { exitCode: TIMED_OUT, reason: `it took longer than ${timeout} seconds` } : stepEnd(ended);
}

function stepEnd(ended: CommandEnd): StepEnd {
  if (ended.kind === "exit") return { exitCode: ended.code };
  if (ended.kind === "failure") return cannotRun(ended.reason);
  const [name, reason] =
    ended.kind === "signal"
      ? ([ended.name, `it was ended by ${ended.name}`] as const)
      : (["SIGHUP", ended.reason] as const);
  return { exitCode: 128 + constants.signals[name], reason };
}
