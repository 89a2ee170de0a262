/** A piece of a word of PowerShell. */
export type Part =
  | { readonly kind: "text"; readonly text: string }
  /** `$name`, by its name in lower case. */
  | { readonly kind: "variable"; readonly name: string }
  /** `@name`: a table whose entries are options. */
  | { readonly kind: "splat"; readonly name: string }
  /** What stands in `(…)`, `$(…)`, `@(…)`, or in an index. */
  | { readonly kind: "group" | "index"; readonly statements: readonly Statement[] }
  | { readonly kind: "block"; readonly statements: readonly Statement[] }
  /** `@{…}`. */
  | { readonly kind: "table"; readonly entries: readonly (readonly [key: Word, value: Statement])[] }
  /** `[type]`, in lower case. */
  | { readonly kind: "type"; readonly name: string }
  /** `.name`, `::name`, or a method with its arguments. */
  | { readonly kind: "member"; readonly name: string; readonly given?: readonly Statement[] };

/** A word of a command, or an operand of an expression. */
export interface Word {
  readonly parts: readonly Part[];
  /** Whether no quote is around it, so that it can be an option or an operator. */
  readonly bare: boolean;
  /** Whether a comma joins it to the one before. */
  readonly joined: boolean;
}

/** A command, or an expression, of a pipeline. */
export interface Element {
  readonly words: readonly Word[];
  readonly isExpression: boolean;
  readonly redirections: readonly { readonly operator: string; readonly target: Word | undefined }[];
}

export interface Statement {
  /** `if`, `foreach` and the like, and `=` for an assignment. */
  readonly keyword?: string;
  /** What is assigned to, or the name of a function, or the variable of a loop. */
  readonly target?: Word;
  readonly adds?: true;
  /** What is assigned, or gone through. */
  readonly value?: Statement;
  readonly elements: readonly Element[];
}

/** More brackets in brackets than this say nothing. */
const DEEPEST = 200;

const SPACE = /(?:[^\S\n]|`\r?\n)+/y;
const NAME = /[A-Za-z_][\w-]*/y;
const VARIABLE = /(?:(?:env|global|script|local|private|using|variable|function):)?(?:\w+|[?^$](?!\w))/iy;
const MEMBER = /(?:\.|::)([A-Za-z_]\w*)/y;
const REDIRECTION = /(?:[1-6*])?>>?(?:&[12])?/y;
const ASSIGNS = /(?:[-+*/%]|\?\?)?=(?!=)/y;
/** An operator that is written without letters. */
const OPERATOR = /\.\.|\+\+|--|\?\?|[-+*/%!?:<=]/y;
const OPERAND = /[\w.:\\~^-]+/y;
/** Characters that stand for themselves where they begin nothing. */
const ALONE = /[@$<]/y;
const BARE = /[^\s'"`$(){}|;,&<>@]+/y;

/** Words that begin a statement of their own; a block ends it. */
const WITH_BLOCK = new Set(
  "if elseif else while until for switch try catch finally do begin process end clean trap data parallel sequence".split(
    " ",
  ),
);
/** Words that stand before a statement. */
const BEFORE = new Set(["return", "throw", "exit"]);
const DEFINES = new Set(["function", "filter", "workflow", "class", "enum"]);

