/**
 * The one file that touches standard input, output and error.
 */
import { fstatSync, statSync, writeSync } from "node:fs";
import { variable } from "@d0ttino/llm/config/environment";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { codeOf, messageOf } from "@d0ttino/llm/errors/message-of";
import { showControlCharacters } from "./control-characters.ts";
import type { Keys } from "./key-reader.ts";

/** The reader of standard output is gone: there is nobody left to write for. */
class OutputClosed extends Error {
  override readonly name = "OutputClosed";
}

/** Whether an error says so. The program is several bundles, each of which has a class of its own. */
export function isOutputClosed(error: unknown): boolean {
  return error instanceof Error && error.name === "OutputClosed";
}

const STDIN = 0;
const STDOUT = 1;
const STDERR = 2;

/** Whether standard input, output or error is a terminal. */
export const isTerminal = {
  get stdin(): boolean {
    return isTerminalAt(STDIN);
  },
  get stdout(): boolean {
    return isTerminalAt(STDOUT);
  },
  get stderr(): boolean {
    return isTerminalAt(STDERR);
  },
};

/** What is no device, or the one that takes and gives nothing, is seen without node:tty, which loads node:net as well. */
function isTerminalAt(descriptor: number): boolean {
  try {
    const found = fstatSync(descriptor);
    if (!found.isCharacterDevice() || found.rdev === statSync("/dev/null", NO_ERROR)?.rdev) return false;
    return process.getBuiltinModule("node:tty").isatty(descriptor);
  } catch {
    return false;
  }
}

const NO_ERROR = { throwIfNoEntry: false } as const;

let stdoutIsTerminal: boolean | undefined;

/** Opens standard output and error, as Node does when they are first used: what prints later leaves nothing more open. */
export function openOutputs(): void {
  void [process.stdout, process.stderr];
}

/**
 * Writes data for the caller, as it is.
 * @throws OutputClosed when nobody reads any more
 */
export function writeData(text: string): void {
  write(STDOUT, text);
}

/**
 * Writes text that came from outside, for example from a model: as it is to a program, and on a terminal with its
 * control characters made visible, so that it cannot drive the terminal.
 * @throws OutputClosed when nobody reads any more
 */
export function writeForeignText(text: string): void {
  stdoutIsTerminal ??= isTerminal.stdout;
  write(STDOUT, stdoutIsTerminal ? showControlCharacters(text) : text);
}

/**
 * Writes a message for the person; it never throws. Control characters are made visible.
 * @param paint adds control characters of ours to what is shown
 */
export function writeMessage(text: string, paint = (shown: string): string => shown): void {
  writeProgress("");
  tell(`${paint(showControlCharacters(text))}\n`.replaceAll("\n", lineBreak));
}

let lineBreak: "\n" | "\r\n" = "\n";

/** Sets what ends the lines of messages, which a terminal may want to be told in full. */
export function setLineBreak(wanted: typeof lineBreak): void {
  lineBreak = wanted;
}

let isProgressShown = false;

/**
 * Shows a line at the terminal that the next one, or a message, takes the place of; an empty one removes it. It never
 * throws. The caller sees to it that standard error is a terminal.
 */
export function writeProgress(line: string): void {
  if (line === "" && !isProgressShown) return;
  isProgressShown = line !== "";
  // One that filled the terminal would move on to the next row, from where no return leads back.
  const fitting = showControlCharacters(line).slice(0, terminalWidth() - 1);
  // Back to the beginning; what is longer in the old line is erased.
  tell(`\r${fitting}\u001B[K`);
}

function tell(text: string): void {
  try {
    write(STDERR, endOfOpenLine() + text);
  } catch {
    // Without a standard error there is nobody to tell.
  }
}

/** Writes bytes that a step printed, unchanged. What they leave unended at a terminal, the next message does not go on. */
export function writeStepOutput(stream: "stdout" | "stderr", bytes: Buffer): void {
  write(stream === "stdout" ? STDOUT : STDERR, bytes);
  if (!isTerminal[stream]) return;
  const begin = bytes.lastIndexOf("\n") + 1;
  const line = bytes.subarray(Math.max(begin, bytes.length - MOST_OF_LINE)).toString("latin1");
  openLine = (begin > 0 ? line : openLine + line).slice(-MOST_OF_LINE);
}

/** What steps have written to the terminal since the last line break, or the end of it. */
let openLine = "";
const MOST_OF_LINE = 1000;

/** Ends a line that a step has left with something in it. */
function endOfOpenLine(): string {
  if (openLine === "") return "";
  const shown = process.getBuiltinModule("node:util").stripVTControlCharacters(openLine);
  openLine = "";
  return /[!-~\u0080-\u00ff]/.test(shown) && isTerminal.stderr ? lineBreak : "";
}

/** How large the terminal is, in characters, as far as the system has told it. */
export function terminalSize(): readonly [columns: number, rows: number] {
  const [columns, rows] = process.stderr.getWindowSize();
  return [columns || 80, rows || 24];
}

/**
 * Calls back whenever the terminal has another size.
 * @returns what ends this
 */
export function onTerminalSize(listener: () => void): () => void {
  process.on("SIGWINCH", listener);
  return () => process.off("SIGWINCH", listener);
}

