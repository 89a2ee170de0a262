const RETURN = 13;

/** Gives what a terminal shows the line breaks that programs wrote: the terminal's driver has put a return before each. */
export class ShownText {
  #heldBack = "";

  /** What is certain by now; a return at the end belongs to the line break that may come next. */
  take(bytes: Buffer): Uint8Array {
    if (this.#heldBack === "" && !bytes.includes(RETURN)) return bytes;
    const text = this.#heldBack + bytes.toString("latin1");
    this.#heldBack = text.endsWith("\r") ? "\r" : "";
    return Buffer.from(text.slice(0, text.length - this.#heldBack.length).replaceAll("\r\n", "\n"), "latin1");
  }

  /** What is left when something else follows. */
  end(): Uint8Array {
    const rest = Buffer.from(this.#heldBack, "latin1");
    this.#heldBack = "";
    return rest;
  }
}
