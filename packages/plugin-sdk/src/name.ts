const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/i;

/** The rule for names of backends and recipes, in words, for messages. */
export const NAME_RULE = "1 to 64 letters, digits, '.', '_' or '-', the first a letter or a digit";

/** Whether a text can name a backend or a recipe. A `/` is not allowed: it separates backend and model. */
export function isValidName(name: unknown): name is string {
  return typeof name === "string" && NAME.test(name);
}

/** The form under which a name is stored and compared: names are case-insensitive. */
export function normalizeName(name: string): string {
  return name.toLowerCase();
}
