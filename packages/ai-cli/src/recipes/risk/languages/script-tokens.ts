/** A piece of a program in a language that is not read, but looked through. */
export interface ScriptToken {
  readonly kind: "name" | "text" | "mark";
  /** A name with its dots, a text without its quotes, or a character. */
  readonly value: string;
  /** The quote around a text. */
  readonly quote?: string;
}

const TOKEN =
  /(?<quote>'''|"""|['"`])(?<text>(?:\\[\s\S]|(?!\k<quote>)[^\\])*)(?:\k<quote>|$)|(?<name>\$?[A-Za-z_]\w*(?:(?:\.|::|->|\?\.)[A-Za-z_]\w*[!?]?)*)|(?<mark>[^\s])/g;

/** Takes Python, JavaScript, Ruby, Perl, PHP and their like apart into names, texts and marks. */
export function scriptTokens(code: string): readonly ScriptToken[] {
  const tokens: ScriptToken[] = [];
  for (const { groups } of code.matchAll(TOKEN)) {
    const { quote, text, name, mark } = groups ?? {};
    if (quote !== undefined) tokens.push({ kind: "text", value: (text ?? "").replace(/\\(.)/g, "$1"), quote });
    else if (name !== undefined) tokens.push({ kind: "name", value: name.replace(/::|->|\?\./g, ".") });
    else if (mark !== undefined) tokens.push({ kind: "mark", value: mark });
    joinTexts(tokens);
  }
  return tokens;
}

/** Makes one text of two that are put together where they stand: `"r" + "m"`. */
function joinTexts(tokens: ScriptToken[]): void {
  const [first, mark, second] = tokens.slice(-3);
  if (first?.kind !== "text" || second?.kind !== "text" || mark?.kind !== "mark") return;
  if (mark.value === "+" || mark.value === ".") tokens.splice(-3, 3, { ...first, value: first.value + second.value });
}
