const MEGABYTE = 1024 * 1024;

/** A size for people, in units of 1024 * 1024 bytes: "93.8 MB". */
export function megabytes(bytes: number): string {
  return `${(bytes / MEGABYTE).toFixed(1)} MB`;
}
