/** The largest registry that is read, in bytes. */
export const LARGEST_REGISTRY = 2 * 1024 * 1024;

/** The text of bytes, with any byte order mark; undefined when they are not UTF-8. */
export function strictUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
