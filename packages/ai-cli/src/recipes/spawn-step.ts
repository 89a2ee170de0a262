/**
 * The one file that runs commands of recipes.
 */
import { spawn, type ChildProcess, type StdioOptions } from "node:child_process";
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { join, resolve } from "node:path";
import { sh } from "@d0ttino/plugin-sdk";
import type { StepObject } from "@d0ttino/plugin-sdk";
import { codeOf, messageOf } from "@d0ttino/llm/errors/message-of";
import { signalTree } from "./process-tree.ts";
import type { Ending, RunInterruption } from "./run-interruption.ts";
import type { OutputTaker, StepStreams } from "./run-output.ts";
import type { Shell } from "./shell.ts";
import { carriedOn, readState, savingScript, type Surroundings } from "./step-script.ts";

/** Where a step runs. */
export interface StepPlace extends Surroundings {
  readonly shell: Shell;
  /** The directory that the steps before have left, absolute. */
  readonly cwd: string;
  /** The variables that the steps before have left. */
  readonly env: Readonly<NodeJS.ProcessEnv>;
  /** Aborted when the run is interrupted. */
  readonly signal: AbortSignal;
}

/** What the steps of one run share. */
export interface StepRunner {
  /** The run's own folder, absolute. */
  readonly folder: string;
  readonly interruption: RunInterruption;
}

/** How a step ended. */
export interface StepEnd {
  /** 128 + n for a signal n. */
  readonly exitCode: number;
  /** Why, where the code does not say it. */
  readonly reason?: string;
}

/** A step's end, and where the next one begins. */
export interface StepLeft {
  readonly end: StepEnd;
  readonly next: Surroundings;
}

/** The files in a run's folder that tell of the step that was started last; the name of this one is in its arguments. */
export const BEGUN = "begun";
const LEFT = "left";
const LONG_STEP = "step";

/** A step's text that is longer does not fit into an argument everywhere, in bytes. */
const LONGEST_ARGUMENT = 120_000;

/** Forgets the step before, so that what is found then is of the next. What a shell writes only its owner can read. */
export function clearTraces(folder: string): void {
  for (const name of [BEGUN, LEFT]) writeFileSync(join(folder, name), "", { mode: 0o600 });
}

/** Removes what only the run itself needs: the variables of its last step are among it. */
export function removeTraces(folder: string): void {
  for (const name of [BEGUN, LEFT, LONG_STEP]) rmSync(join(folder, name), { force: true });
}

/** Runs a step's command, exactly as it was shown. Never rejects. */
export async function spawnStep(
  step: StepObject,
  place: StepPlace,
  runner: StepRunner,
  streams: StepStreams,
): Promise<StepLeft> {
  const { shell } = place;
  const end = await runCommand(
    shell.isPosix ? carryingArguments(step.run, shell, runner.folder) : [step.run],
    step,
    place,
    ["inherit", ...streams.stdio],
    runner.interruption,
    streams.taker,
  );
  return { end, next: stateLeft(step, place, runner.folder)?.next ?? place };
}

function carryingArguments(command: string, { name }: Shell, folder: string): string[] {
  const isLong = Buffer.byteLength(command) > LONGEST_ARGUMENT;
  const long = join(folder, LONG_STEP);
  if (isLong) writeFileSync(long, command, { mode: 0o600 });
  const script = `${sh`printf %s "$$" >|${join(folder, BEGUN)}`}; ${savingScript(join(folder, LEFT))}`;
  return [script, name, isLong ? sh`. ${long}` : command];
}

