/** Something that a key answers a question with. */
export interface Choice<Answer extends string> {
  readonly answer: Answer;
  /** The keys for it; the first is the one that is shown. */
  readonly keys: readonly string[];
  /** How the question names it, with its key in brackets. */
  readonly label: string;
  /** What it does, for the help. */
  readonly help: string;
  /** A word that has to be typed in full, followed by Enter; it begins with the first key. */
  readonly word?: string;
}

/** The choice of a key; upper case counts as lower case. */
export function choiceOf<Answer extends string>(
  key: string,
  choices: readonly Choice<Answer>[],
): Choice<Answer> | undefined {
  return choices.find((choice) => choice.keys.includes(key.toLowerCase()));
}

/** The question on one line: with the choices in words where they fit, else with their keys. */
export function questionLine(lead: string, choices: readonly Choice<string>[], width: number): string {
  const inWords = `${lead} ${choices.map((choice) => choice.label).join(", ")}: `;
  if (inWords.length < width) return inWords;
  return `${lead} [${choices.map(shownKey).join("/")}]: `;
}

/** What each key does, one line each. */
export function helpText(choices: readonly Choice<string>[]): string {
  return choices.map((choice) => `  ${shownKey(choice).padEnd(3)}  ${choice.help}`).join("\n");
}

/** Enter is shown as a capital letter, as other programs have it. */
function shownKey({ keys, word }: Choice<string>): string {
  if (word !== undefined) return word;
  const [key = ""] = keys;
  return keys.includes("enter") ? key.toUpperCase() : key;
}
