import { linkSync, lstatSync, realpathSync, rmSync, statSync, symlinkSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { codeOf } from "../errors/message-of.ts";
import { diskFailure } from "../errors/disk-failure.ts";
import { removePartialDownload } from "../network/partial-download.ts";
import type { AddedModel } from "./added-model.ts";
import { checkSpace, type FreeSpace } from "./free-space.ts";
import type { ModelPaths } from "./model-paths.ts";
import { readModelRecord, writeModelRecord } from "./model-record.ts";
import { isTaken, nameTaken, placeModel } from "./place-model.ts";
import { readModelFile } from "./read-model-file.ts";
import { withModelLock, type ModelWork } from "./with-model-lock.ts";

type Link = (path: string, name: string) => void;

/** How a file can get a name in the folder of models without a copy, the best way first. */
const LINKS: readonly Link[] = [symlinkSync, linkSync];

/** How a file is added. */
interface FileAddition extends ModelWork {
  /** For tests: how much room there is. */
  readonly freeSpace?: FreeSpace;
  /** For tests: the ways to link. */
  readonly links?: readonly Link[];
}

/**
 * Adds a file of this machine, as a link to where it really lies.
 * @throws D0ttinoError `bad-model`, `model-exists`, `io-failed`; the reason of the signal
 */
export async function addFile(path: string, name: string, options: FileAddition): Promise<AddedModel> {
  const { bytes, licence = null } = readModelFile(path);
  const source = realpathSync(path);
  return withModelLock(name, options, async (paths) => {
    const added = { name, path: paths.file, bytes, sha256: null, source, licence };
    if (isTaken(paths)) {
      if (!isSame(source, bytes, paths)) {
        throw nameTaken(name, paths, `Remove it first (ai-cli models rm ${name}), or give yours another: --name NAME`);
      }
      return { ...added, kind: lstatSync(paths.file).isSymbolicLink() ? "linked" : "copied", wasThere: true };
    }
    const record = { source, licence, sha256: null, bytes };
    removePartialDownload(paths.part);
    writeModelRecord(paths.record, record);
    try {
      if (isLinked(source, paths, options.links)) return { ...added, kind: "linked", wasThere: false };
      await checkSpace(paths.folder, bytes, options.freeSpace);
      await copyFile(source, paths.part);
      await placeModel(paths.part, paths, record);
    } catch (error) {
      rmSync(paths.part, { force: true });
      rmSync(paths.record, { force: true });
      throw diskFailure(error, paths.file);
    }
    return { ...added, kind: "copied", wasThere: false };
  });
}

/** Whether the name leads to that very file, or to a copy of it. */
function isSame(source: string, bytes: number, paths: ModelPaths): boolean {
  const there = statSync(paths.file, { throwIfNoEntry: false });
  if (there === undefined) return false;
  const file = statSync(source);
  if (there.ino === file.ino && there.dev === file.dev) return true;
  return readModelRecord(paths.record).source === source && there.size === bytes;
}

/** Links the file; says false where the system allows no link. */
function isLinked(source: string, { file }: ModelPaths, links = LINKS): boolean {
  for (const link of links) {
    try {
      link(source, file);
      return true;
    } catch (error) {
      if (!REFUSALS.includes(codeOf(error) ?? "")) throw error;
    }
  }
  return false;
}

/** Without rights, on a disk without links, or between two disks. */
const REFUSALS = ["EPERM", "EACCES", "ENOTSUP", "ENOSYS", "EXDEV", "EMLINK"];
