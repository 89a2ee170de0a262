import { BackendError } from "@d0ttino/plugin-sdk/host";

/** The largest event that is accepted, in UTF-16 code units. */
export const LARGEST_EVENT = 16 * 1024 * 1024;

/** How much is kept of what is no event, in UTF-16 code units. */
const MOST_STRAY = 4096;

/**
 * Takes a stream of server-sent events apart as the HTML standard says (9.2.6): lines end with CR, LF or CRLF, lines
 * of one event are joined, comments are dropped. Only `data` is kept. A byte order mark is for the decoder to skip.
 */
export class EventStreamParser {
  /** The beginning of a line that has no end yet, in the pieces that it came in. */
  #rest: string[] = [];
  #restLength = 0;
  #data: string | undefined;
  #lastWasCarriageReturn = false;
  #stray = "";

  /**
   * The first lines that the standard has no meaning for. Servers that break down in mid-stream write their last
   * words there.
   */
  get stray(): string {
    return this.#stray;
  }

  /**
   * Takes the next text, cut anywhere.
   * @param events gets the data of the events that are complete now
   * @throws BackendError `malformed` when an event is larger than `LARGEST_EVENT`
   */
  push(text: string, events: string[]): void {
    if (text === "") return;
    let from = this.#lastWasCarriageReturn && text.startsWith("\n") ? 1 : 0;
    this.#lastWasCarriageReturn = false;
    let feed = text.indexOf("\n", from);
    let carriage = text.indexOf("\r", from);
    while (feed !== -1 || carriage !== -1) {
      const end = feed === -1 || (carriage !== -1 && carriage < feed) ? carriage : feed;
      if (this.#restLength > 0) this.#wholeLine(text.slice(from, end), events);
      else this.#line(text, from, end, events);
      from = end + 1;
      if (end === carriage) {
        if (from === text.length) this.#lastWasCarriageReturn = true;
        else if (text[from] === "\n") from += 1;
      }
      if (feed !== -1 && feed < from) feed = text.indexOf("\n", from);
      if (carriage !== -1 && carriage < from) carriage = text.indexOf("\r", from);
    }
    if (from < text.length) this.#keep(from === 0 ? text : text.slice(from));
  }

  /** Ends the stream. Unlike the standard, the last event counts even when no empty line follows it. */
  end(events: string[]): void {
    this.#lastWasCarriageReturn = false;
    this.push("\n\n", events);
  }

  #keep(piece: string): void {
    this.#rest.push(piece);
    this.#restLength += piece.length;
    this.#check(this.#restLength + (this.#data?.length ?? 0));
  }

  #wholeLine(end: string, events: string[]): void {
    const line = this.#rest.join("") + end;
    this.#rest = [];
    this.#restLength = 0;
    this.#line(line, 0, line.length, events);
  }

  /** Takes the line of a text that goes from one index to another. */
  #line(text: string, from: number, end: number, events: string[]): void {
    if (from === end) {
      if (this.#data !== undefined) events.push(this.#data);
      this.#data = undefined;
    } else if (text.startsWith("data:", from)) {
      this.#add(text.slice(text.startsWith(" ", from + 5) ? from + 6 : from + 5, end));
    } else if (text.slice(from, end) === "data") {
      this.#add("");
    } else if (this.#stray.length < MOST_STRAY && !/^(?:|event|id|retry)(?::|$)/.test(text.slice(from, end))) {
      this.#stray = `${this.#stray}${text.slice(from, end)}\n`.slice(0, MOST_STRAY);
    }
  }

  #add(value: string): void {
    this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`;
    this.#check(this.#data.length);
  }

  #check(length: number): void {
    if (length > LARGEST_EVENT) throw new BackendError("a piece of the answer is too large", { kind: "malformed" });
  }
}
