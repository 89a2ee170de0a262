import { DownloadFailure } from "../network/download-failure.ts";
import { shownUrl } from "../network/download-url.ts";
import type { ModelSource } from "./catalogue.ts";
import { hubUrl } from "./hub-source.ts";

/** A source as it is written down and shown: its URL, or its package. */
export function shownSource(source: ModelSource): string {
  if (source.kind === "pip") return `PyPI package ${source.package} ${source.version}`;
  try {
    return shownUrl(hubUrl(source));
  } catch (error) {
    // Fetching tells what is wrong.
    if (error instanceof DownloadFailure) return titleOf(source);
    throw error;
  }
}

/** A source in a sentence. */
export function titleOf(source: ModelSource): string {
  return source.kind === "hub" ? "the model hub" : `the Python package ${source.package}, with pip`;
}
