import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { sh } from "@d0ttino/plugin-sdk";
import type { StepObject } from "@d0ttino/plugin-sdk";
import type { Shell } from "./shell.ts";
import { JOB } from "./step-terminal/host-script.ts";
import { carriedOn, readState, savingScript, type Surroundings } from "./step-script.ts";

/** The files in a run's folder that tell of the step that was started last; the name of this one is in its arguments. */
export const BEGUN = "begun";
const LEFT = "left";
const LONG_STEP = "step";

/** A step's text that is longer does not fit into an argument everywhere, in bytes. */
const LONGEST_ARGUMENT = 120_000;

/**
 * Forgets the step before, so that what is found then is of the next. What a shell writes only its owner can read. New
 * files take the place of the old: emptying one that was just written makes some file systems write it to the disk.
 */
export function clearTraces(folder: string): void {
  for (const name of [BEGUN, LEFT]) {
    rmSync(join(folder, name), { force: true });
    writeFileSync(join(folder, name), "", { mode: 0o600 });
  }
}

/** Removes what only the run itself needs: the variables of its last step are among it. */
export function removeTraces(folder: string): void {
  for (const name of [BEGUN, LEFT, LONG_STEP, JOB]) rmSync(join(folder, name), { force: true });
}

/** What a POSIX shell is given to run a step's command so that it leaves its traces. */
export function tracingArguments(command: string, { name }: Shell, folder: string): string[] {
  const isLong = Buffer.byteLength(command) > LONGEST_ARGUMENT;
  const long = join(folder, LONG_STEP);
  if (isLong) writeFileSync(long, command, { mode: 0o600 });
  const script = `${sh`printf %s "$$" >|${join(folder, BEGUN)}`}; ${savingScript(join(folder, LEFT))}`;
  return [script, name, isLong ? sh`. ${long}` : command];
}

/** What a step's shell has left, seen from where the step began. */
export interface LeftState {
  readonly exitCode: number;
  /** False when the shell left by `exit` or a signal, which it does not tell apart. */
  readonly isWhole: boolean;
  readonly next: Surroundings;
}

/** What the shell of the step that was started last has left, when it came to its end. */
export function stateLeft(step: StepObject, place: Surroundings, folder: string): LeftState | undefined {
  try {
    const state = readState(readFileSync(join(folder, LEFT)));
    if (state === undefined) return undefined;
    const { exitCode, isWhole } = state;
    return { exitCode, isWhole, next: carriedOn(place, step, began(step, place), state) };
  } catch {
    return undefined;
  }
}

/** The shell of the step that was started last, when it has begun. */
export function begunShell(folder: string): { readonly pid: number; readonly at: Date } | undefined {
  try {
    const file = join(folder, BEGUN);
    const pid = Number(readFileSync(file, "utf8"));
    return Number.isSafeInteger(pid) && pid > 0 ? { pid, at: statSync(file).mtime } : undefined;
  } catch {
    return undefined;
  }
}

/** The directory and the variables that a step begins with. */
export function began(step: StepObject, place: Surroundings): Surroundings {
  const cwd = resolve(place.cwd, step.cwd ?? "");
  return { cwd, env: { ...place.env, PWD: cwd, ...step.env } };
}
