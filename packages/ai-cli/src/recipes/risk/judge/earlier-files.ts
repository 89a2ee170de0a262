import type { Reading } from "../reading.ts";
import type { Scope } from "../scope.ts";
import type { Arguments } from "../words/arguments.ts";
import { normalPath, pathIn } from "../words/normal-path.ts";
import type { ShellWord } from "../words/shell-word.ts";

/** The options by which programs are told into which file they fetch. */
const INTO: Readonly<Record<string, ReadonlySet<string>>> = {
  curl: new Set(["-o", "--output"]),
  wget: new Set(["-O", "--output-document"]),
  aria2c: new Set(["-o", "--out"]),
};

/** Notes the file that a program fetches from another machine. */
export function noteFetched(name: string, { options, operands }: Arguments, reading: Reading): void {
  // These are told a file behind the address.
  if (name === "certutil" || name === "bitsadmin") {
    const [address, file] = operands.slice(-2);
    if (address?.word.text.includes("://") === true && file !== undefined)
      reading.fetched.add(normalPath(file.word.text));
  }
  const into = INTO[name];
  if (into === undefined) return;
  // Wget, and curl when it is told so, call the file as it is called there.
  if (name === "wget" || options.some((one) => one.name === "-O" || one.name === "--remote-name"))
    for (const { word } of operands) reading.fetched.add(word.text.replace(/[?#].*$/s, "").replace(/^.*\//, ""));
  for (const { name: option, value } of options)
    if (value !== undefined && into.has(option)) reading.fetched.add(normalPath(value.text));
}

/** Judges a file that is run, which the step may have fetched just before. */
export function judgeFetched(path: string, reading: Reading): void {
  if (reading.fetched.size > 0 && reading.fetched.has(normalPath(path)))
    reading.find("high", "runs code that it has just fetched, which nobody has read");
}

/** Notes where files are moved to, and judges what deletes them there. */
export function judgeMoved(name: string, { operands }: Arguments, reading: Reading): void {
  if (name === "mv" && operands.length > 1) reading.moved.add(normalPath(operands.at(-1)?.word.text ?? ""));
  else if (
    name === "rm" &&
    reading.moved.size > 0 &&
    operands.some(({ word }) => reading.moved.has(normalPath(word.text)))
  )
    reading.find("high", "deletes what it has just moved");
}

/** Notes files that a program makes to put a file system into them. */
export function noteMade(name: string, words: readonly ShellWord[], scope: Scope, reading: Reading): void {
  if (name === "truncate" || name === "fallocate") addMade(words.at(-1), scope, reading);
  else if (name === "dd" && !words.some(({ text }) => text.includes("notrunc")))
    for (const word of words)
      if (word.text.startsWith("of=")) addMade({ ...word, text: word.text.slice("of=".length) }, scope, reading);
}

function addMade(word: ShellWord | undefined, { folder }: Scope, reading: Reading): void {
  if (word === undefined || !word.known || word.glob || word.text.startsWith("-")) return;
  const path = pathIn(folder, word.text);
  if (!path.startsWith("/dev/")) reading.made.add(path);
}

/** Judges a program that makes a file system, if it does so in a file that the step has just made. */
export function judgeMadeIn(name: string, words: readonly ShellWord[], { folder }: Scope, reading: Reading): boolean {
  if (!name.startsWith("mk") || !/^mk(?:fs|swap|e2fs)/.test(name)) return false;
  if (!reading.made.has(pathIn(folder, words.at(-1)?.text ?? ""))) return false;
  reading.find("medium", "makes a file system in a file that it has just made");
  return true;
}
