import type { FrameKind, ShellState } from "./shell-state.ts";

/** Reads one character, or some, and returns where the next begins. */
export type Step = (state: ShellState, text: string, at: number) => number;

/** How to read the inside of each frame that is not made of commands. */
export const QUOTED_TEXT: Readonly<Partial<Record<FrameKind, Step>>> = {
  double: readDouble,
  single: readSingle,
  ansi: readAnsi,
  backquotes: readBackquotes,
  parameter: readParameter,
  arithmetic: readArithmetic,
  brackets: readBrackets,
  comment: readComment,
  "here-document": (_state, text) => text.length,
};

/** Reads a `$` and what it begins. Inside double quotes, quotes do not belong to it. */
export function readDollar(state: ShellState, text: string, at: number): number {
  const next = text[at + 1];
  const isPlain = state.top.kind !== "double";
  state.addToWord("\0", "$");
  if (next === "(") return readParenthesis(state, text, at + 1);
  if (next === "{") {
    // `${ command; }` and `${|command; }` are substitutions in newer shells.
    if (/[\s|]/.test(text[at + 2] ?? "")) state.suspect("${ with a command in it");
    state.push("parameter");
    return at + 2;
  }
  if (next === "[") state.suspect("$[, which is arithmetic in some shells");
  if (next === "\\" && text[at + 2] === "\n") state.suspect("a $ at the end of a continued line");
  // zsh takes the second `$` of `$$'…'` for the beginning of `$'…'`.
  if (next === "$") {
    const after = text[at + 2] ?? " ";
    if ("({[\\".includes(after) || (isPlain && "'\"".includes(after))) state.suspect("$$ before a quote or a bracket");
    return at + 2;
  }
  if (isPlain && (next === "'" || next === '"')) {
    state.push(next === "'" ? "ansi" : "double");
    return at + 2;
  }
  return at + 1;
}

/** Reads the `(` or `((` after a `$`. */
function readParenthesis(state: ShellState, text: string, at: number): number {
  if (text[at + 1] === "(") {
    state.push("arithmetic");
    return at + 2;
  }
  state.push("substitution");
  state.word = "";
  state.previous = "(";
  return at + 1;
}

function readDouble(state: ShellState, text: string, at: number): number {
  const char = text[at];
  if (char === "\\") return at + 2;
  if (char === "$") return readDollar(state, text, at);
  if (char === "`") state.push("backquotes");
  if (char === '"') state.popInWord();
  return at + 1;
}

function readSingle(state: ShellState, text: string, at: number): number {
  if (text[at] === "'") state.popInWord();
  return at + 1;
}

function readAnsi(state: ShellState, text: string, at: number): number {
  if (text[at] === "'") state.popInWord();
  if (text[at] !== "\\") return at + 1;
  // A shell that does not know $'…' ends it here.
  if (text[at + 1] === "'") state.suspect(String.raw`\' inside $'...'`);
  return at + 2;
}

function readBackquotes(state: ShellState, text: string, at: number): number {
  if (text[at] === "\\") return at + 2;
  if (text[at] === "`") state.popInWord();
  return at + 1;
}

function readParameter(state: ShellState, text: string, at: number): number {
  const char = text[at] ?? "";
  if (char === "$" && !/['"]/.test(text[at + 1] ?? "")) return readDollar(state, text, at);
  if (char === "}") state.popInWord();
  else if (/['"$`\\{()<>\n]/.test(char)) state.suspect("${…} with quotes, brackets or escapes in it");
  return at + 1;
}

function readArithmetic(state: ShellState, text: string, at: number): number {
  const { top } = state;
  const char = text[at] ?? "";
  if (char === "$" && !/['"]/.test(text[at + 1] ?? "")) return readDollar(state, text, at);
  if (char === "(") top.depth += 1;
  else if (char === ")" && top.depth > 0) top.depth -= 1;
  else if (char === ")") {
    if (text[at + 1] !== ")") state.suspect("(( that does not end with ))");
    state.popInWord();
    return at + 2;
  } else if (/['"`\\]/.test(char)) state.suspect("arithmetic with quotes or escapes in it");
  return at + 1;
}

/** Reads `[…]` inside a word: a pattern, or the subscript of an array, which bash and zsh evaluate. */
function readBrackets(state: ShellState, text: string, at: number): number {
  const char = text[at] ?? "";
  if (char === "$") return readDollar(state, text, at);
  if (char === "[") state.push("brackets");
  else if (char === "]") state.popInWord();
  else if (/[\s'"`\\(){}<>|;&]/.test(char)) state.suspect("[…] with blanks, quotes or escapes in it");
  return at + 1;
}

function readComment(state: ShellState, text: string, at: number): number {
  const end = text.indexOf("\n", at);
  const comment = text.slice(at, end === -1 ? undefined : end);
  // Older bash does not know comments when it looks for the end of $(…).
  if (state.isInside("substitution") && /['"`()\\$]/.test(comment)) state.suspect("a comment with quotes inside $(…)");
  if (end === -1) return text.length;
  state.frames.pop();
  return end;
}
