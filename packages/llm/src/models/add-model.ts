import { basename, resolve } from "node:path";
import { D0ttinoError } from "../errors/d0ttino-error.ts";
import { DownloadFailure } from "../network/download-failure.ts";
import { downloadUrl } from "../network/download-url.ts";
import type { AddedModel } from "./added-model.ts";
import { addFile } from "./add-file.ts";
import { addFromUrl } from "./add-from-url.ts";
import type { ModelFetch } from "./model-fetch.ts";
import { modelName, nameFromFile } from "./model-name.ts";

/** Where a model is to come from, and how it will be called. */
export interface ModelOrigin {
  readonly name: string;
  readonly from: URL | string;
}

/**
 * Reads what was given as PATH|URL, and as the name.
 * @throws D0ttinoError `usage`
 */
export function modelOrigin(given: string, name: string | undefined): ModelOrigin {
  const from = /^[a-z][a-z0-9+.-]+:\/\//i.test(given) ? urlOf(given) : resolve(given);
  const file = typeof from === "string" ? basename(from) : lastPart(from);
  return { from, name: name === undefined ? nameFromFile(file) : modelName(name) };
}

/**
 * Adds a model: a file of this machine is linked, one of a URL downloaded.
 * @throws D0ttinoError `bad-model`, `model-exists`, `download-failed`, `io-failed`; the reason of the signal
 */
export function addModel({ name, from }: ModelOrigin, options: ModelFetch): Promise<AddedModel> {
  return typeof from === "string" ? addFile(from, name, options) : addFromUrl(from, name, options);
}

function urlOf(given: string): URL {
  try {
    return downloadUrl(given, JSON.stringify(given));
  } catch (error) {
    if (!(error instanceof DownloadFailure)) throw error;
    throw new D0ttinoError("usage", `Nothing can be downloaded from there: ${error.message}.`, {
      hint: "Give an http or https URL of a GGUF file, or the path of one.",
    });
  }
}

function lastPart({ pathname, host }: URL): string {
  const last = basename(pathname) || host;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
