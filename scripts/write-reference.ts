/**
 * Writes docs/reference/commands.md from the help texts. With --check it only tells whether it is up to date.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { COMMANDS } from "../packages/ai-cli/src/commands/command-table.ts";
import { commandHelp, overview } from "../packages/ai-cli/src/commands/help.ts";

const FILE = "docs/reference/commands.md";

const sections = [
  "# Commands",
  "Made from the help texts by `npm run docs`.",
  block("ai-cli --help", overview()),
  ...COMMANDS.map((command) => `## ${command.name}\n\n${block(`ai-cli ${command.name} --help`, commandHelp(command))}`),
  "## Exit codes",
  [
    "| code | meaning |",
    "| --- | --- |",
    "| 0 | it worked |",
    "| 1 | it failed |",
    "| 2 | wrong usage, an unknown name, or no terminal where one is needed |",
    "| 130 | interrupted, or the person quit |",
    "| other | `recipe`: the exit code of the first step that failed; 128 + n for signal n; 124 when it took longer than its timeout, 126 when it could not be started |",
  ].join("\n"),
];
const text = `${sections.join("\n\n")}\n`;

if (process.argv.includes("--check")) {
  if (readFileSync(FILE, "utf8") !== text) {
    process.stderr.write(`${FILE} is not what the help texts say: run npm run docs.\n`);
    process.exitCode = 1;
  }
} else writeFileSync(FILE, text);

function block(command: string, output: string): string {
  return `\`\`\`\n$ ${command}\n${output.trimEnd()}\n\`\`\``;
}
