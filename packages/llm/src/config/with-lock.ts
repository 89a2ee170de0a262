import { directories } from "./directories.ts";
import { lockFailure, takeLock } from "./take-lock.ts";

/** How long another process is waited for, in milliseconds. */
const PATIENCE = 10_000;

/**
 * Does something while no other process of ours does such a thing.
 * @throws D0ttinoError `io-failed` when the lock cannot be had, and what the work throws
 */
export function withLock<T>(work: () => T): T {
  const { stateFile } = directories();
  const lock = takeLock(stateFile, PATIENCE);
  if (lock === undefined) throw lockFailure(stateFile, `another process holds it for ${PATIENCE / 1000} seconds`);
  try {
    return work();
  } finally {
    lock.release();
  }
}
