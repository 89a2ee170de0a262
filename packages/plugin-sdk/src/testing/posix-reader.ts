import { readCommand } from "../sh/command-text.ts";
import { quotePosix } from "../sh/quote-posix.ts";
import { QUOTED_TEXT } from "../sh/quoted-text.ts";
import { ShellState, type FrameKind } from "../sh/shell-state.ts";
import { readWord } from "./posix-word.ts";
import { liesWithin, type ScriptReader } from "./script-reader.ts";

const COMMANDS: ReadonlySet<FrameKind> = new Set(["script", "group", "array", "substitution"]);
const TEXT: ReadonlySet<FrameKind> = new Set(["single", "ansi", "comment"]);
const QUOTES: Readonly<Partial<Record<FrameKind, string>>> = {
  single: "single quotes",
  double: "double quotes",
  ansi: "$'…'",
  backquotes: "backquotes",
};
/** What reads its argument as a script again. */
const EVALUATION = /(?<![^\s;&|(])(?:eval|(?:[^\s;&|(]*\/)?(?:ba|da|z|k|a)?sh[ \t]+(?:-\w+[ \t]+)*-\w*c)[ \t]+/g;

const NO_ATTACK = { goal: "", isExpansion: false };

/** How POSIX shells read. It takes the most likely reading where shells differ, because it judges text of any make. */
export const posixReader: ScriptReader = {
  hasPower(script, place, { goal, isExpansion }) {
    const state = new ShellState();
    for (let at = 0; at < script.length;) {
      const { kind } = state.top;
      if (at === place) {
        // In doubt about the text before it, a goal that is quoted as `sh` does it is most likely in its right place.
        if (state.doubt !== undefined && liesWithin(script, place, quotePosix(goal))) return false;
        return COMMANDS.has(kind) || (isExpansion && !TEXT.has(kind));
      }
      const expands = script[at] === "\n" && state.pending.some((document) => !document.literal);
      at = readOn(state, script, at);
      // It went past the place: an escape, a comment, or the bodies of here-documents.
      if (at > place) return isExpansion && expands && !isEscaped(script, place);
    }
    return false;
  },
  openQuotes(script) {
    const state = new ShellState();
    for (let at = 0; at < script.length;) at = readOn(state, script, at);
    return state.doubt === undefined ? QUOTES[state.top.kind] : undefined;
  },
  innerScripts(script) {
    return [...script.matchAll(EVALUATION)]
      .filter((match) => posixReader.hasPower(script, match.index, NO_ATTACK))
      .map((match) => readWord(script, match.index + match[0].length));
  },
};

function readOn(state: ShellState, script: string, at: number): number {
  return (QUOTED_TEXT[state.top.kind] ?? readCommand)(state, script, at);
}

function isEscaped(script: string, place: number): boolean {
  const [backslashes = ""] = /(?<!\\)\\*$/.exec(script.slice(0, place)) ?? [];
  return backslashes.length % 2 === 1;
}
