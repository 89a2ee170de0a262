import { openSync } from "node:fs";

/** Open files that node-pty leaves open in whatever this program starts. */
const kept = new Set<number>();
let nothing: number | undefined;

/** Keeps an open file of this program from what it starts, until it is closed. @returns what ends that */
export function keepDescriptor(descriptor: number): () => void {
  kept.add(descriptor);
  return () => void kept.delete(descriptor);
}

/**
 * The streams for a program that is started: those that it is to have, and nothing in the place of what is kept from it. Who
 * holds a pseudo-terminal open without knowing would keep it from hanging up when this program is killed.
 */
export function withoutKept<Stream>(streams: readonly Stream[]): (Stream | number | "ignore")[] {
  const list: (Stream | number | "ignore")[] = [...streams];
  for (const descriptor of kept) {
    nothing ??= openSync("/dev/null", "r+");
    // What is to be ignored behind the first three is left as it is.
    while (list.length < descriptor) list.push("ignore");
    list[descriptor] = nothing;
  }
  return list;
}
