import { D0ttinoError, isD0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { readJournal } from "../recipes/journal/journal.ts";
import {
  findRun,
  journalFile,
  listRuns,
  logFile,
  readRun,
  removeRun,
  takeRun,
  type RunFolder,
  type RunRecord,
} from "../recipes/journal/run-folder.ts";
import { runProgress, type RunProgress } from "../recipes/journal/run-progress.ts";
import { stepRater } from "../recipes/rated-step.ts";
import { planPaint } from "../recipes/paint-plan.ts";
import { planHeading, stepText } from "../recipes/show-plan.ts";
import { showInvisibleCharacters } from "../terminal/control-characters.ts";
import { writeData, writeMessage } from "../terminal/terminal.ts";
import type { Invocation } from "./command.ts";
import { reportError } from "./report-error.ts";

/** `ai-cli runs`: what recipes have done. */
export async function runs({ options, words }: Invocation): Promise<number> {
  const [verb = "list", ...names] = words;
  const json = options["json"] === true;
  if (options["all"] === true && verb !== "rm") throw new D0ttinoError("usage", "--all is for rm alone.");
  if (verb === "list" && names.length === 0) return list(json);
  if (verb === "show" && names.length === 1) return show(findRun(names[0] as string), json);
  if (verb === "rm" && names.length > 0 !== (options["all"] === true)) return remove(names, json);
  throw new D0ttinoError("usage", `That is no way to call ai-cli runs.`, {
    hint: "For example: ai-cli runs list, ai-cli runs show last, ai-cli runs rm last",
  });
}

/** What became of a run. */
type RunState = "running" | "done" | "failed" | "stopped" | "broken off";

interface RunSummary {
  readonly run: RunFolder;
  readonly record: RunRecord;
  readonly progress: RunProgress;
  readonly state: RunState;
}

/** The exit code of a run that was interrupted, or that the person quit. */
const STOPPED = 130;

/** @throws D0ttinoError `run-refused` when it cannot be read */
function summary(run: RunFolder): RunSummary {
  const record = readRun(run);
  const progress = runProgress(readJournal(journalFile(run)), record.steps);
  return { run, record, progress, state: stateOf(run, progress) };
}

function stateOf(run: RunFolder, { result }: RunProgress): RunState {
  if (result !== undefined) return result === 0 ? "done" : result === STOPPED ? "stopped" : "failed";
  const lock = takeRun(run);
  lock?.release();
  return lock === undefined ? "running" : "broken off";
}

function rowOf({ run, record, progress, state }: RunSummary): object {
  const { recipe, goal, cwd, startedAt, steps } = record;
  const [done, exitCode] = [progress.finished.length, progress.result ?? null];
  return { run: run.id, state, recipe, goal, cwd, startedAt, steps: steps?.length ?? null, done, exitCode };
}

function list(json: boolean): number {
  const all = listRuns().flatMap((run) => {
    try {
      return [summary(run)];
    } catch (error) {
      if (!isD0ttinoError(error)) throw error;
      writeMessage(`${error.message}. ${error.hint ?? ""}`);
      return [];
    }
  });
  if (json) writeData(`${JSON.stringify(all.map(rowOf), null, 2)}\n`);
  else if (all.length === 0) writeMessage('There are no runs yet. ai-cli recipe sample "Show my goal" makes one.');
  else {
    writeData(line("RUN", "STATE", "STEPS", "RECIPE", "GOAL"));
    for (const one of all) {
      const { recipe, goal, steps } = one.record;
      const count = `${one.progress.finished.length}/${steps?.length ?? "?"}`;
      writeData(line(one.run.id, one.state, count, recipe, goal));
    }
  }
  return 0;
}

const WIDTHS = [26, 12, 9, 16] as const;
const LONGEST_GOAL = 60;

function line(...cells: readonly string[]): string {
  const padded = cells.map((cell, at) =>
    showInvisibleCharacters(cell)
      .replaceAll("\n", "^J")
      .padEnd(WIDTHS[at] ?? 0),
  );
  const goal = padded.at(-1) ?? "";
  padded[padded.length - 1] = goal.length > LONGEST_GOAL ? `${goal.slice(0, LONGEST_GOAL - 1)}…` : goal;
  return `${padded.join("").trimEnd()}\n`;
}

async function show(run: RunFolder, json: boolean): Promise<number> {
  const one = summary(run);
  const { record, progress, state } = one;
  const steps = record.steps ?? progress.decided;
  if (json) {
    const told = steps.map((step, at) => ({ ...step, ...outcome(progress, at) }));
    writeData(`${JSON.stringify({ ...rowOf(one), log: logFile(run), plan: told }, null, 2)}\n`);
    return 0;
  }
  const rate = await stepRater(record.shell);
  const isOpen = record.steps === null;
  const heading = planHeading({ ...record, steps: steps.map(rate), isOpen });
  writeData(`Run     ${run.id}: ${state}\n${heading}\nLog     ${logFile(run)}\n`);
  const paint = planPaint("stdout");
  for (const [at, step] of steps.entries()) {
    const text = stepText(rate(step), at + 1, isOpen ? undefined : steps.length);
    writeData(`${paint(text)}\n    = ${outcomeText(progress, at)}\n`);
  }
  return 0;
}

function outcome({ finished, begun }: RunProgress, at: number): object {
  const report = finished[at];
  if (report === undefined) return { outcome: begun !== undefined && at === finished.length ? "unknown" : "left" };
  return report.exitCode === null ? { outcome: "skipped" } : { outcome: "ran", exitCode: report.exitCode };
}

function outcomeText({ finished, begun }: RunProgress, at: number): string {
  const report = finished[at];
  if (report === undefined)
    return begun !== undefined && at === finished.length ? "started; how it ended is not known" : "not done";
  return report.exitCode === null ? "skipped" : `ended with ${report.exitCode}`;
}

function remove(names: readonly string[], json: boolean): number {
  let exitCode = 0;
  const all = names.length === 0;
  for (const name of all ? listRuns().map((run) => run.id) : names) {
    try {
      const run = findRun(name);
      const lock = takeRun(run);
      if (lock === undefined) {
        if (all) continue;
        throw new D0ttinoError("run-refused", `Run ${run.id} is going on.`, { hint: "Wait until it has ended." });
      }
      removeRun(run);
      lock.release();
      writeMessage(`Removed run ${run.id}.`);
    } catch (error) {
      exitCode = Math.max(exitCode, reportError(error, { json, debug: false, running: [] }));
    }
  }
  return exitCode;
}
