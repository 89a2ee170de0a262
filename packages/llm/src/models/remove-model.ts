import { existsSync, lstatSync, readdirSync, rmSync, statSync } from "node:fs";
import { normalizeName } from "@d0ttino/plugin-sdk/host";
import { directories } from "../config/directories.ts";
import { diskFailure } from "../errors/disk-failure.ts";
import { removePartialDownload } from "../network/partial-download.ts";
import { GGUF } from "./model-files.ts";
import { modelName } from "./model-name.ts";
import { modelPaths } from "./model-paths.ts";
import { withModelLock, type ModelWork } from "./with-model-lock.ts";

/** What was removed: a file, a link whose file stays, a download that was not finished, or nothing. */
export type Removed = "file" | "link" | "download" | "nothing";

/**
 * Removes a model, what is written down of it, and what is left of its download. Of a linked one only the link goes.
 * @throws D0ttinoError `usage` for what cannot be a name, `io-failed`; the reason of the signal
 */
export async function removeModel(given: string, options: ModelWork): Promise<{ name: string; removed: Removed }> {
  const name = nameOnDisk(given) ?? modelName(given);
  const { file, record, part, workFolder } = modelPaths(name);
  const there = [file, record, part, workFolder].some((path) => lstatSync(path, { throwIfNoEntry: false }));
  if (!there) return { name, removed: "nothing" };
  return withModelLock(name, options, async () => {
    const found = lstatSync(file, { throwIfNoEntry: false });
    try {
      rmSync(file, { force: true });
      rmSync(record, { force: true });
      const wasBegun = removePartialDownload(part) || existsSync(workFolder);
      rmSync(workFolder, { recursive: true, force: true });
      if (found === undefined) return { name, removed: wasBegun ? "download" : "nothing" };
      return { name, removed: found.isSymbolicLink() ? "link" : "file" };
    } catch (error) {
      throw diskFailure(error, file);
    }
  });
}

/** A file that somebody put there may have capital letters in its name, and others that no name of ours has. */
function nameOnDisk(given: string): string | undefined {
  const { models } = directories();
  const isModel = (name: string): boolean => name.endsWith(GGUF) && !name.startsWith(".");
  const names = statSync(models, { throwIfNoEntry: false })?.isDirectory() === true ? readdirSync(models) : [];
  const known = names.filter(isModel).map((name) => name.slice(0, -GGUF.length));
  return known.find((name) => name === given) ?? known.find((name) => normalizeName(name) === normalizeName(given));
}
