import { BackendError } from "@d0ttino/plugin-sdk/host";
import type { StreamPart } from "@d0ttino/plugin-sdk/host";
import { ChatAnswer, cutOff } from "./chat-answer.ts";
import { EventStreamParser } from "./event-stream-parser.ts";
import { errorIn, fieldsOf, titleOf } from "./server-error.ts";

/** The largest answer in one piece, in UTF-16 code units: it stands in memory twice, as text and as a value. */
const LARGEST_WHOLE = 64 * 1024 * 1024;

/**
 * Makes parts of the bytes of an answer. Whether it is a stream of events or one piece is told by how it begins:
 * servers ignore that a stream was asked for, and send streams and errors under each other's content type.
 */
export class CompletionReader {
  readonly #decoder = new TextDecoder();
  readonly #saysStream: boolean;
  readonly #chat = new ChatAnswer();
  readonly #parser = new EventStreamParser();
  #form: "unknown" | "stream" | "whole" = "unknown";
  /** What has come of an answer that is no stream. */
  #pieces: string[] = [];
  #length = 0;
  #isDone = false;

  /** @param contentType as the server says */
  constructor(contentType: string | undefined) {
    this.#saysStream = contentType?.includes("text/event-stream") === true;
  }

  /** Whether a piece of the answer itself has come. */
  get began(): boolean {
    return this.#chat.began;
  }

  /** Whether the server has said why it stopped. */
  get isFinished(): boolean {
    return this.#chat.isFinished;
  }

  /** Whether the last part has come. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /**
   * Takes the next bytes, cut anywhere.
   * @param parts gets what is in them, also when an error follows
   * @throws BackendError when the answer holds an error or cannot be understood
   */
  push(bytes: Uint8Array, parts: StreamPart[]): void {
    this.#take(this.#decoder.decode(bytes, { stream: true }), parts);
  }

  /**
   * Ends the answer.
   * @throws BackendError as `push`; `truncated` when the answer was cut off
   */
  end(parts: StreamPart[]): void {
    this.#take(this.#decoder.decode(), parts);
    if (this.#form === "stream") this.#endStream(parts);
    else if (!this.#isDone) this.#whole(this.#pieces.join("").trim(), parts);
  }

  /** Ends an answer whose server has said why it stopped but not that this was all. */
  finish(parts: StreamPart[]): void {
    if (!this.#isDone) parts.push(this.#chat.end(false));
    this.#isDone = true;
  }

  #take(text: string, parts: StreamPart[]): void {
    if (this.#form === "stream") {
      this.#events(text, parts);
      return;
    }
    this.#pieces.push(text);
    this.#length += text.length;
    if (this.#length > LARGEST_WHOLE) throw new BackendError("the answer is too large", { kind: "malformed" });
    if (this.#form === "whole") return;
    const all = this.#pieces.join("");
    this.#form = formOf(all.trimStart(), this.#saysStream);
    if (this.#form !== "stream") return;
    this.#pieces = [];
    this.#events(all, parts);
  }

  #events(text: string, parts: StreamPart[]): void {
    const events: string[] = [];
    let failure: unknown;
    try {
      this.#parser.push(text, events);
    } catch (error) {
      failure = error;
    }
    this.#read(events, parts);
    if (failure !== undefined) throw failure;
  }

  #read(events: readonly string[], parts: StreamPart[]): void {
    for (const data of events) {
      if (this.#isDone) return;
      if (data.startsWith("[DONE]")) {
        parts.push(this.#chat.end(true));
        this.#isDone = true;
      } else if (data !== "" && data.trim() !== "") this.#chat.take(parse(data), parts);
    }
  }

  #endStream(parts: StreamPart[]): void {
    const events: string[] = [];
    this.#parser.end(events);
    // The last event came without its end, so it may have been cut.
    const cut = events.find((data) => data.startsWith("{") && !isJson(data));
    if (cut !== undefined) throw cutOff(cut.includes('"error"') ? cut : "");
    this.#read(events, parts);
    if (this.#isDone) return;
    if (!this.#chat.isFinished) throwLastWords(this.#parser.stray);
    this.finish(parts);
  }

  #whole(text: string, parts: StreamPart[]): void {
    if (text.startsWith("<")) {
      const title = titleOf(text);
      throw new BackendError(`the server answered with a web page${title === undefined ? "" : `: ${title}`}`, {
        kind: "malformed",
        hint: "Check the base URL, and whether a proxy or a login page is in between.",
      });
    }
    const value = parse(text);
    // Some servers wrap their error in a list.
    this.#chat.take(Array.isArray(value) ? value[0] : value, parts);
    parts.push(this.#chat.end(true));
    this.#isDone = true;
  }
}

function formOf(beginning: string, saysStream: boolean): "unknown" | "stream" | "whole" {
  if (beginning === "") return "unknown";
  if (/^[{[<]/.test(beginning)) return "whole";
  if (saysStream || /^(?::|data|event|id|retry)/.test(beginning)) return "stream";
  // It may be cut within such a word.
  return beginning.length < 6 && /^[deir]/.test(beginning) ? "unknown" : "whole";
}

/** What a server wrote between the events before it stopped. */
function throwLastWords(stray: string): void {
  const words = stray.trim();
  if (words === "") return;
  let body: ReturnType<typeof fieldsOf>;
  try {
    body = fieldsOf(JSON.parse(words));
  } catch {}
  if (body?.["error"] !== undefined) throw errorIn(body);
  throw cutOff(words);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function parse(text: string): unknown {
  if (text === "") throw new BackendError("the server sent an empty answer", { kind: "malformed" });
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new BackendError(`the server sent something that is not JSON: ${text}`, { kind: "malformed" });
  }
}
