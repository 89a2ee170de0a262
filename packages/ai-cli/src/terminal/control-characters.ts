/* oxlint-disable no-control-regex, no-misleading-character-class -- these are what is looked for */
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu;
const INVISIBLE =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028\u2029\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]|[\u{e0000}-\u{e0fff}]/gu;

/**
 * Text with its control characters and changes of writing direction written out, so that it cannot move the cursor
 * or show other than it is. Tabs and line breaks stay.
 */
export function showControlCharacters(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(CONTROL, written);
}

/** The same, with every character written out that takes no room and so could hide something. */
export function showInvisibleCharacters(text: string): string {
  return text.replace(CONTROL, written).replace(INVISIBLE, written);
}

function written(character: string): string {
  const code = character.codePointAt(0) as number;
  if (code < 0x20) return `^${String.fromCodePoint(code + 0x40)}`;
  return code === 0x7f ? "^?" : `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
}

/** As many blanks in a row as indentation may have; more would push what follows out of sight. */
const MOST_BLANKS = 24;
const MOST_EMPTY_LINES = 3;
const BLANKS = new RegExp(`[ \\t]{${MOST_BLANKS + 1},}`, "g");
const EMPTY_LINES = new RegExp(`(?:\\n[ \\t]*){${MOST_EMPTY_LINES + 1},}(?=\\n|$)`, "g");

/** Most texts have nothing to hide, and a plan can be long. */
const SUSPICIOUS = new RegExp(`[^\\n\\x20-\\x7e]| {${MOST_BLANKS + 1}}|\\n *\\n`);

/**
 * A text that somebody has to judge, all of it: its invisible characters are written out, and long runs of blanks or
 * empty lines, which could push its end out of sight, are counted.
 */
export function showHiddenText(text: string): string {
  if (!SUSPICIOUS.test(text)) return text;
  const counted = text
    .replace(EMPTY_LINES, (lines) => `\n<${lines.split("\n").length - 1} empty lines>`)
    .replace(BLANKS, (blanks) => `<${blanks.length} blanks>`);
  return showInvisibleCharacters(counted);
}

/** The same on one line. */
export function showHiddenLine(text: string): string {
  const shown = showHiddenText(text);
  return shown.includes("\n") ? shown.replaceAll("\n", "^J") : shown;
}
