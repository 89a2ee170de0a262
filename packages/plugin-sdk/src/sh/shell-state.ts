/** The grammar that holds at a place of a script. Commands are read in the first four. */
export type FrameKind =
  | "script"
  | "group"
  | "array"
  | "substitution"
  | "double"
  | "single"
  | "ansi"
  | "backquotes"
  | "parameter"
  | "arithmetic"
  | "brackets"
  | "comment"
  | "here-document";

/** One level of nesting. */
export interface Frame {
  readonly kind: FrameKind;
  /** Open parentheses inside arithmetic. */
  depth: number;
  /** The word that goes on when a substitution has ended. */
  readonly outerWord: string;
  /** Set between `[[` and `]]`. */
  test: { compares: boolean; interpolation: number | undefined } | undefined;
}

/** A here-document whose body has not begun. */
export interface HereDocument {
  readonly delimiter: string;
  /** Whether the body is taken as it is, without expansions. */
  readonly literal: boolean;
  readonly stripTabs: boolean;
  /** How many frames were open at its `<<`. */
  readonly level: number;
}

/** What has been read so far of a script, and what that means for the next character. */
export class ShellState {
  readonly frames: Frame[] = [];
  readonly pending: HereDocument[] = [];
  /** The current word as far as it is plain text; anything else in it shows as a `\0`. */
  word = "";
  /** The last character that counts; a quote or an `x` for the end of a quoted or expanded part. */
  previous = "\n";
  /** Whether a redirection waits for its word. */
  redirects = false;
  /** The `<<` was read but its delimiter is cut by an interpolation. */
  inDelimiter = false;
  /** The first construct that the shells, or this scanner, may read in different ways. Nothing after it is certain. */
  doubt: string | undefined;

  constructor() {
    this.push("script");
  }

  get top(): Frame {
    const frame = this.frames.at(-1);
    if (frame === undefined) throw new Error("the outermost frame is never closed");
    return frame;
  }

  push(kind: FrameKind): void {
    this.frames.push({ kind, depth: 0, outerWord: this.word, test: undefined });
  }

  /** Ends the innermost frame, which was a part of a word. */
  popInWord(): void {
    const { kind, outerWord } = this.top;
    this.frames.pop();
    if (kind === "substitution") this.word = outerWord;
    this.addToWord("\0", "x");
  }

  addToWord(text: string, previous: string): void {
    this.word += text;
    this.previous = previous;
    this.redirects = false;
  }

  isInside(kind: FrameKind): boolean {
    return this.frames.some((frame) => frame.kind === kind);
  }

  suspect(construct: string): void {
    this.doubt ??= construct;
  }
}
