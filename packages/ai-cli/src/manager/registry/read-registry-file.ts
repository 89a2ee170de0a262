import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { codeOf } from "@d0ttino/llm/errors/message-of";
import { LARGEST_REGISTRY, strictUtf8 } from "./strict-utf8.ts";

/**
 * The text of a file of this machine.
 * @throws the system's error when it cannot be read, and an Error when it cannot be a registry
 */
export function readRegistryFile(file: string): string {
  // A pipe or a device in place of the file must neither be waited for nor read without end.
  const descriptor = open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const status = fstatSync(descriptor);
    if (status.isDirectory()) throw new Error("it is a folder");
    if (!status.isFile()) throw new Error("it is not a file");
    if (status.size > LARGEST_REGISTRY) {
      throw new Error(`it is larger than the ${LARGEST_REGISTRY / 1024 / 1024} MiB that a registry may have`);
    }
    const text = strictUtf8(readFileSync(descriptor));
    if (text === undefined) throw new Error("it is not UTF-8 text");
    return text;
  } finally {
    closeSync(descriptor);
  }
}

function open(file: string, flags: number): number {
  try {
    return openSync(file, flags);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
    throw new Error("there is no such file", { cause: error });
  }
}
