import { dirname } from "node:path";
import { D0ttinoError } from "../errors/d0ttino-error.ts";
import { diskFailure } from "../errors/disk-failure.ts";
import { messageOf } from "../errors/message-of.ts";
import { makeFolder } from "./make-folder.ts";

/** What SQLite calls a database that another has locked. */
const SQLITE_BUSY = 5;

/** What SQLite says on a full disk. */
const SQLITE_FULL = 13;

/** A lock that is held until it is released, or until its process has ended, however that ends. */
export interface HeldLock {
  release(): void;
}

/**
 * Takes the lock of a file, which is made when it is missing: an exclusive transaction of SQLite's. Two of one process
 * exclude each other, too. The file stays: to remove it would part those who wait for it from those who come later.
 * @param patience how long the process stands still for another to release it, in milliseconds
 * @returns undefined when another holds it
 * @throws D0ttinoError `io-failed` when the file cannot be used
 */
export function takeLock(file: string, patience: number): HeldLock | undefined {
  const { DatabaseSync } = quietly(() => process.getBuiltinModule("node:sqlite"));
  let database: InstanceType<typeof DatabaseSync> | undefined;
  try {
    makeFolder(dirname(file));
    database = new DatabaseSync(file, { timeout: patience });
    database.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    database?.close();
    if (isBusy(error)) return undefined;
    if ((error as { errcode?: unknown }).errcode === SQLITE_FULL) {
      throw diskFailure(Object.assign(new Error("no space", { cause: error }), { code: "ENOSPC" }), file);
    }
    throw lockFailure(file, messageOf(error), error);
  }
  const held = database;
  return { release: () => held.close() };
}

/** The error for a lock that cannot be had. */
export function lockFailure(file: string, why: string, cause?: unknown): D0ttinoError {
  return new D0ttinoError("io-failed", `The lock ${file} cannot be had: ${why}`, {
    hint: "Check that the folder can be written, and that no other command hangs.",
    cause,
  });
}

function isBusy(error: unknown): boolean {
  return (error as { errcode?: unknown }).errcode === SQLITE_BUSY;
}

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
