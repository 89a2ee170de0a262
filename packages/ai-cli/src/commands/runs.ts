import { D0ttinoError, isD0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { readJournal } from "../recipes/journal/journal.ts";
import {
  findRun,
  isRunHeld,
  listRuns,
  logFile,
  readRun,
  removeRun,
  takeRun,
  type RunFolder,
  type RunRecord,
} from "../recipes/journal/run-folder.ts";
import { runProgress, stepAsRun, type RunProgress } from "../recipes/journal/run-progress.ts";
import { stepRater } from "../recipes/rated-step.ts";
import { planPaint } from "../recipes/paint-plan.ts";
import { planHeading, stepText } from "../recipes/show-plan.ts";
import type { StepEnd } from "../recipes/started-command.ts";
import { showHiddenLine, showInvisibleCharacters } from "../terminal/control-characters.ts";
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

/** What became of a run; what is in a damaged one cannot be read. */
type RunState = "running" | "done" | "failed" | "stopped" | "broken off" | "damaged";

type RunSummary = {
  readonly run: RunFolder;
  readonly state: RunState;
} & (
  | { readonly record: RunRecord; readonly progress: RunProgress; readonly problem: undefined }
  /** The problem is why it cannot be read; its plan may be readable. */
  | { readonly record: RunRecord | undefined; readonly progress: undefined; readonly problem: D0ttinoError }
);

/** The exit code of a run that was interrupted, or that the person quit. */
const STOPPED = 130;

function summary(run: RunFolder): RunSummary {
  let record: RunRecord | undefined;
  try {
    record = readRun(run);
    const progress = runProgress(readJournal(run), record.steps);
    return { run, record, progress, problem: undefined, state: stateOf(run, progress) };
  } catch (error) {
    if (!isD0ttinoError(error)) throw error;
    return { run, record, progress: undefined, problem: error, state: isRunHeld(run) ? "running" : "damaged" };
  }
}

function stateOf(run: RunFolder, { result }: RunProgress): RunState {
  if (result !== undefined) return result === 0 ? "done" : result === STOPPED ? "stopped" : "failed";
  return isRunHeld(run) ? "running" : "broken off";
}

function rowOf({ run, record, progress, problem, state }: RunSummary): object {
  const { recipe = null, goal = null, cwd = null, startedAt = null } = record ?? {};
  const [done, exitCode] = [progress?.finished.length ?? null, progress?.result ?? null];
  const row = {
    run: run.id,
    state,
    recipe,
    goal,
    cwd,
    startedAt,
    steps: record?.steps?.length ?? null,
    done,
    exitCode,
  };
  return { ...row, problem: problem?.message ?? null };
}

function list(json: boolean): number {
  const all = listRuns().map(summary);
  if (json) writeData(`${JSON.stringify(all.map(rowOf), null, 2)}\n`);
  else if (all.length === 0) writeMessage('There are no runs yet. ai-cli recipe sample "Show my goal" makes one.');
  else {
    writeData(line("RUN", "STATE", "STEPS", "RECIPE", "GOAL"));
    for (const { run, state, record, progress } of all) {
      const count = `${progress?.finished.length ?? "?"}/${record?.steps?.length ?? "?"}`;
      writeData(line(run.id, state, count, record?.recipe ?? "?", record?.goal ?? "?"));
    }
    if (all.some(({ state }) => state === "damaged"))
      writeMessage("ai-cli runs show RUN says what is wrong with a damaged run; ai-cli runs rm RUN removes it.");
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
  if (one.problem !== undefined) throw one.problem;
  const { record, progress, state } = one;
  const steps = (record.steps ?? progress.decided).map((planned, at) => {
    const step = stepAsRun(progress, planned, at);
    const before = step.run === planned.run ? undefined : planned.run;
    return { step, planned: before, outcome: outcomeOf(progress, state, at) };
  });
  if (json) {
    const told = steps.map(({ step, planned, outcome }) => ({ ...step, planned, ...outcome }));
    writeData(`${JSON.stringify({ ...rowOf(one), log: logFile(run), plan: told }, null, 2)}\n`);
    return 0;
  }
  const rate = await stepRater(record.shell);
  const isOpen = record.steps === null;
  const heading = planHeading({ ...record, steps: steps.map(({ step }) => rate(step)), isOpen });
  writeData(`Run     ${run.id}: ${state}\n${heading}\nLog     ${logFile(run)}\n`);
  const paint = planPaint("stdout");
  for (const [at, { step, planned, outcome }] of steps.entries()) {
    const text = stepText(rate(step), at + 1, isOpen ? undefined : steps.length);
    const changed = planned === undefined ? "" : `    = changed from: ${showHiddenLine(planned)}\n`;
    writeData(`${paint(text)}\n${changed}    = ${outcomeText(outcome)}\n`);
  }
  return 0;
}

/** What became of a step; one that failed is not finished, one that ran is, however it ended. */
type StepOutcome =
  | ({ readonly outcome: "ran" | "failed" } & StepEnd)
  | { readonly outcome: "skipped" | "running" | "unknown" | "left" };

/** @param at the step's place in the plan */
function outcomeOf({ finished, begun, ends }: RunProgress, state: RunState, at: number): StepOutcome {
  const report = finished[at];
  if (report?.exitCode === null) return { outcome: "skipped" };
  if (begun !== undefined && at === finished.length) return { outcome: state === "running" ? "running" : "unknown" };
  const end = ends[at];
  return end === undefined ? { outcome: "left" } : { outcome: report === undefined ? "failed" : "ran", ...end };
}

const OUTCOME_TEXTS = {
  skipped: "skipped",
  running: "running",
  unknown: "started; how it ended is not known",
  left: "not done",
} as const;

function outcomeText(step: StepOutcome): string {
  if (step.outcome !== "ran" && step.outcome !== "failed") return OUTCOME_TEXTS[step.outcome];
  const how = step.outcome === "failed" ? `failed with exit code ${step.exitCode}` : `ended with ${step.exitCode}`;
  return step.reason === undefined ? how : `${how}: ${step.reason}`;
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
