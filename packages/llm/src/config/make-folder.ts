import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { codeOf } from "../errors/message-of.ts";

/**
 * Makes a folder and those above it. Node's own recursive mkdir never returns where a file system such as /proc
 * refuses new folders.
 * @throws the system's error
 */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (codeOf(error) === "EEXIST") return;
    if (codeOf(error) !== "ENOENT" || folder === dirname(folder)) throw error;
    makeFolder(dirname(folder));
    makeLast(folder);
  }
}

/** Another process may make it at the same time. */
function makeLast(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  }
}
