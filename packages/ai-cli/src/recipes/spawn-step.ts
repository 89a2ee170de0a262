/**
 * The one file that runs commands of recipes.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { resolve } from "node:path";
import type { StepObject } from "@d0ttino/plugin-sdk";
import { allVariables } from "@d0ttino/llm/config/environment";
import { messageOf } from "@d0ttino/llm/errors/message-of";
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

function runCommand(
  command: string,
  step: StepObject,
  place: StepPlace,
  onOutput: OutputTaker | undefined,
): Promise<StepEnd> {
  const { shell, signal } = place;
  const { promise, resolve: finish } = Promise.withResolvers<StepEnd>();
  const child = spawn(shell.file, [...shell.args, command], {
    cwd: resolve(place.cwd, step.cwd ?? ""),
    env: { ...allVariables(), ...step.env },
    stdio: onOutput === undefined ? "inherit" : ["inherit", "pipe", "pipe"],
    signal,
    killSignal: "SIGINT",
  });
  child.stdout?.on("data", (bytes: Buffer) => onOutput?.("stdout", bytes));
  child.stderr?.on("data", (bytes: Buffer) => onOutput?.("stderr", bytes));
  let late = false;
  const timer =
    step.timeout === undefined
      ? undefined
      : setTimeout(() => {
          late = true;
          child.kill("SIGTERM");
          setTimeout(() => child.kill("SIGKILL"), 2000).unref();
        }, step.timeout * 1000);
  child.on("error", (error) => {
    if (error.name !== "AbortError")
      finish({ exitCode: CANNOT_RUN, reason: `it could not be started: ${messageOf(error)}` });
  });
  child.on("close", (code, name) => {
    if (late) finish({ exitCode: TIMED_OUT, reason: `it took longer than ${step.timeout} seconds` });
    else if (name !== null) finish({ exitCode: 128 + constants.signals[name], reason: `it was ended by ${name}` });
    else finish({ exitCode: code ?? 1 });
  });
  return promise.finally(() => clearTimeout(timer));
}
