/**
 * The one file that runs commands of recipes.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { resolve } from "node:path";
import type { StepObject } from "@d0ttino/plugin-sdk";
import { allVariables } from "@d0ttino/llm/config/environment";
import { codeOf, messageOf } from "@d0ttino/llm/errors/message-of";
import type { Shell } from "./shell.ts";

/** Where a step runs. */
export interface StepPlace {
  readonly shell: Shell;
  /** The run's directory, absolute. */
  readonly cwd: string;
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

/** Whether a step's guards prove that it is done already. */
export async function isDone(step: StepObject, place: StepPlace): Promise<boolean> {
  const cwd = resolve(place.cwd, step.cwd ?? "");
  if (step.creates !== undefined && existsSync(resolve(cwd, step.creates))) return true;
  if (step.unless === undefined) return false;
  const { exitCode } = await runCommand(step.unless, { ...step, timeout: undefined }, place, () => {});
  return exitCode === 0;
}

/** The exit code of a command that took too long, as timeout(1) has it. */
const TIMED_OUT = 124;
const CANNOT_RUN = 126;
/** How long a step that took too long has to end by itself, in milliseconds. */
const KILL_AFTER = 2000;

function runCommand(
  command: string,
  step: StepObject,
  place: StepPlace,
  onOutput: OutputTaker | undefined,
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
      env: { ...allVariables(), ...step.env },
      stdio: onOutput === undefined ? "inherit" : ["inherit", "pipe", "pipe"],
      signal: place.signal,
      killSignal: "SIGINT",
    });
  } catch (error) {
    return Promise.resolve(cannotRun(codeOf(error) === "E2BIG" ? "it is too long for this system" : messageOf(error)));
  }
  return watch(child, step.timeout, onOutput, cannotRun);
}

function watch(
  child: ChildProcess,
  timeout: number | undefined,
  onOutput: OutputTaker | undefined,
  cannotRun: (reason: string) => StepEnd,
): Promise<StepEnd> {
  const { promise, resolve: finish } = Promise.withResolvers<StepEnd>();
  child.stdout?.on("data", (bytes: Buffer) => onOutput?.("stdout", bytes));
  child.stderr?.on("data", (bytes: Buffer) => onOutput?.("stderr", bytes));
  let late = false;
  const giveUp = (): void => {
    late = true;
    child.kill("SIGTERM");
    setTimeout(() => child.kill("SIGKILL"), KILL_AFTER).unref();
  };
  const timer = timeout === undefined ? undefined : setTimeout(giveUp, timeout * 1000);
  child.on("error", (error) => {
    if (error.name !== "AbortError") finish(cannotRun(messageOf(error)));
  });
  child.on("exit", () => {
    if (!late) return;
    // What the step has started may live on and hold its output open; it is not waited for.
    child.stdout?.destroy();
    child.stderr?.destroy();
  });
  child.on("close", (code, name) => {
    if (late) finish({ exitCode: TIMED_OUT, reason: `it took longer than ${timeout} seconds` });
    else if (name !== null) finish({ exitCode: 128 + constants.signals[name], reason: `it was ended by ${name}` });
    else finish({ exitCode: code ?? 1 });
  });
  return promise.finally(() => clearTimeout(timer));
}
