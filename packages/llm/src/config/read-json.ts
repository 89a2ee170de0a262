import { readFileSync } from "node:fs";
import { codeOf, messageOf } from "../errors/message-of.ts";

/** A file that is not JSON. `line` counts from 1. */
export class JsonError extends Error {
  override readonly name = "JsonError";
  readonly file: string;
  readonly line: number;

  constructor(file: string, line: number, reason: string) {
    super(`${file}:${line}: ${reason}`);
    this.file = file;
    this.line = line;
  }
}

/**
 * Reads a JSON file, or undefined when there is none.
 * @throws JsonError when the text is not JSON, and the system's error when it cannot be read
 */
export function readJson(file: string): unknown {
  const text = readText(file);
  return text === undefined ? undefined : parseJson(text, file);
}

/**
 * Reads a text file, or undefined when there is none.
 * @throws the system's error when it cannot be read
 */
export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return undefined;
    throw error;
  }
}

/**
 * Parses JSON that came from a file; a byte order mark is skipped.
 * @throws JsonError
 */
export function parseJson(text: string, file: string): unknown {
  const body = text.startsWith("\uFEFF") ? text.slice(1) : text;
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new JsonError(file, lineOf(messageOf(error), body), reasonOf(messageOf(error), body));
  }
}

/**
 * The line of a fault. V8 names a position for most faults; for an unexpected character it only quotes the text
 * around it, so the shortest beginning that shows the fault is looked for.
 */
function lineOf(message: string, text: string): number {
  const position = /at position (\d+)/.exec(message)?.[1];
  const end = text.trimEnd().length;
  if (position !== undefined) return lineAt(text, Math.min(Number(position), end));
  if (!message.startsWith("Unexpected token")) return lineAt(text, end);
  let good = 0;
  let faulty = text.length;
  while (faulty - good > 1) {
    const middle = (good + faulty) >> 1;
    if (hasUnexpectedToken(text.slice(0, middle))) faulty = middle;
    else good = middle;
  }
  return lineAt(text, faulty);
}

function hasUnexpectedToken(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch (error) {
    return messageOf(error).startsWith("Unexpected token");
  }
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split("\n").length;
}

/** The message without the position, and without the quoted text, which may be long or secret. */
function reasonOf(message: string, text: string): string {
  if (text.trim() === "") return "the file is empty";
  const reason = message.replace(/(?<=^Unexpected token '.{1,2}'), .*$/su, "").replace(/ in JSON at position.*$/su, "");
  return reason.charAt(0).toLowerCase() + reason.slice(1);
}
