import { COMMANDS } from "./command-table.ts";
import { COMMON_OPTIONS, type Command } from "./command.ts";
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

/** The help of one command. */
export function commandHelp(command: Command): string {
  const sections = [
    `${command.summary}.`,
    ["Usage:", ...command.usage.map((line) => `  ai-cli ${line}`)].join("\n"),
    ["Options:", ...columns([...command.options, ...COMMON_OPTIONS].map(optionRow))].join("\n"),
    ...(command.details === undefined ? [] : [command.details.join("\n")]),
    ["Examples:", ...command.examples.map((line) => `  ${line}`)].join("\n"),
  ];
  return `${sections.join("\n\n")}\n`;
}
