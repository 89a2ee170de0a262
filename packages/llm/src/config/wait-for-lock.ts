import { setTimeout as sleep } from "node:timers/promises";
import { takeLock, type HeldLock } from "./take-lock.ts";

/** How long until a lock that another holds is tried again, in milliseconds. */
const RETRY = 200;

/** How a lock is waited for. */
export interface LockWait {
  readonly signal: AbortSignal;
  /** Called once, when another holds it. */
  onWait(): void;
}

/**
 * Takes the lock of a file however long another holds it; the process goes on with other work meanwhile.
 * @throws D0ttinoError `io-failed` when the file cannot be used, and the reason of the signal
 */
export async function waitForLock(file: string, { signal, onWait }: LockWait): Promise<HeldLock> {
  for (let attempt = 0; ; attempt += 1) {
    signal.throwIfAborted();
    const lock = takeLock(file, 0);
    if (lock !== undefined) return lock;
    if (attempt === 0) onWait();
    await sleep(RETRY, undefined, { signal }).catch(() => {});
  }
}