/** Takes PowerShell apart; undefined when quotes or brackets do not close. */
export function parsePowershell(text: string): readonly Statement[] | undefined {
  try {
    const parser = new Parser(
      text
        .replaceAll("\r\n", "\n")
        .replace(/[\u2018\u2019]/g, "'")
        .replace(/[\u201C\u201D]/g, '"'),
    );
    return parser.statements("");
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

class Unreadable extends Error {}

class Parser {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Statements up to a closing bracket, which is passed over, or up to the end. */
  statements(close: string): Statement[] {
    if (++this.#depth > DEEPEST) throw new Unreadable();
    const statements: Statement[] = [];
    for (;;) {
      this.#skip(true);
      const here = this.#here;
      if (here === "") {
        if (close !== "") throw new Unreadable();
        break;
      }
      if (here === close) {
        this.#at++;
        break;
      }
      if (")}]".includes(here)) throw new Unreadable();
      if (here === ";" || (here === "&" && this.#text[this.#at + 1] === "&")) this.#at += here === ";" ? 1 : 2;
      else if (here === "|" && this.#text[this.#at + 1] === "|") this.#at += 2;
      else if (here === ",") this.#at++;
      else statements.push(this.#statement());
    }
    this.#depth--;
    return statements;
  }

  get #here(): string {
    return this.#text[this.#at] ?? "";
  }

  #match(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#text);
    if (found === null) return undefined;
    this.#at += found[0].length;
    return found;
  }

  /** Passes over blanks and comments, and over ends of lines where these say nothing. */
  #skip(lines: boolean): void {
    for (;;) {
      if (this.#match(SPACE) !== undefined) continue;
      if (lines && this.#here === "\n") this.#at++;
      else if (this.#here === "#") {
        const end = this.#text.indexOf("\n", this.#at);
        this.#at = end < 0 ? this.#text.length : end;
      } else if (this.#text.startsWith("<#", this.#at)) {
        const end = this.#text.indexOf("#>", this.#at);
        if (end < 0) throw new Unreadable();
        this.#at = end + 2;
      } else return;
    }
  }

  /** Passes over ends of lines if what follows goes on with what stands in front of them. */
  #skipLinesBefore(sign: string): void {
    const from = this.#at;
    if (this.#here !== "\n") return;
    this.#skip(true);
    if (this.#here !== sign) this.#at = from;
  }

  #statement(): Statement {
    const from = this.#at;
    const name = this.#match(NAME)?.[0].toLowerCase() ?? "";
    this.#skip(false);
    if (name === "foreach" && this.#here === "(") return this.#foreach();
    if (
      WITH_BLOCK.has(name) &&
      (this.#here === "(" || this.#here === "{" || name === "catch" || name === "trap" || name === "switch")
    )
      return { keyword: name, elements: [this.#element(true, true)] };
    if (name === "param" && this.#here === "(") {
      const word = this.#word(true, false);
      return {
        keyword: name,
        elements: [{ words: word === undefined ? [] : [word], isExpression: true, redirections: [] }],
      };
    }
    if (DEFINES.has(name) && this.#here !== "") {
      const target = this.#word(false, false);
      return { keyword: name, ...(target !== undefined && { target }), elements: [this.#element(true, true)] };
    }
    if (BEFORE.has(name)) return /[;\n)}]|^$/.test(this.#here) ? { elements: [] } : this.#statement();
    this.#at = from;
    return this.#pipeline();
  }

  /** `foreach ($x in …) {…}`. */
  #foreach(): Statement {
    this.#at++;
    this.#skip(true);
    const target = this.#word(true, false);
    this.#skip(true);
    this.#match(NAME);
    const [value, ...more] = this.statements(")");
    if (target === undefined || value === undefined || more.length > 0) throw new Unreadable();
    this.#skip(true);
    return { keyword: "foreach", target, value, elements: [this.#element(true, true)] };
  }

  #pipeline(): Statement {
    const elements: Element[] = [];
    for (;;) {
      this.#skip(elements.length > 0);
      const element = this.#element(EXPRESSION.test(this.#text.slice(this.#at, this.#at + 6)), false);
      if (elements.length === 0 && element.isExpression && this.#match(ASSIGNS) !== undefined) {
        const adds = this.#text[this.#at - 2] === "+";
        this.#skip(true);
        const value = this.#here === "" || ")};".includes(this.#here) ? { elements: [] } : this.#statement();
        const target = element.words.at(-1);
        return { keyword: "=", ...(target !== undefined && { target }), ...(adds && { adds }), value, elements: [] };
      }
      elements.push(element);
      this.#skipLinesBefore("|");
      if (this.#here !== "|" || this.#text[this.#at + 1] === "|") return { elements };
      this.#at++;
    }
  }

  /** Words up to the end of a command; where a block ends it, up to that. */
  #element(isExpression: boolean, endsWithBlock: boolean): Element {
    const words: Word[] = [];
    const redirections: { operator: string; target: Word | undefined }[] = [];
    let joined = false;
    for (;;) {
      this.#skip(joined);
      if (endsWithBlock && words.length > 0) this.#skipLinesBefore("{");
      const here = this.#here;
      if (here === "" || "|;)}\n".includes(here) || (isExpression && here === "]")) break;
      // In front, it says that what follows is a command.
      if (here === "&" && (words.length > 0 || this.#text[this.#at + 1] === "&")) {
        if (this.#text[this.#at + 1] !== "&") this.#at++;
        break;
      }
      if (here === "&") {
        this.#at++;
        words.push({ parts: [{ kind: "text", text: "&" }], bare: true, joined: false });
        continue;
      }
      if (here === ",") {
        this.#at++;
        joined = true;
        continue;
      }
      const operator = this.#match(REDIRECTION)?.[0];
      if (operator !== undefined) {
        this.#skip(false);
        redirections.push({ operator, target: operator.includes("&") ? undefined : this.#word(false, false) });
        continue;
      }
      if (isExpression && words.length > 0 && !endsWithBlock && isAssignment(this.#text, this.#at)) break;
      // What stands behind this is for a program as it is.
      if (!isExpression && this.#text.startsWith("--% ", this.#at)) {
        this.#at += 4;
        const end = this.#text.slice(this.#at).search(/[\n|]|$/) + this.#at;
        for (const text of this.#text.slice(this.#at, end).trim().split(/\s+/))
          words.push({ parts: [{ kind: "text", text: text.replaceAll('"', "") }], bare: true, joined: false });
        this.#at = end;
        break;
      }
      const word = this.#word(isExpression, joined);
      joined = false;
      if (word === undefined) throw new Unreadable();
      words.push(word);
      if (endsWithBlock && word.parts.some(({ kind }) => kind === "block")) break;
    }
    return { words, isExpression, redirections };
  }

  /** The next word; undefined when what is there begins none. */
  #word(isExpression: boolean, joined: boolean): Word | undefined {
    const parts: Part[] = [];
    const bare = this.#here !== '"' && this.#here !== "'" && !/^@["']/.test(this.#text.slice(this.#at, this.#at + 2));
    for (;;) {
      const here = this.#here;
      const next = this.#text[this.#at + 1] ?? "";
      const isFirst = parts.length === 0;
      if (here === "'" || here === '"') this.#quoted(parts);
      else if (here === "@" && isFirst && (next === "'" || next === '"')) this.#hereString(parts, next);
      else if (here === "@" && isFirst && next === "(") this.#group(parts, 2);
      else if (here === "@" && isFirst && next === "{") parts.push(this.#table());
      else if (here === "@" && isFirst && /\w/.test(next)) {
        this.#at++;
        parts.push({ kind: "splat", name: (this.#match(VARIABLE)?.[0] ?? "").toLowerCase() });
      } else if (here === "$" && next === "(") this.#group(parts, 2);
      else if (here === "$" && (next === "{" || /[\w?^$]/.test(next))) parts.push(this.#variable());
      else if (here === "(" && (isFirst || parts.at(-1)?.kind === "type")) this.#group(parts, 1);
      else if (here === "{" && (isFirst || parts.at(-1)?.kind === "type")) {
        this.#at++;
        parts.push({ kind: "block", statements: this.statements("}") });
      } else if (here === "[" && isExpression && (isFirst || parts.at(-1)?.kind === "type")) {
        parts.push(this.#type());
        if (!this.#text.startsWith("::", this.#at)) {
          this.#skip(false);
          if (/[\s;|,)}]|^$/.test(this.#here) || /^-\w/.test(this.#text.slice(this.#at, this.#at + 2))) break;
          continue;
        }
      } else if (here === "`" && next !== "\n" && next !== "") {
        parts.push({ kind: "text", text: next });
        this.#at += 2;
      } else if (isExpression) {
        if (!isFirst) break;
        const text = this.#match(OPERATOR_WORD)?.[0] ?? this.#match(OPERATOR)?.[0] ?? this.#match(OPERAND)?.[0];
        if (text === undefined) break;
        return { parts: [{ kind: "text", text }], bare: true, joined };
      } else {
        const text = (this.#match(BARE) ?? this.#match(ALONE))?.[0];
        if (text === undefined) break;
        parts.push({ kind: "text", text });
        continue;
      }
      const last = parts.at(-1);
      if (isExpression || (last?.kind !== "text" && bare)) this.#members(parts);
      if (isExpression && last?.kind !== "type") break;
    }
    return parts.length === 0 ? undefined : { parts, bare, joined };
  }

  /** What is asked of the thing just named: `.name`, `::name(…)`, `[…]`. */
  #members(parts: Part[]): void {
    for (;;) {
      if (this.#here === "[" && parts.at(-1)?.kind !== "type") {
        this.#at++;
        parts.push({ kind: "index", statements: this.statements("]") });
        continue;
      }
      if (this.#text.startsWith("?.", this.#at)) this.#at++;
      const name = this.#match(MEMBER)?.[1]?.toLowerCase();
      if (name === undefined) return;
      if (this.#here === "(") {
        this.#at++;
        parts.push({ kind: "member", name, given: this.statements(")") });
      } else if (this.#here === "{") {
        this.#at++;
        const statements = this.statements("}");
        const word: Word = { parts: [{ kind: "block", statements }], bare: true, joined: false };
        parts.push({
          kind: "member",
          name,
          given: [{ elements: [{ words: [word], isExpression: true, redirections: [] }] }],
        });
      } else parts.push({ kind: "member", name });
    }
  }

  #group(parts: Part[], opening: number): void {
    this.#at += opening;
    parts.push({ kind: "group", statements: this.statements(")") });
  }

  #variable(): Part {
    this.#at++;
    if (this.#here === "{") {
      const end = this.#text.indexOf("}", this.#at);
      if (end < 0) throw new Unreadable();
      const name = this.#text.slice(this.#at + 1, end).toLowerCase();
      this.#at = end + 1;
      return { kind: "variable", name: withoutScope(name) };
    }
    return { kind: "variable", name: withoutScope((this.#match(VARIABLE)?.[0] ?? "").toLowerCase()) };
  }

  #type(): Part {
    const from = ++this.#at;
    for (let open = 1; open > 0; this.#at++) {
      if (this.#here === "") throw new Unreadable();
      if (this.#here === "[") open++;
      else if (this.#here === "]") open--;
    }
    return { kind: "type", name: this.#text.slice(from, this.#at - 1).toLowerCase() };
  }

  #table(): Part {
    this.#at += 2;
    if (++this.#depth > DEEPEST) throw new Unreadable();
    const entries: [Word, Statement][] = [];
    for (;;) {
      this.#skip(true);
      if (this.#here === ";") this.#at++;
      else if (this.#here === "}") break;
      else {
        const name = this.#match(NAME)?.[0];
        const key =
          name === undefined
            ? this.#word(true, false)
            : { parts: [{ kind: "text", text: name }] as const, bare: true, joined: false };
        this.#skip(true);
        if (key === undefined || this.#match(ASSIGNS) === undefined) throw new Unreadable();
        this.#skip(true);
        entries.push([key, this.#statement()]);
      }
    }
    this.#at++;
    this.#depth--;
    return { kind: "table", entries };
  }

  #hereString(parts: Part[], quote: string): void {
    const start = this.#text.indexOf("\n", this.#at);
    const end = start < 0 ? -1 : this.#text.indexOf(`\n${quote}@`, start);
    if (end < 0) throw new Unreadable();
    const text = this.#text.slice(start + 1, Math.max(end, start + 1));
    if (quote === "'") parts.push({ kind: "text", text });
    else parts.push(...new Parser(`${text.replaceAll('"', '""')}"`).#expandable());
    this.#at = end + 3;
  }

  #quoted(parts: Part[]): void {
    const quote = this.#here;
    this.#at++;
    if (quote === '"') {
      parts.push(...this.#expandable());
      return;
    }
    let text = "";
    for (;;) {
      const end = this.#text.indexOf("'", this.#at);
      if (end < 0) throw new Unreadable();
      text += this.#text.slice(this.#at, end);
      this.#at = end + 1;
      if (this.#here !== "'") break;
      text += "'";
      this.#at++;
    }
    parts.push({ kind: "text", text });
  }

  /** A text in which variables are put in, up to its closing quote. */
  #expandable(): Part[] {
    const parts: Part[] = [];
    let text = "";
    const end = (): void => {
      if (text !== "") parts.push({ kind: "text", text });
      text = "";
    };
    for (;;) {
      const here = this.#here;
      const next = this.#text[this.#at + 1] ?? "";
      if (here === "") throw new Unreadable();
      if (here === '"' && next !== '"') break;
      if (here === "$" && next === "(") {
        end();
        this.#group(parts, 2);
      } else if (here === "$" && (next === "{" || /\w/.test(next))) {
        end();
        parts.push(this.#variable());
      } else if (here === "`" || here === '"') {
        text += here === "`" ? (ESCAPED[next] ?? next) : next;
        this.#at += 2;
      } else {
        text += here;
        this.#at++;
      }
    }
    end();
    this.#at++;
    return parts.length === 0 ? [{ kind: "text", text: "" }] : parts;
  }
}

const ESCAPED: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", 0: "\0" };

/** What begins an expression, and no command. */
const EXPRESSION = /^(?:[$"'([{,!]|@["'({\w]|[+-]?\.?\d[\d.]*(?![\w-])|[-+]{1,2}[$(\w]|\.\.?\d)/;

const OPERATOR_WORD = /-[A-Za-z]+\b|\d[\w.]*?(?=\.\.)|\d[\w.]*/y;

function isAssignment(text: string, at: number): boolean {
  ASSIGNS.lastIndex = at;
  return ASSIGNS.test(text);
}

function withoutScope(name: string): string {
  return name.replace(/^(?:global|script|local|private|using|variable):/, "");
}
