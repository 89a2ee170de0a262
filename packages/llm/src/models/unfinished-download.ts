import { partialDownload } from "../network/partial-download.ts";
import { modelPaths } from "./model-paths.ts";

/** How many bytes of a model are here that its download goes on from, or undefined when it would begin anew. */
export function unfinishedDownload(name: string): number | undefined {
  return partialDownload(modelPaths(name).part)?.from;
}
