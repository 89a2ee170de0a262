import { scriptTokens } from "../languages/script-tokens.ts";
import type { Output } from "../output.ts";
import type { ShellWord } from "../words/shell-word.ts";

/** What stands in a text for what nobody knows. */
const SOMETHING = "$line";
const FOR_SOMETHING = /\(\.[^()]*\)|[#$]?\{[^{}]*\}|%[-\d.]*[a-zA-Z]/g;

/** `s/…/…/`, with any mark in place of the slash. */
const REPLACEMENT = /^(?:[\d,$]*|\/(?:\\.|[^/\\])*\/)\s*s([^\w\s\\])((?:\\.|(?!\1)[^\\])*)\1((?:\\.|(?!\1)[^\\])*)\1/s;

/** What `sed` makes of each line, as far as it replaces lines by text of its own. */
export function replacedBy(words: readonly ShellWord[], input: Output): string | undefined {
  for (const { text } of words) {
    // The expression need not be compiled for what says nothing of the kind.
    if (!/s[!#%+,/:@|~]/.test(text)) continue;
    const [, , pattern = "", replacement = ""] = REPLACEMENT.exec(text) ?? [];
    if (!/[a-zA-Z]/.test(replacement)) continue;
    const made = replacement
      .replace(/\\[1-9]/g, SOMETHING)
      .replace(/(?<!\\)&/g, SOMETHING)
      .replace(/\\(.)/g, "$1");
    if (pattern === "^") {
      const lines = input.kind === "text" ? input.text.trim().split("\n").slice(0, 50) : [SOMETHING];
      return lines.map((line) => made + line).join("\n");
    }
    if (/\.[*+]|\\\(|\(|^\$$/.test(pattern)) return pattern === "$" ? undefined : made;
  }
  return undefined;
}

const PRINTS =
  /^(?:print|printf|puts|echo|say|write|log|concat|select|format|\.log|console\.log|sys\.stdout\.write|process\.stdout\.write)$/i;

/** What a line of code prints, put together of the texts in it; undefined when it prints none that begins a command. */
export function printedByCode(name: string, words: readonly ShellWord[]): string | undefined {
  const code = codeOf(name, words);
  if (code === undefined) return undefined;
  const isText = name === "jq";
  let made = "";
  let isPrinting = isText;
  for (const { kind, value } of scriptTokens(code)) {
    if (kind === "name" && PRINTS.test(value)) {
      made += "\n";
      isPrinting = true;
    } else if (!isPrinting) continue;
    else if (kind === "text") made += value.replace(FOR_SOMETHING, SOMETHING);
    else if (value === ";" || value === "}") {
      made += "\n";
      isPrinting = isText;
    } else if (kind === "name" && !made.endsWith(SOMETHING)) made += SOMETHING;
  }
  return /[a-zA-Z]{2}/.test(made.replaceAll(SOMETHING, "")) ? made : undefined;
}

/** The code among a program's words: the first operand, or what stands behind an option for it. */
function codeOf(name: string, words: readonly ShellWord[]): string | undefined {
  if (name === "awk" || name === "gawk" || name === "mawk" || name === "jq")
    return words.find(({ text }, at) => !text.startsWith("-") && !/^-[Fvf]$/.test(words[at - 1]?.text ?? ""))?.text;
  const at = words.findIndex(({ text }) => /^-(?:[a-zA-Z]*[ceErpQq]|-eval|-execute|-command|-query)$/.test(text));
  const behind = words[at + 1]?.text;
  return at < 0 ? words.find(({ text }) => /\s/.test(text))?.text : behind;
}
