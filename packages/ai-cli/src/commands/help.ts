import { COMMANDS } from "./command-table.ts";
import { COMMON_OPTIONS, type Command, type Verb } from "./command.ts";
import { columns, optionRow } from "./help-columns.ts";

/** The help of the whole program. */
export function overview(): string {
  return [
    "Ask any language model and run any automation recipe from the terminal.",
    "",
    "Usage: ai-cli COMMAND [options]",
    "",
    "Commands:",
    ...columns(COMMANDS.map((command) => [command.name, command.summary])),
    "",
    "Options:",
    ...columns([...COMMON_OPTIONS, { name: "version", short: "v", summary: "Show the version" }].map(optionRow)),
    "",
    "Try it:",
    '  ai-cli send -b sample "Hello"',
    '  ai-cli recipe sample "Show my goal"',
    "",
    "ai-cli COMMAND --help tells more about a command.",
    "",
  ].join("\n");
}

/**
 * The help of one command, or of one of its verbs.
 * @param words what else was typed; the first that is a verb counts
 */
export function commandHelp(command: Command, words: readonly string[] = []): string {
  const { verbs = {} } = command;
  const named = words.find((word) => Object.hasOwn(verbs, word));
  const verb = named === undefined ? undefined : verbs[named];
  return verb === undefined ? wholeHelp(command) : verbHelp(command, verb);
}

function wholeHelp(command: Command): string {
  const { name, verbs = {} } = command;
  const hasVerbs = Object.keys(verbs).length > 0;
  return page([
    `${command.summary}.`,
    usageOf(command.usage),
    ...(hasVerbs
      ? [["Verbs:", ...columns(Object.entries(verbs).map(([verb, { summary }]) => [verb, summary]))].join("\n")]
      : []),
    optionsOf(command, isForAll(command)),
    ...(hasVerbs ? [`ai-cli ${name} VERB --help tells more about a verb.`] : []),
    ...paragraphs(command.details),
    ["Examples:", ...command.examples.map((line) => `  ${line}`)].join("\n"),
  ]);
}

function verbHelp(command: Command, verb: Verb): string {
  const isCommon = isForAll(command);
  return page([
    `${verb.summary}.`,
    usageOf(verb.usage.map((line) => `${command.name} ${line} [options]`)),
    optionsOf(command, (option) => verb.options.includes(option) || isCommon(option)),
    ...paragraphs(verb.details),
  ]);
}

/** Whether an option is no single verb's. */
function isForAll({ verbs = {} }: Command): (option: string) => boolean {
  return (option) => Object.values(verbs).every(({ options }) => !options.includes(option));
}

function optionsOf(command: Command, isShown: (option: string) => boolean): string {
  const shown = [...command.options, ...COMMON_OPTIONS].filter(({ name }) => isShown(name));
  return ["Options:", ...columns(shown.map(optionRow))].join("\n");
}

function usageOf(lines: readonly string[]): string {
  return ["Usage:", ...lines.map((line) => `  ai-cli ${line}`)].join("\n");
}

function paragraphs(details: readonly string[] | undefined): string[] {
  return details === undefined ? [] : [details.join("\n")];
}

function page(sections: readonly string[]): string {
  return `${sections.join("\n\n")}\n`;
}
