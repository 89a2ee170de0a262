import type {
  AndOr,
  Command,
  CommandNode,
  CompoundCommand,
  CompoundList,
  DoubleQuotedChild,
  Elif,
  LiteralPart,
  LogicalOperator,
  ParsedScript,
  Pipeline,
  PipelineNode,
  Redirect,
  RedirectOperator,
  Statement,
  Word,
  WordPart,
} from "unbash";

/** Words with all that is joined to them, line ends and operators. */
const TOKEN =
  /(?:[\w./:@%+,=~*?[\]!-]|\{\}|\\;|\$(?=[A-Za-z_])|'[^']*'|"(?:[^"\\$`]|\$[A-Za-z_])*")+|\n|&&|&>>?|&|\|\|?|;[;&]?|>>|>&|>|</g;

/** A text of nothing else but blanks. Each character fits in one way only, so that no text takes long to fail. */
const PLAIN = /^(?:[\w./:@%+,=~*?[\]! \t\n;&|<>-]|\{\}|\\;|\$(?=[A-Za-z_])|'[^']*'|"(?:[^"\\$`]|\$[A-Za-z_])*")+$/;

/** What makes a word more than its text, and what it is then made of. */
const SPECIAL = /['"$*?\\{[\]!]/;
const PART = /'[^']*'|"[^"]*"|\$[A-Za-z_]\w*|\*+|\?|[\w./:@%+,=~-]+/g;

/** Commands that take assignments as arguments, and words that begin what the parser has to take apart. */
const LEFT_TO_PARSER: ReadonlySet<string> = new Set(
  "! {} [[ case esac function select time coproc in export declare typeset local readonly alias eval let".split(" "),
);

/** Words that end a list of commands where a command could begin. */
const CLOSING: ReadonlySet<string> = new Set("then elif else fi do done".split(" "));

/** Deeper than this is left to the parser, which has limits of its own. */
const DEEPEST = 16;

/** What is thrown where a text turns out not to be plain. */
const NOT_PLAIN = Symbol("not plain");

/**
 * The tree of a text that is so plain that it takes no real parser, as most steps are: words, quotes, variables, pipes,
 * redirections, conditions and loops; undefined for all others, and for those that are wrong. It is the tree that unbash
 * gives, in a fraction of the time while V8 has compiled neither.
 */
export function parsePlain(text: string): ParsedScript | undefined {
  const tokens = PLAIN.test(text) ? text.match(TOKEN) : null;
  if (tokens === null) return undefined;
  try {
    return new PlainParser(text, tokens).script();
  } catch (error) {
    if (error === NOT_PLAIN) return undefined;
    throw error;
  }
}

const NONE: readonly never[] = [];

class PlainParser {
  readonly #text: string;
  readonly #tokens: readonly string[];
  #at = 0;
  /** Where the last token that was taken ends. */
  #end = 0;
  #depth = 0;

  constructor(text: string, tokens: readonly string[]) {
    this.#text = text;
    this.#tokens = tokens;
  }

