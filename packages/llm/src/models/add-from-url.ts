import { D0ttinoError, isD0ttinoError } from "../errors/d0ttino-error.ts";
import { download } from "../network/download.ts";
import { DownloadFailure } from "../network/download-failure.ts";
import { shownUrl } from "../network/download-url.ts";
import { partialDownload, removePartialDownload } from "../network/partial-download.ts";
import type { AddedModel } from "./added-model.ts";
import { checkSpace } from "./free-space.ts";
import { ggufProblem } from "./gguf-header.ts";
import { megabytes } from "./megabytes.ts";
import type { ModelFetch } from "./model-fetch.ts";
import type { ModelPaths } from "./model-paths.ts";
import { readModelRecord, type ModelRecord } from "./model-record.ts";
import { isTaken, nameTaken, placeModel } from "./place-model.ts";
import { readModelFile } from "./read-model-file.ts";
import { sha256Of } from "./sha256-of.ts";
import { withModelLock } from "./with-model-lock.ts";

/**
 * Adds a model by downloading it.
 * @throws D0ttinoError `download-failed`, `bad-model`, `model-exists`, `io-failed`; the reason of the signal, after
 *   which the same goes on where this was
 */
export async function addFromUrl(url: URL, name: string, options: ModelFetch): Promise<AddedModel> {
  return withModelLock(name, options, async (paths) => {
    const source = shownUrl(url);
    const result = (record: ModelRecord, bytes: number, wasThere: boolean): AddedModel => {
      const { sha256, licence } = record;
      return { name, path: paths.file, bytes, sha256, source, licence, kind: "downloaded", wasThere };
    };
    if (isTaken(paths)) {
      const record = readModelRecord(paths.record);
      if (record.source === source && record.bytes !== null) return result(record, record.bytes, true);
      throw nameTaken(name, paths, `Remove it first (ai-cli models rm ${name}), or give yours another: --name NAME`);
    }
    await fetch(url, paths, options);
    try {
      const { bytes, licence = null } = readModelFile(paths.part, source);
      const record = { source, licence, sha256: await sha256Of(paths.part, options.signal), bytes };
      await placeModel(paths.part, paths, record);
      removePartialDownload(paths.part);
      return result(record, bytes, false);
    } catch (error) {
      if (isD0ttinoError(error) && error.code === "bad-model") removePartialDownload(paths.part);
      throw error;
    }
  });
}

async function fetch(url: URL, { folder, part }: ModelPaths, options: ModelFetch): Promise<void> {
  const { signal, timeouts, onProgress, freeSpace } = options;
  let isStarted = false;
  try {
    await download(url, part, {
      signal,
      timeouts,
      checkStart: ggufProblem,
      onStart: async ({ done, total }) => {
        if (total !== undefined) await checkSpace(folder, total - done, freeSpace);
        if (!isStarted) options.onStart?.({ from: shownUrl(url), bytes: total, done });
        isStarted = true;
      },
      onProgress,
    });
  } catch (error) {
    if (!(error instanceof DownloadFailure)) throw error;
    const here = partialDownload(part, url)?.from;
    const rest = here === undefined ? "" : ` The same command goes on from ${megabytes(here)}.`;
    throw new D0ttinoError("download-failed", `${shownUrl(url)} could not be downloaded: ${error.message}.`, {
      hint: `Check the URL and the network connection.${rest}`,
      cause: error,
    });
  }
}
