import type { HereDocument, ShellState } from "./shell-state.ts";

const DELIMITER = /[ \t]*(?:'([\w.+-]+)'|"([\w.+-]+)"|\\(\w[\w.+-]*)|(\w[\w.+-]*))(?=[ \t\n;|&<>()])/y;

/** Reads what follows `<<` and returns where it ends. The body comes after the line. */
export function readDelimiter(state: ShellState, text: string, start: number): number {
  const stripTabs = text[start] === "-";
  DELIMITER.lastIndex = stripTabs ? start + 1 : start;
  const match = DELIMITER.exec(text);
  if (match === null) {
    if (/^[^ \t\n;&|()]*$/.test(text.slice(start).trimStart())) state.inDelimiter = true;
    else state.suspect("a here-document with an unusual delimiter");
    return text.length;
  }
  // Older bash looks for the end of $(…) without knowing here-documents.
  if (state.isInside("substitution")) state.suspect("a here-document inside $(…)");
  const delimiter = match[1] ?? match[2] ?? match[3] ?? match[4] ?? "";
  state.pending.push({ delimiter, literal: match[4] === undefined, stripTabs, level: state.frames.length });
  state.addToWord("\0", "x");
  return DELIMITER.lastIndex;
}

/** Reads the bodies that begin after a line and returns where they end. A body that does not end stays open. */
export function readBodies(state: ShellState, text: string, start: number): number {
  let at = start;
  for (let document = state.pending[0]; document !== undefined; document = state.pending[0]) {
    const end = text.indexOf("\n", at);
    if (end === -1) {
      state.push("here-document");
      return text.length;
    }
    const line = text.slice(at, end);
    at = end + 1;
    if ((document.stripTabs ? line.replace(/^\t+/, "") : line) === document.delimiter) state.pending.shift();
    else if (isDoubtful(line, document)) state.suspect("a here-document that shells read in different ways");
  }
  return at;
}

/** Some shells look for the delimiter before they expand the body, and some while they do. */
function isDoubtful(line: string, document: HereDocument): boolean {
  if (line.trimStart().startsWith(document.delimiter)) return true;
  if (document.literal) return false;
  const rest = line.replaceAll(/\\./g, "").replaceAll(/\$\{\w+\}|\$\([\w \t./:=%+-]*\)/g, "");
  return /[\\`]|\$[({[]/.test(rest);
}
