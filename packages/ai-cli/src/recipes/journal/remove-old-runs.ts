import { readJournal } from "./journal.ts";
import { journalFile, listRuns, removeRun, runTime, takeRun, type RunFolder } from "./run-folder.ts";

/** How long a run is kept that ended well, in milliseconds. */
const KEPT_FOR = 30 * 24 * 60 * 60 * 1000;

/** Removes runs that ended well long ago; all others stay until the person removes them. Never throws. */
export function removeOldRuns(): void {
  const before = new Date(Date.now() - KEPT_FOR).toISOString();
  try {
    for (const run of listRuns()) if (run.id < runTime(before)) removeIfDone(run, before);
  } catch {
    // Another time will do.
  }
}

function removeIfDone(run: RunFolder, before: string): void {
  const last = readJournal(journalFile(run)).at(-1);
  if (last?.type !== "result" || last.exitCode !== 0 || last.at >= before) return;
  const lock = takeRun(run);
  if (lock === undefined) return;
  removeRun(run);
  lock.release();
}