/** Looks how large the terminal is: the system tells it nobody who stands still, or is in the background. */
export function askTerminalSize(): void {
  if (process.stderr.isTTY) process.emit("SIGWINCH", "SIGWINCH");
}

/** Takes every byte that is typed, in whatever mode the terminal is. @returns what ends this; the rest stays there */
export function takeTyping(take: (bytes: Buffer) => void): () => void {
  const input = process.stdin;
  if (!input.listeners("error").includes(ignore)) input.on("error", ignore);
  input.on("data", take).resume();
  return () => void input.off("data", take).pause();
}

/** A terminal that is gone says so in an event; a signal has told it as well. */
function ignore(): void {}

/** Writes all of it, also into a full pipe that does not block. */
function write(descriptor: number, data: string | Uint8Array): void {
  const bytes = typeof data === "string" ? Buffer.from(data) : data;
  for (let done = 0; done < bytes.length;) {
    try {
      done += writeSync(descriptor, bytes, done);
    } catch (error) {
      if (codeOf(error) === "EAGAIN") Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      else if (codeOf(error) === "EPIPE") throw new OutputClosed();
      else {
        throw new D0ttinoError("io-failed", `The output cannot be written: ${messageOf(error)}`, {
          hint: "Check where it is redirected to, and whether there is room.",
          cause: error,
        });
      }
    }
  }
}

/** Whether something is piped or redirected into standard input. */
export function hasPipedInput(): boolean {
  try {
    const input = fstatSync(STDIN);
    return input.isFIFO() || input.isFile() || input.isSocket();
  } catch {
    return false;
  }
}

/** Reads standard input to its end, as UTF-8. */
export async function readInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

/**
 * Asks the person and waits for a line; undefined at the end of input.
 */
export async function ask(question: string): Promise<string | undefined> {
  const { createInterface } = await import("node:readline");
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((resolve) => {
    lines.once("SIGINT", () => {
      process.emit("SIGINT", "SIGINT");
      lines.close();
    });
    lines.once("close", () => resolve(undefined));
    lines.question(question, (answer) => {
      resolve(answer);
      lines.close();
    });
  });
}

function terminalWidth(): number {
  return process.stderr.columns || 80;
}

/**
 * Asks something that keys answer, one by one and unseen. What was typed before the question is shown is dropped. Needs
 * a terminal at standard input.
 * @param question gives it for a terminal with that many characters in a row
 * @param use takes the keys and gives the answer
 */
export async function askKeys<T>(
  question: (width: number) => string,
  signal: AbortSignal,
  use: (keys: Keys) => Promise<T>,
): Promise<T> {
  questionListener?.();
  const { withKeys } = await import("./key-reader.ts");
  return withKeys({ input: process.stdin, show: () => showQuestion(question(terminalWidth())), signal }, use);
}

let questionListener: (() => void) | undefined;

/** Calls back before each question that drops what was typed before it. */
export function onQuestion(listener: (() => void) | undefined): void {
  questionListener = listener;
}

/** Writes text that more will follow on the same line. */
export function showQuestion(text: string): void {
  writeProgress("");
  tell(showControlCharacters(text));
}

/** Takes the last letter away that `showQuestion` wrote. */
export function eraseLetter(): void {
  tell("\b \b");
}

/**
 * Lets the person change a line of text, which stands there to begin with; undefined when they gave up, by Ctrl-C or
 * Ctrl-D. On a terminal that cannot move its cursor the line has to be typed anew.
 */
export async function editLine(question: string, text: string, signal: AbortSignal): Promise<string | undefined> {
  if (isDumb()) return ask(question);
  const { createInterface } = await import("node:readline");
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: true, historySize: 0 });
  return new Promise((resolve) => {
    lines.once("SIGINT", () => lines.close());
    lines.once("close", () => {
      signal.removeEventListener("abort", giveUp);
      tell("\n");
      resolve(undefined);
    });
    const giveUp = (): void => lines.close();
    signal.addEventListener("abort", giveUp);
    lines.question(question, (answer) => {
      resolve(answer);
      lines.close();
    });
    lines.write(text);
  });
}

/** Whether the terminal can do no more than a typewriter. */
function isDumb(): boolean {
  return variable("TERM") === "dumb";
}

/** Asks for something that must not be seen while it is typed; undefined at the end of input or after Ctrl-C. */
export async function askSecret(question: string): Promise<string | undefined> {
  const { createInterface } = await import("node:readline");
  const { Writable } = await import("node:stream");
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  // Not before the terminal has stopped to echo, or what is pasted at once would be seen.
  write(STDERR, question);
  return new Promise((resolve) => {
    lines.once("SIGINT", () => lines.close());
    lines.once("close", () => {
      write(STDERR, "\n");
      resolve(undefined);
    });
    lines.once("line", (answer) => {
      resolve(answer);
      lines.close();
    });
  });
}

/**
 * Makes what plug-ins print go to standard error: standard output belongs to the answer.
 */
export function divertPluginOutput(): void {
  Object.defineProperty(process, "stdout", { configurable: true, enumerable: true, get: () => process.stderr });
}
