/**
 * The one file that runs commands of recipes.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { resolve } from "node:path";
import type { StepObject } from "@d0ttino/plugin-sdk";
import { codeOf, messageOf } from "@d0ttino/llm/errors/message-of";
import type { Shell } from "./shell.ts";

/** Where a step runs. */
export interface StepPlace {
  readonly shell: Shell;
  /** The directory that the steps before have left, absolute. */
  readonly cwd: string;
  /** The variables that the steps before have left. */
  readonly env: Readonly<NodeJS.ProcessEnv>;
  readonly signal: AbortSignal;
}

/** Takes what a step prints; without one the step has the terminal to itself. */
export type OutputTaker = (stream: "stdout" | "stderr", bytes: Buffer) => void;

/** How a step ended. */
export interface StepEnd {
  /** 128 + n for a signal n. */
  readonly exitCode: number;
  /** Why, where the code does not say it. */
  readonly reason?: string;
}

/** Runs a step's command, exactly as it was shown. Never rejects. */
export function spawnStep(step: StepObject, place: StepPlace, onOutput: OutputTaker | undefined): Promise<StepEnd> {
  return runCommand(step.run, step, place, onOutput);
}

/** Whether what a step creates is there already. */
export function createsWhatIsThere(step: StepObject, place: StepPlace): boolean {
  return step.creates !== undefined && existsSync(resolve(place.cwd, step.cwd ?? "", step.creates));
}

/** How long a guard may take when its step has no limit, in seconds. */
const GUARD_TIMEOUT = 60;

/** Whether a step's own guard says that it is done: `unless` is run, without a terminal, and succeeds. */
export async function isDone(step: StepObject, place: StepPlace): Promise<boolean> {
  if (step.unless === undefined) return false;
  const guard = { ...step, timeout: step.timeout ?? GUARD_TIMEOUT };
  const { exitCode } = await runCommand(step.unless, guard, place, () => {}, "ignore");
  return exitCode === 0;
}

/**
 * Gives the person a shell of their own at the terminal, where the next step would run. It resolves when they leave it,
 * whatever its exit code is.
 * @public
 */
export function openShell({ shell, cwd, env }: StepPlace): Promise<void> {
  const { promise, resolve: finish } = Promise.withResolvers<void>();
  const child = spawn(shell.file, { cwd, env, stdio: "inherit" });
  child.on("error", () => finish());
  child.on("close", () => finish());
  return promise;
}

/** The exit code of a command that took too long, as timeout(1) has it. */
const TIMED_OUT = 124;
const CANNOT_RUN = 126;
/** How long a step has to end by one signal before the next is sent, in milliseconds. */
const KILL_AFTER = 2000;

function runCommand(
  command: string,
  step: StepObject,
  place: StepPlace,
  onOutput: OutputTaker | undefined,
  input: "inherit" | "ignore" = "inherit",
): Promise<StepEnd> {
  const cwd = resolve(place.cwd, step.cwd ?? "");
  const cannotRun = (reason: string): StepEnd => ({
    exitCode: CANNOT_RUN,
    reason: `it could not be started: ${reason}`,
  });
  // Node would blame the shell for a folder that is missing.
  if (!existsSync(cwd)) return Promise.resolve(cannotRun(`there is no folder ${cwd}`));
  let child: ChildProcess;
  try {
    child = spawn(place.shell.file, [...place.shell.args, command], {
      cwd,
      env: { ...place.env, ...step.env },
      stdio: onOutput === undefined ? "inherit" : [input, "pipe", "pipe"],
    });
  } catch (error) {
    return Promise.resolve(cannotRun(codeOf(error) === "E2BIG" ? "it is too long for this system" : messageOf(error)));
  }
  return watch(child, { timeout: step.timeout, signal: place.signal, onOutput, cannotRun });
}

interface Watch {
  readonly timeout: number | undefined;
  readonly signal: AbortSignal;
  readonly onOutput: OutputTaker | undefined;
  cannotRun(reason: string): StepEnd;
}

function watch(child: ChildProcess, { timeout, signal, onOutput, cannotRun }: Watch): Promise<StepEnd> {
  const { promise, resolve: finish } = Promise.withResolvers<StepEnd>();
  child.stdout?.on("data", (bytes: Buffer) => onOutput?.("stdout", bytes));
  child.stderr?.on("data", (bytes: Buffer) => onOutput?.("stderr", bytes));
  let late = false;
  const giveUp = (): void => {
    late = true;
    endGently(child, ["SIGTERM", "SIGKILL"]);
  };
  // At a terminal the step gets Ctrl-C itself; this is for one that does not, or does not end by it.
  const abort = (): void => endGently(child, ["SIGINT", "SIGTERM", "SIGKILL"]);
  const timer = timeout === undefined ? undefined : setTimeout(giveUp, timeout * 1000);
  signal.addEventListener("abort", abort);
  child.on("error", (error) => finish(cannotRun(messageOf(error))));
  child.on("exit", () => {
    if (!late && !signal.aborted) return;
    // What the step has started may live on and hold its output open; it is not waited for.
    child.stdout?.destroy();
    child.stderr?.destroy();
  });
  child.on("close", (code, name) => {
    if (late) finish({ exitCode: TIMED_OUT, reason: `it took longer than ${timeout} seconds` });
    else if (name !== null) finish({ exitCode: 128 + constants.signals[name], reason: `it was ended by ${name}` });
    else finish({ exitCode: code ?? 1 });
  });
  return promise.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
  });
}

/** Sends one signal after the other until the process has ended. */
function endGently(child: ChildProcess, signals: readonly NodeJS.Signals[]): void {
  const [signal, ...others] = signals;
  if (signal === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  setTimeout(() => endGently(child, others), KILL_AFTER).unref();
}
