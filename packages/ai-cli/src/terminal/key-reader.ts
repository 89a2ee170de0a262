import { StringDecoder } from "node:string_decoder";
import type { ReadStream } from "node:tty";
import { suspend } from "./suspend.ts";

/** A key: the character it writes, or one of these. */
export type Key = "enter" | "backspace" | "ctrl-c" | "ctrl-d" | (string & {});

/** The keys that a person presses. */
export interface Keys {
  /** The next key; undefined when the terminal is gone or the signal aborted. */
  next(): Promise<Key | undefined>;
  /** Forgets the keys that came together with the last one, for example by pasting. */
  drop(): void;
}

const NAMES: Readonly<Record<string, string>> = {
  "\r": "enter",
  "\n": "enter",
  "\u0003": "ctrl-c",
  "\u0004": "ctrl-d",
  "\u0008": "backspace",
  "\u001A": "ctrl-z",
  "\u007F": "backspace",
};

// oxlint-disable-next-line no-control-regex -- escape sequences are what is looked for
const KEY = /\u001B(?:\[[\d;?<]*[ -/]*[@-~]|O.|[^[O])|[^\u001B]/guy;

/** Takes what a terminal sends apart into keys; arrows and the like are left out, and an unfinished one is given back. */
export function splitKeys(text: string): { keys: Key[]; rest: string } {
  const found = text.match(KEY) ?? [];
  const rest = text.slice(found.join("").length);
  const keys = found.filter((key) => !key.startsWith("\u001B")).map((key) => NAMES[key] ?? key);
  return { keys, rest };
}

/** How a conversation by keys begins and is broken off. */
export interface KeyQuestion {
  readonly input: ReadStream;
  /** Shows the question; again after the program was suspended. */
  show(): void;
  readonly signal: AbortSignal;
}

/**
 * Gives the keys that are pressed after a question is shown, one by one and without an echo; what was typed before is
 * dropped. In the end the terminal is as it was, whatever happens.
 */
export async function withKeys<T>(question: KeyQuestion, use: (keys: Keys) => Promise<T>): Promise<T> {
  const { input, show, signal } = question;
  const decoder = new StringDecoder();
  let queue: Key[] = [];
  let rest = "";
  let isOver = signal.aborted;
  let wake: (() => void) | undefined;
  const take = (bytes: Buffer): void => {
    const split = splitKeys(rest + decoder.write(bytes));
    ({ rest } = split);
    queue.push(...split.keys);
    wake?.();
  };
  const end = (): void => {
    isOver = true;
    wake?.();
  };

  const standStill = async (): Promise<void> => {
    input.setRawMode(false);
    await suspend();
    input.setRawMode(true);
    show();
  };
  const keys: Keys = {
    async next() {
      for (;;) {
        const key = queue.shift();
        if (key === "ctrl-z" && process.platform !== "win32") await standStill();
        else if (key !== undefined) return key;
        else if (isOver) return undefined;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    drop() {
      queue = [];
    },
  };

  input.on("end", end).on("error", end);
  signal.addEventListener("abort", end);
  try {
    input.setRawMode(true);
    await dropTypedAhead(input);
    input.on("data", take);
    show();
    return await use(keys);
  } finally {
    signal.removeEventListener("abort", end);
    input.off("data", take).pause();
    // A terminal that is gone says so in an event.
    input.setRawMode(false);
    input.off("end", end).off("error", end);
  }
}

/** Reads all that the terminal has by now: it is read in one turn of the event loop, which begins in the next. */
async function dropTypedAhead(input: ReadStream): Promise<void> {
  const ignore = (): void => {};
  input.on("data", ignore).resume();
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  input.off("data", ignore);
}
