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
  closeSync(openSync(file, "a", 0o600));
  return takeLock(file, 0);
}

/** All runs, the latest first. */
export function listRuns(): RunFolder[] {
  const { runs } = directories();
  if (!existsSync(runs)) return [];
  return readdirSync(runs)
    .filter((id) => existsSync(join(runs, id, PLAN)))
    .toSorted()
    .toReversed()
    .map((id) => ({ id, dir: join(runs, id) }));
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
  let record: RunRecord;
  try {
    record = JSON.parse(readFileSync(join(run.dir, PLAN), "utf8")) as RunRecord;
  } catch (error) {
    throw unreadable(run, messageOf(error));
  }
  if (record.formatVersion !== 1) throw unreadable(run, "another version of ai-cli has written it");
  return record;
}

function unreadable({ id }: RunFolder, why: string): D0ttinoError {
  return new D0ttinoError("run-refused", `The plan of run ${id} cannot be read: ${why}`, {
    hint: `ai-cli runs rm ${id} removes it.`,
  });
}

/** Removes a run with all that it has kept. */
export function removeRun({ dir }: RunFolder): void {
  rmSync(dir, { recursive: true, force: true });
}
