import { variable } from "../config/environment.ts";
import { download } from "../network/download.ts";
import { DownloadFailure } from "../network/download-failure.ts";
import { downloadUrl } from "../network/download-url.ts";
import { removePartialDownload } from "../network/partial-download.ts";
import type { CatalogueEntry, HubSource } from "./catalogue.ts";
import { ggufProblem } from "./gguf-header.ts";
import { verifyModel } from "./verify-model.ts";
import type { ModelFetch } from "./model-fetch.ts";
import type { ModelPaths } from "./model-paths.ts";

const HUB = "https://huggingface.co";

/**
 * The address of a file on the hub, or on the mirror that HF_ENDPOINT names.
 * @throws DownloadFailure when HF_ENDPOINT is no address
 */
export function hubUrl({ repository, revision, file }: HubSource): URL {
  const hub = downloadUrl((variable("HF_ENDPOINT") ?? HUB).replace(/(?<!\/)\/+$/, ""), "HF_ENDPOINT");
  return new URL(`${hub.href.replace(/(?<!\/)\/+$/, "")}/${repository}/resolve/${revision}/${file}`);
}

/**
 * Downloads a model from the hub into its part and checks it. What is not it is removed.
 * @returns the finished file
 * @throws DownloadFailure; D0ttinoError `io-failed`; the reason of the signal
 */
export async function fetchFromHub(
  source: HubSource,
  entry: CatalogueEntry,
  { part }: ModelPaths,
  { signal, onProgress, timeouts }: ModelFetch,
): Promise<string> {
  const url = hubUrl(source);
  for (;;) {
    const { resumed } = await download(url, part, {
      signal,
      bytes: entry.bytes,
      timeouts,
      checkStart: ggufProblem,
      onProgress,
    });
    const problem = await verifyModel(part, entry, signal);
    if (problem === undefined) return part;
    removePartialDownload(part);
    // What was here before may be to blame, so that all of it is asked for once more.
    if (!resumed) throw new DownloadFailure(`what ${url.host} sent ${problem}`);
  }
}
