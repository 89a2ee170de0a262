import { readJournal } from "./journal.ts";
import { isMade, removeRun, runFolders, runTime, takeRun, type RunFolder } from "./run-folder.ts";

/** How long a run is kept that ended well, in milliseconds. */
const KEPT_FOR = 30 * 24 * 60 * 60 * 1000;

/** Removes runs that ended well long ago, or never came to be; all others stay until the person removes them. Never throws. */
export function removeOldRuns(): void {
  const before = new Date(Date.now() - KEPT_FOR).toISOString();
  try {
    for (const run of runFolders()) if (run.id < runTime(before)) removeIfOver(run, before);
  } catch {
    // Another time will do.
  }
}

function removeIfOver(run: RunFolder, before: string): void {
  try {
    if (isMade(run) && !hasEndedWell(run, before)) return;
    const lock = takeRun(run);
    if (lock === undefined) return;
    removeRun(run);
    lock.release();
  } catch {
    // Of a damaged run nobody knows how it ended, so it stays; it must not keep others.
  }
}

function hasEndedWell(run: RunFolder, before: string): boolean {
  const last = readJournal(run).at(-1);
  return last?.type === "result" && last.exitCode === 0 && last.at < before;
}
