const LONGEST = 60;

/** A text of somebody else in quotation marks: on one line, short, and without what could move the cursor. */
export function quoted(text: string): string {
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return JSON.stringify(shown.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, "?"));
}
