import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

/** How often another process is asked whether it is done, in milliseconds. */
const PAUSE = 50;

/** After how long the person is told what is waited for, in milliseconds. */
const PATIENCE = 2000;

/**
 * Waits until no other process of this user answers. Two at once would need more threads than there are cores, and then
 * both take thirty times as long. Who waits is next: who has just answered stands behind him. A lock is a transaction
 * of SQLite's, which ends with its process, however that ends.
 * @returns what gives the turn back, and whether it had to be waited for
 * @throws the signal's reason
 */
export async function takeTurn(
  signal: AbortSignal,
): Promise<{ readonly giveBack: () => void; readonly waited: boolean }> {
  const started = performance.now();
  let waited = false;
  let isTold = false;
  const lock = async (name: string): Promise<() => void> => {
    for (;;) {
      const release = tryLock(name);
      if (release !== undefined) return release;
      waited = true;
      if (!isTold && performance.now() - started > PATIENCE) {
        isTold = true;
        process.stderr.write("llama: another process is answering; waiting for it.\n");
      }
      await setTimeout(PAUSE, undefined, { signal });
    }
  };
  const leaveQueue = await lock("next");
  try {
    return { giveBack: await lock("answering"), waited };
  } finally {
    leaveQueue();
  }
}

/** Takes a lock, or undefined when another process has it. One that cannot be had for other reasons is done without. */
function tryLock(name: string): (() => void) | undefined {
  const { DatabaseSync } = quietly(() => process.getBuiltinModule("node:sqlite"));
  let database: InstanceType<typeof DatabaseSync> | undefined;
  try {
    database = new DatabaseSync(join(tmpdir(), `d0ttino-llama-${userInfo().username}.${name}`), { timeout: 0 });
    database.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    database?.close();
    return isBusy(error) ? undefined : () => {};
  }
  const taken = database;
  return () => taken.close();
}

function isBusy(error: unknown): boolean {
  return (error as { errcode?: unknown }).errcode === SQLITE_BUSY;
}

const SQLITE_BUSY = 5;

/** Node 22 calls the module experimental on standard error when it is loaded. */
function quietly<T>(load: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}
