import { makeFolder } from "../config/make-folder.ts";
import { waitForLock } from "../config/wait-for-lock.ts";
import { diskFailure } from "../errors/disk-failure.ts";
import { modelPaths, type ModelPaths } from "./model-paths.ts";

/** How the person is kept informed. */
export interface ModelWork {
  readonly signal: AbortSignal;
  /** Takes a line that says what happens. */
  onNote(line: string): void;
}

/**
 * Does something to the model of a name while no other process does. The folder of models is made.
 * @throws D0ttinoError `io-failed`, the reason of the signal, and what the work throws
 */
export async function withModelLock<T>(
  name: string,
  { signal, onNote }: ModelWork,
  work: (paths: ModelPaths) => Promise<T>,
): Promise<T> {
  const paths = modelPaths(name);
  try {
    makeFolder(paths.folder);
  } catch (error) {
    throw diskFailure(error, paths.folder);
  }
  const lock = await waitForLock(paths.lock, {
    signal,
    onWait: () => onNote(`Another ai-cli is bringing ${name}; waiting for it.`),
  });
  try {
    return await work(paths);
  } finally {
    lock.release();
  }
}
