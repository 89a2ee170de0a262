import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { StepObject } from "@d0ttino/plugin-sdk";
import { directories } from "@d0ttino/llm/config/directories";
import { makeFolder } from "@d0ttino/llm/config/make-folder";
import { takeLock, type HeldLock } from "@d0ttino/llm/config/take-lock";
import { writeFileAtomic } from "@d0ttino/llm/config/write-file-atomic";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { nearest } from "@d0ttino/llm/errors/did-you-mean";
import { diskFailure } from "@d0ttino/llm/errors/disk-failure";
import { messageOf } from "@d0ttino/llm/errors/message-of";

/** What a run was begun with; it does not change. */
export interface RunRecord {
  readonly formatVersion: 1;
  readonly recipe: string;
  /** The package the recipe came from, with its version. */
  readonly from: string;
  readonly goal: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly shell: string;
  /** Where it was begun, absolute. */
  readonly cwd: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Null when the recipe decides them while it runs. */
  readonly steps: readonly StepObject[] | null;
}

/** A run's own folder; only its owner can read what is in it. */
export interface RunFolder {
  /** What the person calls the run. */
  readonly id: string;
  /** Absolute. */
  readonly dir: string;
}

const PLAN = "plan.json";
const LOCK = "lock";

export const journalFile = ({ dir }: RunFolder): string => join(dir, "journal.jsonl");
export const logFile = ({ dir }: RunFolder): string => join(dir, "log");

/**
 * Makes the folder of a new run, and takes its lock.
 * @throws D0ttinoError `io-failed`
 */
export function createRun(record: RunRecord): RunFolder & { readonly lock: HeldLock } {
  const { runs } = directories();
  const time = runTime(record.startedAt);
  try {
    makeFolder(runs);
    for (;;) {
      const id = `${time}-${Math.random().toString(36).slice(2, 6).padEnd(4, "0")}`;
      const dir = join(runs, id);
      if (existsSync(dir)) continue;
      mkdirSync(dir, { mode: 0o700 });
      // Before there is a plan nobody takes it for a run.
      const lock = takeRun({ id, dir });
      if (lock === undefined) continue;
      // A run that has a plan has a journal: one that is missing was lost.
      closeSync(openSync(journalFile({ id, dir }), "a", 0o600));
      writeFileAtomic(join(dir, PLAN), `${JSON.stringify(record)}\n`, 0o600);
      return { id, dir, lock };
    }
  } catch (error) {
    throw diskFailure(error, runs);
  }
}

/**
 * How a run's name tells when it was begun, to the millisecond, so that names come in the order of time.
 * @param startedAt ISO 8601, in UTC
 */
export function runTime(startedAt: string): string {
  return startedAt.replaceAll(/[-:Z]/g, "").replace("T", "-");
}

/**
 * Takes the lock of a run, which a process holds as long as it runs it.
 * @returns undefined when another process holds it
 * @throws D0ttinoError `io-failed`
 */
export function takeRun({ dir }: RunFolder): HeldLock | undefined {
  const file = join(dir, LOCK);
  try {
    closeSync(openSync(file, "a", 0o600));
  } catch (error) {
    throw diskFailure(error, file);
  }
  return takeLock(file, 0);
}

/** Whether a process runs it; of one that cannot be locked nobody can tell, and it is taken not to be run. */
export function isRunHeld(run: RunFolder): boolean {
  try {
    const lock = takeRun(run);
    lock?.release();
    return lock === undefined;
  } catch {
    return false;
  }
}

/** How the name of a run begins; other folders are not ours to list or remove. */
const RUN_TIME = /^\d{8}-\d{6}/;

/** The folders of all runs, the latest first, also of those whose program was killed before they had a plan. */
export function runFolders(): RunFolder[] {
  const { runs } = directories();
  if (!existsSync(runs)) return [];
  return readdirSync(runs, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && RUN_TIME.test(entry.name))
    .map(({ name }) => name)
    .toSorted()
    .toReversed()
    .map((id) => ({ id, dir: join(runs, id) }));
}

/** Whether a run has ever had a plan; what has none but a log has lost it. */
export function isMade(run: RunFolder): boolean {
  return existsSync(join(run.dir, PLAN)) || existsSync(logFile(run));
}

/** All runs, the latest first. */
export function listRuns(): RunFolder[] {
  return runFolders().filter(isMade);
}

/** What runs can be called, for completion. */
export function runNames(): string[] {
  return ["last", ...listRuns().map((run) => run.id)];
}

/**
 * The run that a person means by its name, the beginning or the end of it, or `last`.
 * @throws D0ttinoError `unknown-run`
 */
export function findRun(name: string): RunFolder {
  const all = listRuns();
  const exact = name === "last" ? all[0] : all.find((run) => run.id === name);
  if (exact !== undefined) return exact;
  const like = all.filter(({ id }) => name !== "" && (id.startsWith(name) || id.endsWith(name)));
  if (like.length === 1 && like[0] !== undefined) return like[0];
  const near = nearest(
    name,
    all.map(({ id }) => id),
  );
  throw new D0ttinoError(
    "unknown-run",
    like.length > 1
      ? `${like.length} runs are called like ${JSON.stringify(name)}.`
      : `There is no run ${JSON.stringify(name)}.`,
    { hint: near === undefined ? "ai-cli runs list shows all." : `Did you mean "${near}"?` },
  );
}

/**
 * Reads what a run was begun with.
 * @throws D0ttinoError `run-refused` when it cannot be read
 */
export function readRun(run: RunFolder): RunRecord {
  let record: RunRecord | null;
  try {
    record = JSON.parse(readFileSync(join(run.dir, PLAN), "utf8")) as RunRecord | null;
  } catch (error) {
    throw damagedRun(run, "plan", messageOf(error), error);
  }
  if (record?.formatVersion !== 1) throw damagedRun(run, "plan", "another version of ai-cli has written it");
  return record;
}

/** The error for a run of which a part cannot be read. */
export function damagedRun(run: RunFolder, part: "plan" | "journal", why: string, cause?: unknown): D0ttinoError {
  const log = logFile(run);
  const kept = existsSync(log) ? `What it ran is in ${log}. ` : "";
  return new D0ttinoError("run-refused", `The ${part} of run ${run.id} cannot be read: ${why}`, {
    hint: `It cannot go on. ${kept}ai-cli runs rm ${run.id} removes it.`,
    cause,
  });
}

/** Removes a run with all that it has kept. */
export function removeRun({ dir }: RunFolder): void {
  rmSync(dir, { recursive: true, force: true });
}
