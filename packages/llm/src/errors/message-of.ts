/** The message of anything that can be thrown, on one line; never throws and never empty. */
export function messageOf(error: unknown): string {
  let text: string;
  try {
    text = String(error instanceof Error ? error.message || error.name : error);
  } catch {
    text = "";
  }
  return text.replaceAll(/(?<!\s)\s*\n\s*/g, " ").trim() || "unknown error";
}

/** A text as a sentence: with a full stop where it ends with no mark of its own. */
export function sentence(text: string): string {
  return /[.!?\u2026]$/.test(text) ? text : `${text}.`;
}

/** The `code` of a system or Node error, for example `ENOENT`, or undefined. */
export function codeOf(error: unknown): string | undefined {
  const code = typeof error === "object" && error !== null ? (error as { code?: unknown }).code : undefined;
  return typeof code === "string" ? code : undefined;
}
