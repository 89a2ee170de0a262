import type { Reading } from "../reading.ts";
import type { Arguments } from "../words/arguments.ts";

/** The options by which programs are told into which file they fetch. */
const INTO: Readonly<Record<string, ReadonlySet<string>>> = {
  curl: new Set(["-o", "--output"]),
  wget: new Set(["-O", "--output-document"]),
  aria2c: new Set(["-o", "--out"]),
};

/** Notes the file that a program fetches from another machine. */
export function noteFetched(name: string, { options }: Arguments, reading: Reading): void {
  const into = INTO[name];
  if (into === undefined) return;
  for (const { name: option, value } of options)
    if (value !== undefined && into.has(option)) reading.fetched.add(bare(value.text));
}

/** Judges a file that is run, which the step may have fetched just before. */
export function judgeFetched(path: string, reading: Reading): void {
  if (reading.fetched.size > 0 && reading.fetched.has(bare(path)))
    reading.find("high", "runs code that it has just fetched, which nobody has read");
}

function bare(path: string): string {
  return path.startsWith("./") ? path.slice(2) : path;
}
