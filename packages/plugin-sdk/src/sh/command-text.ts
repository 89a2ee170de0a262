import { readBodies, readDelimiter } from "./here-documents.ts";
import { readDollar } from "./quoted-text.ts";
import type { ShellState } from "./shell-state.ts";

const COMPARISON = /^-(?:eq|ne|lt|le|gt|ge|v|R|t)$/;
/** Commands after which a shell may read the rest of the script by other rules. */
const CHANGES_GRAMMAR = new Set(["alias", "emulate", "setopt", "unsetopt"]);
/** After these, inside a word, a `#` is an ordinary character in every shell. */
const IN_WORD = /[\w$./:=,%@+\-*?^~'"\]]/;

/** Reads a character, or some, where commands are read, and returns where the next begins. */
export function readCommand(state: ShellState, text: string, at: number): number {
  const char = text[at] ?? "";
  switch (char) {
    case "\\":
      return readBackslash(state, text, at);
    case "$":
      return readDollar(state, text, at);
    case "'":
      state.push("single");
      return at + 1;
    case '"':
      state.push("double");
      return at + 1;
    case "`":
      state.push("backquotes");
      return at + 1;
    case "#":
      return readHash(state, at);
    case "[":
      return readBracket(state, text, at);
    case "<":
    case ">":
      return readRedirection(state, text, at);
    case "(":
      return readOpening(state, text, at);
    case ")":
      return readClosing(state, at);
    case " ":
    case "\t":
    case ";":
    case "&":
    case "|":
      endWord(state, char);
      return at + 1;
    case "\n":
      endWord(state, char);
      return readBodies(state, text, at + 1);
    default:
      state.addToWord(char, char);
      return at + 1;
  }
}

function endWord(state: ShellState, previous: string): void {
  const { top, word } = state;
  state.word = "";
  state.previous = previous;
  if (!" \t".includes(previous)) state.redirects = false;
  // bash gives up such a line but runs the next one, even if that is in the middle of a quoted value.
  if (top.kind === "array" && ";&|<>(".includes(previous)) state.suspect("an operator inside name=(…)");
  // The `)` of a pattern looks like the end of the substitution.
  if (/^[{}!]*case$/.test(word) && state.isInside("substitution")) state.suspect("`case` inside $(…)");
  if (CHANGES_GRAMMAR.has(word)) state.suspect(`\`${word}\`, which can change how the rest is read`);
  if (word === "[[") top.test = { compares: false, interpolation: undefined };
  else if (word === "]]") top.test = undefined;
  else if (COMPARISON.test(word)) for (const { test } of state.frames) if (test !== undefined) test.compares = true;
}

function readBackslash(state: ShellState, text: string, at: number): number {
  const next = text[at + 1];
  if (next === undefined) state.previous = "\\";
  else if (next !== "\n") state.addToWord("\0", "x");
  // A continued line joins what stands before and after it, also to a keyword or an operator.
  else if (!/[ \t\n]/.test(state.previous) || text[at + 2] === "#") state.suspect("a line continued inside a word");
  return at + 2;
}

function readHash(state: ShellState, at: number): number {
  if (state.word === "" && /[ \t\n;|&()]/.test(state.previous)) {
    if (state.top.test !== undefined) state.suspect("a # inside [[ ]]");
    state.push("comment");
    return at + 1;
  }
  if (!IN_WORD.test(state.previous)) state.suspect(`# after ${state.previous}`);
  state.addToWord("#", "#");
  return at + 1;
}

function readBracket(state: ShellState, text: string, at: number): number {
  const test = state.word === "" ? /^\[{1,2}(?=[ \t\n])/.exec(text.slice(at, at + 3))?.[0] : undefined;
  if (test === undefined) state.push("brackets");
  else state.addToWord(test, "x");
  return at + (test?.length ?? 1);
}

function readRedirection(state: ShellState, text: string, at: number): number {
  const char = text[at] ?? "";
  const next = text[at + 1];
  if (next === "(" && state.top.kind !== "array") {
    if (text[at + 2] === "(") state.suspect(`${char}((`);
    state.push("substitution");
    state.word = "";
    state.previous = "(";
    state.redirects = false;
    return at + 2;
  }
  endWord(state, char);
  if (next === "&") {
    // bash expands the name of a file after `>&` twice, the second time without its quotes.
    const target = /^(?:[ \t]*\d+-?|[ \t]*-)(?=[ \t\n;|&<>()])/.exec(text.slice(at + 2))?.[0];
    if (target === undefined) state.suspect(`${char}& without the number of an open file`);
    return at + 2 + (target?.length ?? 0);
  }
  state.redirects = true;
  if (next === "|") return at + 2;
  if (char !== "<" || next !== "<") return at + 1;
  if (text[at + 2] !== "<") return readDelimiter(state, text, at + 2);
  if (text[at + 3] === "<") state.suspect("<<<<");
  return at + 3;
}

function readOpening(state: ShellState, text: string, at: number): number {
  const { previous, word } = state;
  if (state.top.kind !== "array" && /[\w.:-]/.test(previous) && text[at + 1] === ")") {
    endWord(state, ")");
    return at + 2;
  }
  const isArray = /^[A-Za-z_]\w*\+?=$/.test(word);
  if (!isArray && !/[ \t\n;|&(]/.test(previous)) state.suspect("a ( inside a word");
  // bash 5.2 reads such an array twice, and quotes in it wrongly the second time.
  if (isArray && state.isInside("substitution")) state.suspect("an array inside $(…)");
  endWord(state, "(");
  if (text[at + 1] === "(") {
    // A shell without (( )) reads nested groups there, with comments and here-documents.
    const end = text.indexOf("))", at);
    if (isArray || /#|<<|\n/.test(text.slice(at, end === -1 ? undefined : end))) state.suspect("((");
    state.push("arithmetic");
    return at + 2;
  }
  state.push(isArray ? "array" : "group");
  return at + 1;
}

function readClosing(state: ShellState, at: number): number {
  const { kind } = state.top;
  endWord(state, ")");
  if (state.pending.length > 0) state.suspect("a ) between << and its here-document");
  if (kind === "substitution") state.popInWord();
  // Without a group to end, it is that of a pattern in `case`.
  else if (kind !== "script") state.frames.pop();
  // `name=(…)` is a word, which may go on.
  if (kind === "array") state.addToWord("\0", ")");
  return at + 1;
}
