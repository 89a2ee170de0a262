import { dirname } from "node:path";
import { D0ttinoError } from "../errors/d0ttino-error.ts";
import { messageOf } from "../errors/message-of.ts";
import { directories } from "./directories.ts";
import { makeFolder } from "./make-folder.ts";

/** How long another process is waited for, in milliseconds. */
const PATIENCE = 10_000;

/**
 * Does something while no other process of ours does such a thing. The lock is a transaction of SQLite's, which ends
 * with the process that holds it, however that ends.
 * @throws D0ttinoError `io-failed` when the lock cannot be had, and what the work throws
 */
export function withLock<T>(work: () => T): T {
  const { stateFile } = directories();
  const { DatabaseSync } = quietly(() => process.getBuiltinModule("node:sqlite"));
  let database;
  try {
    makeFolder(dirname(stateFile));
    database = new DatabaseSync(stateFile, { timeout: PATIENCE });
    database.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    throw new D0ttinoError("io-failed", `The lock ${stateFile} cannot be had: ${messageOf(error)}`, {
      hint: "Check that the folder can be written, and that no other command hangs.",
      cause: error,
    });
  }
  try {
    return work();
  } finally {
    database.close();
  }
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
