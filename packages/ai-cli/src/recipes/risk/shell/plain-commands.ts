import { plainWord, unknownWord, type ShellWord } from "../words/shell-word.ts";

/** A command of words alone, and what stands behind it; nothing does behind the last one. */
export interface PlainCommand {
  readonly words: readonly ShellWord[];
  readonly operator: string;
}

/** Blanks, operators, plain quotes, and words without a mark that means something to a shell. */
const TOKEN = / +|&&|\|\|?|;|'[^']*'|"(?:[^"\\$`]|\$[A-Za-z_])*"|[\w./:@%+,=-]+/g;

/** A text of nothing else. */
const PLAIN = /^(?:[\w./:@%+,=\- ;|]|&&|'[^']*'|"(?:[^"\\$`]|\$[A-Za-z_])*")+$/;

/** Words that mean something else than a program where a command begins, or change what `NAME=value` behind them is. */
const SPECIAL: ReadonlySet<string> = new Set(
  (
    "if then else elif fi do done while until for case esac function select time coproc in " +
    "export declare typeset local readonly alias eval let"
  ).split(" "),
);

/**
 * The commands of a text that is so plain that no parser has to take it apart, as most steps are; undefined for all
 * others. It finds what the parser would. A single command may have variables in double quotes.
 * @param hasVariables whether anything is known of variables; they are then left to the parser
 */
export function plainCommands(text: string, hasVariables = false): readonly PlainCommand[] | undefined {
  const tokens = PLAIN.test(text) ? text.match(TOKEN) : null;
  if (tokens === null) return undefined;
  const commands: PlainCommand[] = [];
  let words: ShellWord[] = [];
  let word: string | undefined;
  let isKnown = true;
  let areKnown = true;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as string;
    const first = token[0];
    if (first === "'" || first === '"') {
      if (word === undefined && words.length === 0) return undefined;
      if (first === '"' && token.includes("$")) isKnown = areKnown = false;
      word = (word ?? "") + token.slice(1, -1);
    } else if (first !== " " && first !== "&" && first !== "|" && first !== ";") {
      if (word === undefined && words.length === 0 && (SPECIAL.has(token) || token.includes("="))) return undefined;
      word = (word ?? "") + token;
    } else {
      if (word !== undefined) words.push(isKnown ? plainWord(word) : unknownWord(word));
      word = undefined;
      isKnown = true;
      if (first === " ") continue;
      if (words.length === 0) return undefined;
      commands.push({ words, operator: token });
      words = [];
    }
  }
  if (word !== undefined) words.push(isKnown ? plainWord(word) : unknownWord(word));
  if (words.length === 0 || (!areKnown && (hasVariables || commands.length > 0))) return undefined;
  commands.push({ words, operator: "" });
  return commands;
}
