import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { sh } from "@d0ttino/plugin-sdk";
import type { StepObject } from "@d0ttino/plugin-sdk";
import type { Shell } from "./shell.ts";
import { JOB } from "./step-terminal/host-script.ts";
import { carriedOn, readState, readVariables, savingScript, writeVariables, type Surroundings } from "./step-script.ts";

/** The files in a run's folder that tell of the step that was started last; the name of this one is in its arguments. */
export const BEGUN = "begun";
const LEFT = "left";
const LONG_STEP = "step";
/** The variables that an earlier step's shell has left, for the next to compare with. */
const KNOWN = "variables";

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
  for (const name of [BEGUN, LEFT, LONG_STEP, KNOWN, JOB]) rmSync(join(folder, name), { force: true });
}

const BASH = /^(?:.*\/)?bash$/;

/** What a POSIX shell is given to run a step's command so that it leaves its traces. */
export function tracingArguments(command: string, { name }: Shell, folder: string): string[] {
  const isLong = Buffer.byteLength(command) > LONGEST_ARGUMENT;
  const long = join(folder, LONG_STEP);
  if (isLong) writeFileSync(long, command, { mode: 0o600 });
  const known = BASH.test(name) ? join(folder, KNOWN) : undefined;
  const script = `${sh`printf %s "$$" >|${join(folder, BEGUN)}`}; ${savingScript(join(folder, LEFT), known)}`;
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
    const env = state?.variables.env ?? readVariables(readFileSync(join(folder, KNOWN), "utf8").split("\0"))?.env;
    if (state === undefined || env === undefined) return undefined;
    const { exitCode, isWhole, cwd } = state;
    return { exitCode, isWhole, next: carriedOn(place, step, began(step, place), { cwd, env }) };
  } catch {
    return undefined;
  }
}

/** Keeps the variables that a step's shell has left, so that the next need not tell them when they are the same. */
export function keepVariables(step: StepObject, folder: string): void {
  // Bash does not tell of others, and so could not see that they are gone.
  if (!Object.keys(step.env ?? {}).every((name) => IDENTIFIER.test(name))) return;
  try {
    const { text, env } = readState(readFileSync(join(folder, LEFT)))?.variables ?? {};
    if (!text || env === undefined) return;
    rmSync(join(folder, KNOWN), { force: true });
    writeFileSync(join(folder, KNOWN), writeVariables({ text, env }), { mode: 0o600 });
  } catch {
    // Then the next one tells.
  }
}

const IDENTIFIER = /^[A-Za-z_]\w*$/;

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