  script(): ParsedScript {
    const commands = this.#statements();
    if (this.#at < this.#tokens.length) throw NOT_PLAIN;
    return { type: "Script", pos: 0, end: this.#text.length, shebang: undefined, commands };
  }

  #statements(): readonly Statement[] {
    if (++this.#depth > DEEPEST) throw NOT_PLAIN;
    const statements: Statement[] = [];
    this.#skipLines();
    for (;;) {
      const command = this.#andOr();
      const next = this.#tokens[this.#at];
      const background = next === "&" ? true : undefined;
      if (next === "&" || next === ";") this.#take();
      const end = background === true ? this.#end : command.end;
      statements.push({ type: "Statement", pos: command.pos, end, command, background });
      if (next !== "&" && next !== ";" && next !== "\n") break;
      this.#skipLines();
      const word = this.#tokens[this.#at];
      if (word === undefined || CLOSING.has(word)) break;
    }
    this.#depth--;
    return statements;
  }

  #list(): CompoundList {
    const commands = this.#statements();
    const { pos } = commands[0] as Statement;
    return { type: "CompoundList", pos, end: (commands.at(-1) as Statement).end, commands };
  }

  #andOr(): PipelineNode | AndOr {
    const first = this.#pipeline();
    let next = this.#tokens[this.#at];
    if (next !== "&&" && next !== "||") return first;
    const commands = [first];
    const operators: LogicalOperator[] = [];
    do {
      operators.push(next);
      this.#take();
      this.#skipLines();
      commands.push(this.#pipeline());
      next = this.#tokens[this.#at];
    } while (next === "&&" || next === "||");
    return { type: "AndOr", pos: first.pos, end: (commands.at(-1) as PipelineNode).end, commands, operators };
  }

  #pipeline(): PipelineNode {
    const prefixes: Pipeline["prefixes"][number][] = [];
    if (this.#tokens[this.#at] === "!") {
      const pos = this.#take();
      prefixes.push({ type: "Negation", pos, end: this.#end });
    }
    const first = this.#command();
    if (prefixes.length === 0 && this.#tokens[this.#at] !== "|") return first;
    const commands = [first];
    const operators: "|"[] = [];
    while (this.#tokens[this.#at] === "|") {
      operators.push("|");
      this.#take();
      this.#skipLines();
      commands.push(this.#command());
    }
    const { pos } = prefixes[0] ?? first;
    return { type: "Pipeline", pos, end: (commands.at(-1) as CommandNode).end, prefixes, commands, operators };
  }

  #command(): CommandNode {
    const word = this.#tokens[this.#at];
    switch (word) {
      case "if":
        return this.#redirected(this.#if());
      case "while":
      case "until":
        return this.#redirected(this.#while(word));
      case "for":
        return this.#redirected(this.#for());
      default:
        return this.#simpleCommand();
    }
  }

  #redirected(command: CompoundCommand): CommandNode {
    const redirects: Redirect[] = [];
    for (let one = this.#redirect(); one !== undefined; one = this.#redirect()) redirects.push(one);
    if (redirects.length === 0) return command;
    // Behind a redirection no word closes anything.
    if (this.#word() !== undefined) throw NOT_PLAIN;
    return { type: "Redirected", pos: command.pos, end: this.#end, command, redirects };
  }

  #if(): CompoundCommand {
    const pos = this.#takeWord("if");
    const clause = this.#list();
    this.#takeWord("then");
    const then = this.#list();
    const elif: Elif[] = [];
    while (this.#tokens[this.#at] === "elif") {
      const elifPos = this.#take();
      const elifClause = this.#list();
      this.#takeWord("then");
      const elifThen = this.#list();
      // oxlint-disable-next-line unicorn/no-thenable -- The parser's name.
      elif.push({ type: "Elif", pos: elifPos, end: elifThen.end, clause: elifClause, then: elifThen });
    }
    let otherwise: CompoundList | undefined;
    if (this.#tokens[this.#at] === "else") {
      this.#take();
      otherwise = this.#list();
    }
    this.#takeWord("fi");
    // oxlint-disable-next-line unicorn/no-thenable -- The parser's name.
    return { type: "If", pos, end: this.#end, clause, then, elif, else: otherwise };
  }

  #while(kind: "while" | "until"): CompoundCommand {
    const pos = this.#takeWord(kind);
    const clause = this.#list();
    const body = this.#body();
    return { type: "While", pos, end: this.#end, kind, clause, body };
  }

  #for(): CompoundCommand {
    const pos = this.#takeWord("for");
    const name = this.#word();
    if (name === undefined || !/^[A-Za-z_]\w*$/.test(name.text)) throw NOT_PLAIN;
    this.#takeWord("in");
    const wordlist: Word[] = [];
    for (let word = this.#word(); word !== undefined; word = this.#word()) wordlist.push(word);
    const next = this.#tokens[this.#at];
    if (next !== ";" && next !== "\n") throw NOT_PLAIN;
    this.#take();
    this.#skipLines();
    const body = this.#body();
    return { type: "For", pos, end: this.#end, name, wordlist, body };
  }

  #body(): CompoundList {
    this.#takeWord("do");
    const body = this.#list();
    this.#takeWord("done");
    return body;
  }

  #simpleCommand(): Command {
    const redirects: Redirect[] = [];
    for (let one = this.#redirect(); one !== undefined; one = this.#redirect()) redirects.push(one);
    const prefix = redirects.length === 0 ? NONE : [...redirects];
    const name = this.#word();
    const pos = (prefix[0] ?? name)?.pos;
    if (pos === undefined) throw NOT_PLAIN;
    if (name === undefined)
      return { type: "Command", pos, end: this.#end, name, prefix, suffix: NONE, args: NONE, redirects };
    const { text } = name;
    // What stands in front of a command, or of nothing, may be an assignment.
    if (LEFT_TO_PARSER.has(text) || CLOSING.has(text) || text.includes("=")) throw NOT_PLAIN;
    const args: Word[] = [];
    let suffix: (Word | Redirect)[] = args;
    for (;;) {
      const redirect = this.#redirect();
      const word = redirect === undefined ? this.#word() : undefined;
      if (redirect !== undefined) {
        if (suffix === args) suffix = [...args];
        suffix.push(redirect);
        redirects.push(redirect);
      } else if (word !== undefined) {
        args.push(word);
        if (suffix !== args) suffix.push(word);
      } else return { type: "Command", pos, end: this.#end, name, prefix, suffix, args, redirects };
    }
  }

  #redirect(): Redirect | undefined {
    const token = this.#tokens[this.#at];
    if (token === undefined || !(isRedirection(token) || this.#isDescriptor(token))) return undefined;
    const pos = this.#take();
    let operator = token;
    let descriptor: Redirect["descriptor"];
    if (!isRedirection(token)) {
      if (!/^[1-9]?\d$/.test(token)) throw NOT_PLAIN;
      descriptor = { type: "FileDescriptor", pos, end: this.#end, value: Number(token) };
      operator = this.#tokens[this.#at] as string;
      this.#take();
    }
    const target = this.#word();
    if (target === undefined) throw NOT_PLAIN;
    return { type: "Redirect", pos, end: target.end, operator: operator as RedirectOperator, descriptor, target };
  }

  /** Whether this is a number to which a redirection is joined. */
  #isDescriptor(token: string): boolean {
    const first = token.charCodeAt(0);
    if (first < 0x30 || first > 0x39 || !/^\d+$/.test(token)) return false;
    const next = this.#tokens[this.#at + 1];
    if (next === undefined || !isRedirection(next) || next.startsWith("&")) return false;
    return this.#text[this.#start() + token.length] === next[0];
  }

  #word(): Word | undefined {
    const text = this.#tokens[this.#at];
    if (text === undefined || isOperator(text)) return undefined;
    const pos = this.#take();
    const end = this.#end;
    if (!SPECIAL.test(text) || text === "[" || text === "]" || text === "!" || text === "{}")
      return { type: "Word", text, value: text, pos, end, parts: undefined };
    if (text === "\\;") return { type: "Word", text, value: ";", pos, end, parts: undefined };
    const tokens = text.match(PART) ?? NONE;
    const parts: WordPart[] = [];
    let value = "";
    let at = pos;
    for (let index = 0; index < tokens.length; index++) {
      const token = tokens[index] as string;
      parts.push(partOf(token, at));
      value += valueOf(token);
      at += token.length;
    }
    // Brackets and the like mean more in a word than by themselves.
    if (at < end) throw NOT_PLAIN;
    return { type: "Word", text, value, pos, end, parts };
  }

  /** Goes over this word, and gives where it begins. */
  #takeWord(word: string): number {
    if (this.#tokens[this.#at] !== word) throw NOT_PLAIN;
    return this.#take();
  }

  /** Goes over a token, and gives where it begins. */
  #take(): number {
    const pos = this.#start();
    this.#end = pos + (this.#tokens[this.#at] as string).length;
    this.#at++;
    return pos;
  }

  /** Where the next token begins: only blanks are between two. */
  #start(): number {
    return this.#text.indexOf(this.#tokens[this.#at] as string, this.#end);
  }

  #skipLines(): void {
    while (this.#tokens[this.#at] === "\n") this.#take();
  }
}

function isRedirection(token: string): boolean {
  const first = token.charCodeAt(0);
  return first === 0x3c || first === 0x3e || (first === 0x26 && token.charCodeAt(1) === 0x3e);
}

/** Whether a token is no word. */
function isOperator(token: string): boolean {
  switch (token.charCodeAt(0)) {
    case 0x0a: // line end
    case 0x26: // &
    case 0x3b: // ;
    case 0x3c: // <
    case 0x3e: // >
    case 0x7c: // |
      return true;
    default:
      return false;
  }
}

function valueOf(token: string): string {
  return token[0] === "'" || token[0] === '"' ? token.slice(1, -1) : token;
}

function partOf(text: string, pos: number): WordPart {
  const end = pos + text.length;
  switch (text[0]) {
    case "'":
      return { type: "SingleQuoted", pos, end, text, value: text.slice(1, -1) };
    case '"':
      return { type: "DoubleQuoted", pos, end, text, parts: quotedParts(text, pos) };
    case "$":
      return { type: "SimpleExpansion", pos, end, text };
    case "*":
      return { type: "Glob", kind: "star", pos, end, text, value: text };
    case "?":
      return { type: "Glob", kind: "question", pos, end, text, value: text };
    default:
      return literalPart(text, pos);
  }
}

const NAME = /\w*/y;

/** What double quotes hold: text and variables. */
function quotedParts(quoted: string, start: number): readonly DoubleQuotedChild[] {
  const parts: DoubleQuotedChild[] = [];
  const end = quoted.length - 1;
  let from = 1;
  for (let at = quoted.indexOf("$"); at >= 0; at = quoted.indexOf("$", from)) {
    if (at > from) parts.push(literalPart(quoted.slice(from, at), start + from));
    NAME.lastIndex = at + 1;
    NAME.test(quoted);
    from = NAME.lastIndex;
    parts.push({ type: "SimpleExpansion", pos: start + at, end: start + from, text: quoted.slice(at, from) });
  }
  if (from < end || end === 1) parts.push(literalPart(quoted.slice(from, end), start + from));
  return parts;
}

function literalPart(text: string, pos: number): LiteralPart {
  return { type: "Literal", pos, end: pos + text.length, text, value: text };
}
