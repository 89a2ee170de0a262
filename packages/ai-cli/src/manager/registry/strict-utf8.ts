import { isUtf8 } from "node:buffer";

/** The largest registry that is read, in bytes. */
export const LARGEST_REGISTRY = 2 * 1024 * 1024;

/** The text of bytes, with any byte order mark; undefined when they are not UTF-8. */
export function strictUtf8(bytes: Buffer): string | undefined {
  // A strict TextDecoder takes five milliseconds to be made.
  return isUtf8(bytes) ? bytes.toString("utf8") : undefined;
}
