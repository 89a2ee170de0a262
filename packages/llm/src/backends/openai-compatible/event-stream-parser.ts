/** The largest event that is accepted, in UTF-16 code units. */
export const LARGEST_EVENT = 16 * 1024 * 1024;

/**
 * Takes a stream of server-sent events apart as the HTML standard says (9.2.6): lines end with CR, LF or CRLF, lines
 * of one event are joined, comments are dropped, a byte order mark is skipped. Only `data` is kept.
 */
export class EventStreamParser {
  readonly #decoder = new TextDecoder();
  #rest = "";
  #data: string | undefined;
  #lastWasCarriageReturn = false;

  /**
   * Takes the next bytes, cut anywhere.
   * @returns the data of the events that are complete now
   * @throws RangeError when an event is larger than `LARGEST_EVENT`
   */
  push(bytes: Uint8Array): string[] {
    return this.#take(this.#decoder.decode(bytes, { stream: true }));
  }

  /** Ends the stream. Unlike the standard, the last event counts even when no empty line follows it. */
  end(): string[] {
    const events = this.#take(`${this.#decoder.decode()}\n\n`);
    this.#rest = "";
    return events;
  }

  #take(text: string): string[] {
    const events: string[] = [];
    let from = this.#lastWasCarriageReturn && text.startsWith("\n") ? 1 : 0;
    if (text !== "") this.#lastWasCarriageReturn = false;
    const buffer = this.#rest + text.slice(from);
    from = 0;
    // What was left over holds no line end, so the search begins behind it.
    let search = this.#rest.length;
    let feed = buffer.indexOf("\n", search);
    let carriage = buffer.indexOf("\r", search);
    while (feed !== -1 || carriage !== -1) {
      const end = feed === -1 || (carriage !== -1 && carriage < feed) ? carriage : feed;
      this.#line(buffer.slice(from, end), events);
      from = end + 1;
      if (end === carriage) {
        if (from === buffer.length) this.#lastWasCarriageReturn = true;
        else if (buffer[from] === "\n") from += 1;
      }
      search = from;
      if (feed !== -1 && feed < search) feed = buffer.indexOf("\n", search);
      if (carriage !== -1 && carriage < search) carriage = buffer.indexOf("\r", search);
    }
    this.#rest = from === 0 ? buffer : buffer.slice(from);
    if (this.#rest.length + (this.#data?.length ?? 0) > LARGEST_EVENT) throw new RangeError("an event is too large");
    return events;
  }

  #line(line: string, events: string[]): void {
    if (line === "") {
      if (this.#data !== undefined) events.push(this.#data);
      this.#data = undefined;
      return;
    }
    if (line !== "data" && !line.startsWith("data:")) return;
    const value = line.slice(line.startsWith("data: ") ? 6 : 5);
    this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`;
  }
}
