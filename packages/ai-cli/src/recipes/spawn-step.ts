/**
 * The one file that runs commands of recipes.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { StepObject } from "@d0ttino/plugin-sdk";
import { codeOf, messageOf } from "@d0ttino/llm/errors/message-of";
import { signalTree } from "./process-tree.ts";
import type { RunInterruption } from "./run-interruption.ts";
import type { OutputTaker, StepStreams } from "./run-output.ts";
import type { Shell } from "./shell.ts";
import { cannotRun, watchCommand, type CommandEnd, type StartedCommand, type StepEnd } from "./started-command.ts";
import type { Surroundings } from "./step-script.ts";
import { endOfShell, type ShellTraces } from "./step-terminal/end-of-shell.ts";
import type { Job } from "./step-terminal/job-text.ts";
import { withoutKept } from "./step-terminal/kept-descriptors.ts";
import type { StepTerminal } from "./step-terminal/step-terminal.ts";
import { began, type StepTraces } from "./step-traces.ts";

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

/** What a step's shell is started with. */
export interface StepMeans {
  readonly traces: StepTraces;
  readonly streams: StepStreams;
  readonly interruption: RunInterruption;
}

/** A step's end, and where the next one begins. */
export interface StepLeft {
  readonly end: StepEnd;
  /** Whether its shell has put the person's terminal back as it was. */
  readonly isTerminalBack: boolean;
  readonly next: Surroundings;
  /** What the person should know of that. */
  readonly note: string | undefined;
}

/** Standard input, output and error of what is started, as `spawn` takes them. */
type Streams = readonly ("inherit" | "ignore" | "pipe" | number)[];
const OWN_STREAMS: Streams = ["inherit", "inherit", "inherit"];
const NO_STREAMS: Streams = ["ignore", "ignore", "ignore"];

/**
 * Runs a step's command, exactly as it was shown.
 * @throws D0ttinoError `io-failed` when it went well and what it left could not be kept
 */
export async function spawnStep(
  step: StepObject,
  place: StepPlace,
  { traces, streams: { terminal, modes, stdio, taker }, interruption }: StepMeans,
): Promise<StepLeft> {
  const { shell } = place;
  // A variable that names the terminal counts for the step alone, as those do that it has itself.
  const given =
    terminal === undefined ? step : { ...step, env: { ...terminalVariables(terminal, place), ...step.env } };
  const { cwd, env } = began(given, place);
  let isTerminalBack = false;
  const start = (): StartedCommand => {
    const args = shell.isPosix ? traces.shellArguments(step.run, shell, modes) : [step.run];
    const job: Job = { file: shell.file, args: [...shell.args, ...args], cwd, env };
    if (terminal === undefined) {
      const started = spawnCommand(job, ["inherit", ...stdio], taker, interruption);
      const ended = (end: CommandEnd): CommandEnd => {
        const code = traces.exitCodeBeforeStty();
        if (code === undefined || end.kind !== "exit") return end;
        isTerminalBack = end.code === 0;
        return { kind: "exit", code };
      };
      return { ...started, end: started.end.then(ended) };
    }
    const started = terminal.start(job);
    const shellTraces = (): ShellTraces => ({
      hasBegun: shell.isPosix ? traces.begunShell() !== undefined : undefined,
      left: traces.stateLeft(given, place),
    });
    return { ...started, end: started.end.then((end) => endOfShell(end, shellTraces())) };
  };
  const running = runCommand(start, cwd, step.timeout, interruption);
  traces.removeEarlier();
  const end = await running;
  const left = traces.stateLeft(given, place);
  const hasWorked = shell.isPosix && end.exitCode === 0;
  if (left?.next !== undefined) traces.keepVariables(given);
  else if (hasWorked && left !== undefined) throw traces.tooMuch();
  else if (hasWorked) traces.checkRoom();
  const note = hasWorked && left === undefined ? NOTHING_LEFT : left?.isText === false ? NO_TEXT : undefined;
  return { end, isTerminalBack, next: left?.next ?? place, note };
}

const NOTHING_LEFT =
  "it has not told its folder and variables, as a step does not that becomes another program, or leaves by exit with a " +
  "trap of its own for EXIT. The next one begins where it began";
const NO_TEXT =
  "its folder, or a variable that it exports, is not text in UTF-8. Bytes that are none have been replaced";