/** What the shell of the step that was started last has left, when it came to its end. */
export function stateLeft(
  step: StepObject,
  place: Surroundings,
  folder: string,
): { readonly exitCode: number; readonly isWhole: boolean; readonly next: Surroundings } | undefined {
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

function began(step: StepObject, place: Surroundings): Surroundings {
  const cwd = resolve(place.cwd, step.cwd ?? "");
  return { cwd, env: { ...place.env, PWD: cwd, ...step.env } };
}

/** Runs a command at the terminal, for the person and not as a step of the run. Never rejects. */
export function runAtTerminal(command: string, place: StepPlace): Promise<StepEnd> {
  return runCommand([command], { run: command }, place, "inherit", undefined);
}

/** Whether what a step creates is there already. */
export function createsWhatIsThere(step: StepObject, place: StepPlace): boolean {
  return step.creates !== undefined && existsSync(resolve(place.cwd, step.cwd ?? "", step.creates));
}

/** How long a guard may take when its step has no limit, in seconds. */
const GUARD_TIMEOUT = 60;

/** Whether a step's own guard says that it is done: `unless` is run, without a terminal, and succeeds. */
export async function isDone(step: StepObject, place: StepPlace, { interruption }: StepRunner): Promise<boolean> {
  if (step.unless === undefined) return false;
  const guard = { ...step, timeout: step.timeout ?? GUARD_TIMEOUT };
  const { exitCode } = await runCommand([step.unless], guard, place, "ignore", interruption);
  return exitCode === 0;
}

/**
 * Gives the person a shell of their own at the terminal, where the next step would run. It resolves when they leave it,
 * whatever its exit code is.
 */
export function openShell({ shell, cwd, env }: StepPlace): Promise<void> {
  const { promise, resolve: finish } = Promise.withResolvers<void>();
  const args = shell.isPosix ? shell.args.slice(0, -1) : [];
  const child = spawn(shell.file, args, { cwd, env: { ...env, PWD: cwd }, stdio: "inherit" });
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
  args: readonly string[],
  step: StepObject,
  place: StepPlace,
  stdio: StdioOptions,
  interruption: RunInterruption | undefined,
  taker?: OutputTaker,
): Promise<StepEnd> {
  const { cwd, env } = began(step, place);
  const cannotRun = (reason: string): StepEnd => ({
    exitCode: CANNOT_RUN,
    reason: `it could not be started: ${reason}`,
  });
  // Node would blame the shell for a folder that is missing.
  if (!existsSync(cwd)) return Promise.resolve(cannotRun(`there is no folder ${cwd}`));
  let child: ChildProcess;
  try {
    child = spawn(place.shell.file, [...place.shell.args, ...args], { cwd, env, stdio });
  } catch (error) {
    return Promise.resolve(cannotRun(codeOf(error) === "E2BIG" ? "it is too long for this system" : messageOf(error)));
  }
  child.stdout?.on("data", (bytes: Buffer) => taker?.("stdout", bytes));
  child.stderr?.on("data", (bytes: Buffer) => taker?.("stderr", bytes));
  return watch(child, step.timeout, interruption, cannotRun);
}

/** What Node's timers can wait for, in milliseconds; with more they would not wait at all. */
const LONGEST_TIMER = 2 ** 31 - 1;

function watch(
  child: ChildProcess,
  timeout: number | undefined,
  interruption: RunInterruption | undefined,
  cannotRun: (reason: string) => StepEnd,
): Promise<StepEnd> {
  const { promise, resolve: finish } = Promise.withResolvers<StepEnd>();
  let isLate = false;
  const giveUp = (): void => {
    isLate = true;
    endTree(child, ["SIGTERM", "SIGKILL"]);
  };
  const timer = timeout === undefined ? undefined : setTimeout(giveUp, Math.min(timeout * 1000, LONGEST_TIMER));
  const forget = interruption?.onEnding((ending) => endTree(child, ending));
  child.on("error", (error) => finish(cannotRun(messageOf(error))));
  // What the step has started may live on and hold its output open. It is waited for only where pipes are Node's own,
  // which are read to the end when they close.
  const hasPipes = child.stdout !== null || child.stderr !== null;
  child.on("exit", () => {
    if (!hasPipes || (!isLate && interruption?.signal.aborted !== true)) return;
    child.stdout?.destroy();
    child.stderr?.destroy();
  });
  child.on(hasPipes ? "close" : "exit", (code: number | null, name: NodeJS.Signals | null) => {
    if (isLate) finish({ exitCode: TIMED_OUT, reason: `it took longer than ${timeout} seconds` });
    else if (name !== null) finish({ exitCode: 128 + constants.signals[name], reason: `it was ended by ${name}` });
    else finish({ exitCode: code ?? 1 });
  });
  return promise.finally(() => {
    clearTimeout(timer);
    forget?.();
  });
}

/** Sends one signal after the other to the process and all that it has started, until it has ended. */
function endTree(child: ChildProcess, [signal, ...others]: Ending): void {
  if (signal === undefined || child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  signalTree(child.pid, signal);
  setTimeout(() => endTree(child, others), KILL_AFTER).unref();
}
