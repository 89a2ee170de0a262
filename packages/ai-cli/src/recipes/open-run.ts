import { existsSync, realpathSync } from "node:fs";
import { isAbsolute } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { allVariables } from "@d0ttino/llm/config/environment";
import type { HeldLock } from "@d0ttino/llm/config/take-lock";
import { D0ttinoError, isD0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { Journal, readJournal } from "./journal/journal.ts";
import { keepPlace, restorePlace } from "./journal/kept-place.ts";
import {
  createRun,
  findRun,
  journalFile,
  logFile,
  readRun,
  takeRun,
  type RunFolder,
  type RunRecord,
} from "./journal/run-folder.ts";
import { removeOldRuns } from "./journal/remove-old-runs.ts";
import { runProgress, type RunProgress } from "./journal/run-progress.ts";
import { isSomebodyCalledWith, isStillRunning } from "./journal/running-process.ts";
import type { RunInterruption } from "./run-interruption.ts";
import { RunLog } from "./run-log.ts";
import { RunOutput } from "./run-output.ts";
import { runSteps, type StepObserver } from "./run-steps.ts";
import { findShell, type Shell } from "./shell.ts";
import type { StepSource } from "./step-source.ts";
import type { Surroundings } from "./step-script.ts";
import { removeTraces, StepTraces } from "./step-traces.ts";

/** A run that this process holds. */
export interface OpenRun {
  readonly folder: RunFolder;
  readonly record: RunRecord;
  readonly progress: RunProgress;
  readonly journal: Journal;
  readonly log: RunLog;
  readonly lock: HeldLock;
}

/**
 * Begins a run.
 * @param wantedLog a file that its log is written to as well
 * @throws D0ttinoError `io-failed`
 */
export function beginRun(
  begun: Omit<RunRecord, "formatVersion" | "startedAt">,
  wantedLog: string | undefined,
): OpenRun {
  const record: RunRecord = { formatVersion: 1, ...begun, startedAt: new Date().toISOString() };
  const { lock, ...folder } = createRun(record);
  const log = new RunLog(logFile(folder), wantedLog);
  const journal = new Journal(journalFile(folder));
  journal.write({ type: "begin", pid: process.pid });
  return { folder, record, progress: runProgress([], record.steps), journal, log, lock };
}

/**
 * Takes a run up again. When its last step has outlived the process that ran it, its end is waited for.
 * @param tell tells the person what is waited for
 * @throws D0ttinoError `unknown-run`; `run-refused` when another process runs it, it is damaged, or where it was is gone
 */
export async function resumeRun(
  name: string,
  wantedLog: string | undefined,
  tell: (message: string) => void,
): Promise<OpenRun> {
  const folder = findRun(name);
  const record = readRun(folder);
  const lock = takeRun(folder);
  if (lock === undefined) {
    throw new D0ttinoError("run-refused", `Run ${folder.id} is going on: another process runs it.`, {
      hint: "Wait until it has ended.",
    });
  }
  const read = (): RunProgress => runProgress(readJournal(folder), record.steps);
  const before = read();
  const journal = new Journal(journalFile(folder));
  await settle(folder, record, before, journal, tell);
  journal.write({ type: "begin", pid: process.pid });
  const progress = read();
  const { cwd } = placeOf(record, progress);
  if (!existsSync(cwd)) {
    throw new D0ttinoError("run-refused", `Run ${folder.id} cannot go on: the folder ${cwd} is gone.`, {
      hint: "Make it again, or begin a new run.",
    });
  }
  return { folder, record, progress, journal, log: new RunLog(logFile(folder), wantedLog), lock };
}

/** How often a process that is waited for is looked at, in milliseconds. */
const LOOK = 100;

/** Finds out how the step ended that was running when the process died that ran it. */
async function settle(
  folder: RunFolder,
  record: RunRecord,
  progress: RunProgress,
  journal: Journal,
  tell: (message: string) => void,
): Promise<void> {
  const number = progress.finished.length + 1;
  const step = progress.begun?.edited ?? (record.steps ?? progress.decided)[number - 1];
  if (progress.begun === undefined || step === undefined) return;
  // A shell that was just being started needs a moment until it says so.
  await sleep(LOOK);
  const traces = new StepTraces(folder.dir, number);
  const shell = traces.begunShell();
  if (shell === undefined && findShell(record.shell).isPosix && !isSomebodyCalledWith(traces.mark)) {
    journal.write({ type: "unbegun", step: number });
    return;
  }
  if (shell !== undefined && isStillRunning(shell.pid, shell.at)) {
    tell(`Step ${number} is still running, as process ${shell.pid}. Waiting for its end.`);
    while (isStillRunning(shell.pid, shell.at)) await sleep(LOOK);
  }
  const place = placeOf(record, progress);
  const left = traces.stateLeft(step, place);
  // A shell that a signal has ended may call that a success.
  if (left?.next === undefined || (left.exitCode === 0 && !left.isWhole)) return;
  const kept = keepPlace(left.next, allVariables(), progress.place);
  journal.write({ type: "end", step: number, exitCode: left.exitCode, place: kept });
}

/** What a run is carried out with. */
export interface RunMeans {
  readonly source: StepSource;
  readonly shell: Shell;
  readonly observer: StepObserver;
  readonly interruption: RunInterruption;
}

/**
 * Runs what is left of a run, and lets go of it.
 * @returns its exit code
 * @throws what the observer throws, and D0ttinoError `recipe-failed` when the recipe fails to decide a step
 */
export async function executeRun(run: OpenRun, means: RunMeans): Promise<number> {
  const { folder, record, progress, journal, log } = run;
  const { interruption, shell, source, observer } = means;
  const { signal } = interruption;
  // What a process has left that was killed.
  removeTraces(folder.dir);
  const output = new RunOutput(folder.dir, log);
  interruption.listen();
  // The recipe's code is in this process, and may do anything while a step runs.
  process.setUncaughtExceptionCaptureCallback(interruption.fail);
  process.on("exit", interruption.abandon);
  try {
    const ended = await runSteps(
      {
        source,
        observer,
        journal,
        output,
        folder: folder.dir,
        interruption,
        base: allVariables(),
      },
      { progress, place: { ...placeOf(record, progress), shell, signal } },
    );
    if (interruption.failure !== undefined) throw interruption.failure;
    const exitCode = signal.aborted ? interruption.exitCode : ended;
    journal.write({ type: "result", exitCode });
    log.note(`The run ended with exit code ${exitCode}.`);
    return exitCode;
  } catch (error) {
    // What could not be kept is no end: the run can be taken up again when there is room.
    if (isD0ttinoError(error) && error.code !== "io-failed") journal.write({ type: "result", exitCode: 1 });
    throw error;
  } finally {
    process.setUncaughtExceptionCaptureCallback(null);
    process.off("exit", interruption.abandon);
    await source.close();
    await output.close();
    removeTraces(folder.dir);
    closeRun(run);
    removeOldRuns();
  }
}

/** Lets go of a run. */
export function closeRun({ log, journal, lock }: OpenRun): void {
  log.close();
  journal.close();
  lock.release();
}

function placeOf({ cwd }: RunRecord, { place }: RunProgress): Surroundings {
  const env = { ...allVariables() };
  return place === undefined ? { cwd: asNamed(cwd, env["PWD"]), env } : restorePlace(place, env);
}

/** A folder by the name that the person's shell has for it, which may lead through links. */
function asNamed(cwd: string, name: string | undefined): string {
  try {
    return name !== undefined && isAbsolute(name) && realpathSync(name) === realpathSync(cwd) ? name : cwd;
  } catch {
    return cwd;
  }
}
