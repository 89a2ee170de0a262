/**
 * The words that an interpolated value stands for, not yet quoted: one for a value, one per element for an array.
 * `place` names the interpolation in messages.
 *
 * @throws TypeError for a value that is no data or that no command line can carry.
 */
export function wordsOf(value: unknown, place: string): string[] {
  if (!Array.isArray(value)) return [wordOf(value, place)];
  return Array.from(value as readonly unknown[], (element, index) => wordOf(element, `${place}, element ${index}`));
}

function wordOf(value: unknown, place: string): string {
  const word = textOf(value, place);
  if (word.includes("\0"))
    throw new TypeError(`${place} contains a NUL character, which no argument can hold; remove it`);
  // A lone surrogate has no UTF-8 form: the command would get another character than the one given.
  if (!word.isWellFormed()) {
    throw new TypeError(`${place} contains a lone surrogate, which cannot be encoded; repair it with toWellFormed()`);
  }
  return word;
}

function textOf(value: unknown, place: string): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean" || typeof value === "bigint") return String(value);
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  throw new TypeError(
    `${place} is ${nameOf(value)}, which is no word; ` +
      "give a string, a finite number, a bigint, a boolean or an array of these",
  );
}

function nameOf(value: unknown): string {
  if (value === undefined || value === null || typeof value === "number") return String(value);
  if (Array.isArray(value)) return "an array inside an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
