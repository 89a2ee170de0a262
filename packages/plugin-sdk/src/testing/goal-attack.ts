/** What stands for a command in a hostile goal. Nobody else has this word, whatever is done to the goal's letters. */
const CANARY = "zqcanary";

/** A hostile goal, and the shell syntax in it that must not come to power. */
export interface GoalAttack {
  readonly goal: string;
  /** What it would do, to go on from "would". */
  readonly effect: string;
  /** Finds the syntax where it was carried over into a script, even in other letters. */
  readonly pattern: RegExp;
  /** Whether shells know the syntax in double quotes too. */
  readonly isExpansion: boolean;
}

type Form = readonly [before: string, syntax: string, after: string, effect: string];

const END_COMMAND = "end the command and run another one";
const FORMS: readonly Form[] = [
  ["", ";", "", END_COMMAND],
  ["", "\n", "", END_COMMAND],
  ["", "|", "", END_COMMAND],
  ["", "&", "", END_COMMAND],
  ["", "$(", ")", "run a command inside the command"],
  ["", "`", "`", "run a command inside the command"],
  ["", "$", "", "read a variable"],
  ["", "${", "}", "read a variable"],
  ["", ">", "", "overwrite a file"],
  ["", "<", "", "read a file"],
  // Out of quotes, for authors who escape some and not others: once, twice, and by means of a backslash. The
  // comment hides the quote that is left over.
  ["'", ";", " #", "leave the quotes and run a command"],
  ["'x'", ";", " #", "leave the quotes and run a command"],
  ['"', ";", " #", "leave the quotes and run a command"],
  ['"x"', ";", " #", "leave the quotes and run a command"],
  [String.raw`\'`, ";", " #", "leave the quotes and run a command"],
  [String.raw`\"`, ";", " #", "leave the quotes and run a command"],
  ['`"', ";", "", "leave the quotes and run a command"],
  ["\u2019", ";", "", "leave the quotes and run a command"],
  ["\u201D", ";", "", "leave the quotes and run a command"],
  ["\\", "$(", ")", "run a command behind an escape"],
  ["\\", "`", "`", "run a command behind an escape"],
  ["\\", ";", "", "end the command and run another one"],
  ["\n'@\n", ";", "", "leave the here-string and run a command"],
  ['\n"@\n', ";", "", "leave the here-string and run a command"],
];

const HERE_DOCUMENT = /<<-?[ \t]*['"\\]?(\w[\w.+-]*)/g;

/**
 * The hostile goals for a recipe.
 *
 * @param goal one that it plans, so that it does not refuse the others for another reason
 * @param scripts its scripts for that goal; a goal can only leave a here-document that it knows
 */
export function goalAttacks(goal: string, scripts: readonly string[]): GoalAttack[] {
  const delimiters = scripts.flatMap((script) => [...script.matchAll(HERE_DOCUMENT)].map((match) => match[1] ?? ""));
  const exits = [...new Set(delimiters)].map((delimiter): Form => [
    `\n${delimiter}\n:`,
    ";",
    "",
    "leave the here-document and run a command",
  ]);
  return [...FORMS, ...exits].map(([before, syntax, after, effect]) => ({
    goal: `${goal}${before}${syntax}${CANARY}${after}`,
    effect,
    pattern: new RegExp(syntax.replaceAll(/[$(){}|`\\]/g, String.raw`\$&`) + CANARY, "gi"),
    isExpansion: syntax.startsWith("$") || syntax === "`",
  }));
}
