import type { Insertion, Refusal, Scanner } from "./build-command.ts";
import { POWERSHELL_REFUSALS } from "./powershell-refusals.ts";

type FrameKind =
  | "command"
  | "subexpression"
  | "group"
  | "single"
  | "double"
  | "here-string"
  | "variable"
  | "comment"
  | "block-comment";

const SINGLE = "'\u2018\u2019\u201A\u201B";
const DOUBLE = '"\u201C\u201D\u201E';
const HERE_STRING = new RegExp(`@([${SINGLE}${DOUBLE}])[ \\t]*(?=\\n)`, "y");
/** What may stand before a value in its word; PowerShell then reads on in the same word, or begins an argument. */
const OPTION = /^(?:--?|\/)?[A-Za-z][\w-]*[=:]$/;
/** What ends a word in every mode of PowerShell's parser. */
const WORD_END = /^[ \t\n;|,)}]/;

/** Follows PowerShell's grammar as far as values need it. Where it is not certain, it refuses every value. */
export class PowershellScanner implements Scanner {
  readonly #frames: FrameKind[] = ["command"];
  #word = "";
  #previous = "\n";
  /** The last character of a command besides blanks; a line break counts after a complete word only. */
  #significant = ";";
  #doubt: string | undefined;
  #quote = "";

  read(text: string): undefined {
    for (let at = 0; at < text.length;) at = this.#step(text, at);
  }

  insert({ isArray, after, more }: Insertion): Refusal | undefined {
    if (this.#doubt !== undefined) return POWERSHELL_REFUSALS.doubt(this.#doubt);
    const kind = this.#top;
    if (kind !== "command" && kind !== "subexpression" && kind !== "group") return POWERSHELL_REFUSALS[kind];
    if (this.#previous === "$") return POWERSHELL_REFUSALS.dollar;
    if (this.#previous === "`") return POWERSHELL_REFUSALS.backtick;
    const isApart = this.#word === "" || (!isArray && OPTION.test(this.#word));
    const isLast = after === "" ? !more : WORD_END.test(after);
    if (!isApart || !isLast) return isArray ? POWERSHELL_REFUSALS.touchingArray : POWERSHELL_REFUSALS.touching;
    // A string at the beginning of a command is an expression, which no word can follow.
    const hasArgument = /^[ \t]+[A-Za-z_]/.test(after) || (more && /^[ \t]+$/.test(after));
    if (this.#word === "" && ";\n".includes(this.#significant) && hasArgument) return POWERSHELL_REFUSALS.command;
    this.#add("\0", "'");
    return undefined;
  }

  get #top(): FrameKind {
    return this.#frames.at(-1) ?? "command";
  }

  #step(text: string, at: number): number {
    switch (this.#top) {
      case "single":
      case "double":
        return this.#readString(text, at);
      case "variable":
        if (/^[^}]*[`{\n]/.test(text.slice(at))) this.#doubt ??= "${…} with escapes in it";
        return this.#skipPast("}", text, at);
      case "comment":
        return this.#skipPast("\n", text, at, -1);
      case "block-comment":
        return this.#skipPast("#>", text, at);
      case "here-string":
        return this.#readHereString(text, at);
      default:
        return this.#readCommand(text, at);
    }
  }

  #readCommand(text: string, at: number): number {
    const char = text[at] ?? "";
    const next = text[at + 1] ?? "";
    HERE_STRING.lastIndex = at;
    const hereString = HERE_STRING.exec(text);
    if (hereString !== null) {
      this.#quote = SINGLE.includes(hereString[1] ?? "") ? SINGLE : DOUBLE;
      if (this.#word !== "") this.#doubt ??= "a here-string inside a word";
      this.#frames.push("here-string");
      return HERE_STRING.lastIndex;
    }
    if (SINGLE.includes(char) || DOUBLE.includes(char)) {
      this.#quote = SINGLE.includes(char) ? SINGLE : DOUBLE;
      this.#frames.push(SINGLE.includes(char) ? "single" : "double");
    } else if (char === "`") {
      this.#add("\0", next === "" ? "`" : "x");
      return at + 2;
    } else if (char === "$") return this.#readDollar(next, at);
    else if (char === "#" || (char === "<" && next === "#")) return this.#readHash(char, at);
    else if (/^[-\u2013-\u2015]{2}%/.test(text.slice(at, at + 3))) this.#doubt ??= "--%, which ends quoting";
    else if (" \t".includes(char)) this.#endWord(char);
    else if ("\n;|&,({".includes(char)) {
      if (char === "(") this.#frames.push("group");
      if (char !== "\n" || /[\w'")}\]\0]/.test(this.#significant)) this.#significant = char;
      this.#endWord(char);
    } else if (char === ")") this.#close();
    else this.#add(char, char);
    return at + 1;
  }

  #readDollar(next: string, at: number): number {
    this.#add("\0", "$");
    if (next === "{") this.#frames.push("variable");
    else if (next === "(") {
      this.#frames.push("subexpression");
      this.#endWord("(");
      this.#significant = ";";
    } else return at + 1;
    return at + 2;
  }

  #readHash(char: string, at: number): number {
    // Whether a # within a word begins a comment depends on the parser's mode.
    if (!/[ \t\n;|&(){},]/.test(this.#previous)) this.#doubt ??= "a # inside a word";
    this.#frames.push(char === "#" ? "comment" : "block-comment");
    return at + (char === "#" ? 1 : 2);
  }

  #readString(text: string, at: number): number {
    const kind = this.#top;
    const char = text[at] ?? "";
    if (kind === "double" && char === "`") return at + 2;
    if (kind === "double" && char === "$" && "({".includes(text[at + 1] ?? " "))
      return this.#readDollar(text[at + 1] ?? "", at);
    if (!(kind === "single" ? SINGLE : DOUBLE).includes(char)) return at + 1;
    // Two quotes of a kind, which need not be the same character, stand for one.
    if (text[at + 1] !== undefined && (kind === "single" ? SINGLE : DOUBLE).includes(text[at + 1] ?? "")) return at + 2;
    this.#frames.pop();
    this.#add("\0", "'");
    return at + 1;
  }

  #readHereString(text: string, at: number): number {
    const end = text.slice(at).search(new RegExp(`\\n[${this.#quote}]@`));
    const body = text.slice(at, end === -1 ? undefined : at + end);
    if (this.#quote === DOUBLE && body.includes("$(")) this.#doubt ??= 'a @"…"@ with $(…) in it';
    if (end === -1) return text.length;
    this.#frames.pop();
    this.#add("\0", "'");
    return at + end + 3;
  }

  #skipPast(end: string, text: string, at: number, back = 0): number {
    const found = text.indexOf(end, at);
    if (found === -1) return text.length;
    const kind = this.#frames.pop();
    if (kind === "variable") this.#add("\0", "x");
    else this.#endWord(" ");
    return found + end.length + back;
  }

  #close(): void {
    if (this.#frames.length > 1) this.#frames.pop();
    this.#significant = ")";
    this.#add("\0", ")");
  }

  #add(text: string, previous: string): void {
    this.#word += text;
    this.#previous = previous;
    this.#significant = previous;
  }

  #endWord(previous: string): void {
    this.#word = "";
    this.#previous = previous;
  }
}