/** What tells programs the name of their terminal, when that has been set. */
function terminalVariables({ name }: StepTerminal, { env }: StepPlace): Record<string, string> {
  return env["GPG_TTY"] ? { GPG_TTY: name } : {};
}

/** Runs a command at the terminal, for the person and not as a step of the run. Never rejects. */
export function runAtTerminal(command: string, place: StepPlace): Promise<StepEnd> {
  return spawnAlone(command, { run: command }, place, OWN_STREAMS, undefined);
}

/** Whether what a step creates is there already. */
export function createsWhatIsThere(step: StepObject, place: StepPlace): boolean {
  return step.creates !== undefined && existsSync(resolve(place.cwd, step.cwd ?? "", step.creates));
}

/** How long a guard may take when its step has no limit, in seconds. */
const GUARD_TIMEOUT = 60;

/** Whether a step's own guard says that it is done: `unless` is run, without a terminal, and succeeds. */
export async function isDone(step: StepObject, place: StepPlace, interruption: RunInterruption): Promise<boolean> {
  if (step.unless === undefined) return false;
  const guard = { ...step, timeout: step.timeout ?? GUARD_TIMEOUT };
  const { exitCode } = await spawnAlone(step.unless, guard, place, NO_STREAMS, interruption);
  return exitCode === 0;
}

/**
 * Gives the person a shell of their own at the terminal, where the next step would run. It resolves when they leave it,
 * whatever its exit code is.
 */
export function openShell({ shell, cwd, env }: StepPlace): Promise<void> {
  const { promise, resolve: finish } = Promise.withResolvers<void>();
  const args = shell.isPosix ? shell.args.slice(0, -1) : [];
  const child = spawn(shell.file, args, { cwd, env: { ...env, PWD: cwd }, stdio: withoutKept(OWN_STREAMS) });
  child.on("error", () => finish());
  child.on("close", () => finish());
  return promise;
}

/** Runs a command that is no step but runs where a step does. Never rejects. */
function spawnAlone(
  command: string,
  step: StepObject,
  place: StepPlace,
  streams: Streams,
  interruption: RunInterruption | undefined,
): Promise<StepEnd> {
  const { cwd, env } = began(step, place);
  const { file, args } = place.shell;
  const start = (): StartedCommand =>
    spawnCommand({ file, args: [...args, command], cwd, env }, streams, undefined, interruption);
  return runCommand(start, cwd, step.timeout, interruption);
}

async function runCommand(
  start: () => StartedCommand,
  cwd: string,
  timeout: number | undefined,
  interruption: RunInterruption | undefined,
): Promise<StepEnd> {
  // Node would blame the shell for a folder that is missing.
  if (!existsSync(cwd)) return cannotRun(`there is no folder ${cwd}`);
  try {
    return await watchCommand(start(), timeout, interruption);
  } catch (error) {
    return cannotRun(codeOf(error) === "E2BIG" ? "it is too long for this system" : messageOf(error));
  }
}

function spawnCommand(
  { file, args, cwd, env }: Job,
  streams: Streams,
  taker: OutputTaker | undefined,
  interruption: RunInterruption | undefined,
): StartedCommand {
  const child = spawn(file, args, { cwd, env, stdio: withoutKept(streams) });
  child.stdout?.on("data", (bytes: Buffer) => taker?.("stdout", bytes));
  child.stderr?.on("data", (bytes: Buffer) => taker?.("stderr", bytes));
  const { promise, resolve: finish } = Promise.withResolvers<CommandEnd>();
  let isKilled = false;
  child.on("error", (error) => finish({ kind: "failure", reason: messageOf(error) }));
  // What the step has started may live on and hold its output open. It is waited for only where pipes are Node's own,
  // which are read to the end when they close.
  const hasPipes = child.stdout !== null || child.stderr !== null;
  child.on("exit", () => {
    if (!hasPipes || (!isKilled && interruption?.signal.aborted !== true)) return;
    child.stdout?.destroy();
    child.stderr?.destroy();
  });
  child.on(hasPipes ? "close" : "exit", (code: number | null, name: NodeJS.Signals | null) =>
    finish(name === null ? { kind: "exit", code: code ?? 1 } : { kind: "signal", name }),
  );
  return {
    end: promise,
    signal(name) {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      isKilled = true;
      signalTree(child.pid, name);
    },
  };
}
