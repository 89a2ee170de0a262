import { lstatSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { D0ttinoError } from "../errors/d0ttino-error.ts";
import { diskFailure } from "../errors/disk-failure.ts";
import type { ModelPaths } from "./model-paths.ts";
import { writeModelRecord, type ModelRecord } from "./model-record.ts";

/**
 * Gives a finished file the name of its model. It is on the disk by then, and so is what is written down of it.
 * @throws D0ttinoError `io-failed`
 */
export async function placeModel(file: string, paths: ModelPaths, record: ModelRecord): Promise<void> {
  try {
    await sync(file);
    writeModelRecord(paths.record, record);
    await rename(file, paths.file);
    // Some systems refuse this for a folder, and can do without.
    await sync(paths.folder).catch(() => {});
  } catch (error) {
    throw diskFailure(error, paths.file);
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Whether something has the name of a model, be it a link that leads nowhere. */
export function isTaken({ file }: ModelPaths): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}

/** The error for a name that another model has. */
export function nameTaken(name: string, paths: ModelPaths, hint: string): D0ttinoError {
  return new D0ttinoError("model-exists", `There is another model called ${name}: ${paths.file}.`, { hint });
}
