import type { Command, CommandNode, ParsedScript, PipelineNode, Redirection, Statement, Word, WordPart } from "unbash";

/** Words that mean something else than a program where a command begins. */
const KEYWORDS: ReadonlySet<string> = new Set(
  "if then else elif fi do done while until for case esac function select time coproc in".split(" "),
);

/** Programs of which the shell reads `NAME=value` arguments itself. */
const DECLARES: ReadonlySet<string> = new Set("export declare typeset local readonly alias eval let".split(" "));

/** What the plain part of the language is made of; all else is for the whole parser. */
const TOKEN =
  /([ \t]+)|(\d*)(>>|>&|>|<)(?![<>&|(])[ \t]*|(&&|\|\||\|(?!&)|;(?!;)|\n+)|([\w./:@%+,=*?~-]+)|'([^']*)'|"((?:[^"\\`$]|\$[A-Za-z_]\w*)*)"|(\$[A-Za-z_]\w*)/y;

const PLACE = { pos: 0, end: 0 };

/**
 * Parses what most steps are made of (words, plain quotes and variables, pipes, lists and redirections to files) several
 * times as fast as the whole parser does, to the same tree without places. Undefined for everything else.
 */
export function parsePlain(text: string): ParsedScript | undefined {
  const builder = new PlainBuilder();
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.length;) {
    const found = TOKEN.exec(text);
    if (found === null) return undefined;
    const [all, blanks, descriptor, redirection, operator, plain, single, double, variable] = found;
    let isPlain = true;
    if (blanks !== undefined) isPlain = builder.endWord();
    else if (redirection !== undefined) isPlain = builder.redirect(redirection, descriptor ?? "");
    else if (operator !== undefined) isPlain = builder.operate(operator);
    else if (plain !== undefined)
      isPlain = builder.add(plain, plain, { type: "Literal", value: plain, text: plain, ...PLACE });
    else if (single !== undefined)
      isPlain = builder.add(all, single, { type: "SingleQuoted", value: single, text: all, ...PLACE });
    else if (double !== undefined)
      isPlain = builder.add(all, double, { type: "DoubleQuoted", text: all, parts: quotedParts(double), ...PLACE });
    else if (variable !== undefined) isPlain = builder.add(all, all, { type: "SimpleExpansion", text: all, ...PLACE });
    if (!isPlain) return undefined;
  }
  return builder.finish();
}

/** What stands in double quotes: text and variables. */
function quotedParts(text: string): Extract<WordPart, { type: "DoubleQuoted" }>["parts"] {
  if (!text.includes("$")) return text === "" ? [] : [{ type: "Literal", value: text, text, ...PLACE }];
  return text
    .split(/(\$\w+)/)
    .filter((piece) => piece !== "")
    .map((piece) =>
      piece.startsWith("$")
        ? { type: "SimpleExpansion" as const, text: piece, ...PLACE }
        : { type: "Literal" as const, value: piece, text: piece, ...PLACE },
    );
}

/** The tree as far as it was read. Each step tells whether the text is plain up to there. */
class PlainBuilder {
  #statements: Statement[] = [];
  #list: PipelineNode[] = [];
  #pipe: CommandNode[] = [];
  #words: Word[] = [];
  #redirects: Redirection[] = [];
  #parts: WordPart[] = [];
  #text = "";
  #value = "";
  #awaits: { operator: string; descriptor: string } | undefined;
  /** Whether something must follow, as behind a pipe. */
  #pending = false;

  add(text: string, value: string, part: WordPart): boolean {
    this.#parts.push(part);
    this.#text += text;
    this.#value += value;
    return true;
  }

  endWord(): boolean {
    const parts = this.#parts;
    const [first] = parts;
    if (first === undefined) return true;
    const isLiteral = parts.length === 1 && first.type === "Literal";
    // Patterns are marked in a word of several parts, and these are not told apart here.
    if (!isLiteral && parts.some((part) => part.type === "Literal" && /[*?]/.test(part.value))) return false;
    const word: Word = {
      type: "Word",
      text: this.#text,
      value: this.#value,
      ...PLACE,
      ...(isLiteral ? {} : { parts }),
    };
    this.#parts = [];
    this.#text = "";
    this.#value = "";
    if (this.#awaits === undefined) return this.#addWord(word);
    const { operator, descriptor } = this.#awaits;
    this.#awaits = undefined;
    this.#redirects.push({
      type: "Redirect",
      operator: operator as ">",
      ...(descriptor === "" ? {} : { descriptor: { type: "FileDescriptor", value: Number(descriptor), ...PLACE } }),
      target: word,
      ...PLACE,
    } as Redirection);
    return true;
  }

  #addWord(word: Word): boolean {
    const [name] = this.#words;
    if (name === undefined && (KEYWORDS.has(word.text) || word.text.includes("="))) return false;
    if (name !== undefined && DECLARES.has(name.text) && word.text.includes("=")) return false;
    this.#words.push(word);
    return true;
  }

  redirect(operator: string, descriptor: string): boolean {
    if (descriptor !== "" && this.#parts.length > 0) return false;
    if (!this.endWord() || this.#awaits !== undefined) return false;
    this.#awaits = { operator, descriptor };
    return true;
  }

  operate(operator: string): boolean {
    const ends = operator === ";" || operator.startsWith("\n");
    if (!this.endWord() || this.#awaits !== undefined) return false;
    if (this.#words.length === 0 && this.#redirects.length === 0)
      return operator.startsWith("\n") && !this.#pending && this.#list.length === 0;
    this.#endCommand();
    this.#pending = !ends;
    if (operator === "|") return true;
    this.#endPipe();
    if (ends) this.#endStatement();
    return true;
  }

  #endCommand(): void {
    const [name, ...args] = this.#words;
    const command: Command = {
      type: "Command",
      name,
      prefix: [],
      suffix: args,
      args,
      redirects: this.#redirects,
      ...PLACE,
    };
    this.#pipe.push(command);
    this.#words = [];
    this.#redirects = [];
  }

  #endPipe(): void {
    const [only, ...others] = this.#pipe;
    if (only === undefined) return;
    if (others.length === 0) this.#list.push(only);
    else {
      const operators = others.map(() => "|" as const);
      this.#list.push({ type: "Pipeline", prefixes: [], commands: this.#pipe, operators, ...PLACE });
    }
    this.#pipe = [];
  }

  #endStatement(): void {
    const [only, ...others] = this.#list;
    if (only === undefined) return;
    const command =
      others.length === 0
        ? only
        : { type: "AndOr" as const, commands: this.#list, operators: others.map(() => "&&" as const), ...PLACE };
    this.#statements.push({ type: "Statement", command, background: undefined, ...PLACE });
    this.#list = [];
  }

  finish(): ParsedScript | undefined {
    if (!this.endWord() || this.#awaits !== undefined) return undefined;
    if (this.#words.length > 0 || this.#redirects.length > 0) this.#endCommand();
    else if (this.#pending) return undefined;
    this.#endPipe();
    this.#endStatement();
    return { type: "Script", commands: this.#statements, shebang: undefined, ...PLACE };
  }
}
