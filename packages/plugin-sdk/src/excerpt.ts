const LONGEST = 120;

/** A value as it can stand in a message: one line, cut where it is long. */
export function excerpt(value: unknown): string {
  if (typeof value === "function") return "a function";
  // JSON has no infinite numbers.
  if (typeof value === "number") return String(value);
  const text = jsonOf(value) ?? String(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
