/** More than these are as good as all. */
const MOST = 16;

/** What stands in `{a,b}`, one by one; a range such as `{1..9}` becomes `*`. */
export function braceAlternatives(text: string): readonly string[] {
  const inner = text.slice(1, -1);
  const pieces: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < inner.length; at++) {
    if (inner[at] === "{") depth++;
    else if (inner[at] === "}") depth--;
    else if (inner[at] === "," && depth === 0) {
      pieces.push(inner.slice(from, at));
      from = at + 1;
    }
  }
  if (pieces.length === 0) return ["*"];
  return [...pieces, inner.slice(from)].slice(0, MOST).map((piece) => piece.replace(/['"\\]/g, ""));
}
