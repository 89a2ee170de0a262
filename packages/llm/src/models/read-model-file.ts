import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { codeOf, messageOf } from "../errors/message-of.ts";
import { badModel, HEADER_BYTES, readGgufHeader, type GgufHeader } from "./gguf-header.ts";

/** What a file of a model is. */
export interface CheckedModelFile extends GgufHeader {
  readonly bytes: number;
}

/**
 * Opens a file and sees whether it is a model.
 * @param shown what to call it in messages
 * @throws D0ttinoError `bad-model` when it is missing, no file, empty, no GGUF or cut off
 */
export function readModelFile(path: string, shown = path): CheckedModelFile {
  const descriptor = openModel(path, shown);
  try {
    const file = fstatSync(descriptor);
    if (file.isDirectory()) throw badModel(`${shown} is a folder.`, "Name the GGUF file in it.");
    if (!file.isFile()) throw badModel(`${shown} is no regular file.`);
    if (file.size === 0) throw badModel(`${shown} is empty.`, "Download or copy it again.");
    const bytes = Buffer.alloc(Math.min(file.size, HEADER_BYTES));
    const start = bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, 0));
    return { ...readGgufHeader(start, start.length === file.size, shown), bytes: file.size };
  } finally {
    closeSync(descriptor);
  }
}

function openModel(path: string, shown: string): number {
  try {
    // A pipe that nobody writes to would be waited for.
    return openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const isMissing = codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR";
    if (isMissing) throw badModel(`There is no file ${shown}.`, "Check the path.");
    throw badModel(`${shown} cannot be read: ${messageOf(error)}.`, "Check its permissions.");
  }
}
