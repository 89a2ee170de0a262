/**
 * Writes docs/reference/commands.md from the help texts, docs/reference/risk.md from the rule table, docs/reference/plugin-sdk.md from the
 * SDK's doc comments, and into docs/reference/registry.md what the schema and the rules of the registry say, and into the guides the code of the examples. With --check it only tells whether they are up to date.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { COMMANDS } from "../packages/ai-cli/src/commands/command-table.ts";
import { commandHelp, overview } from "../packages/ai-cli/src/commands/help.ts";
import { fillGuide } from "./fill-guide.ts";
import { fillRegistryPage } from "./fill-registry-page.ts";
import { sdkReference } from "./sdk-reference.ts";
import { riskReference } from "./risk-reference.ts";

const sections = [
  "# Commands",
  "Made from the help texts by `npm run docs`.",
  block("ai-cli --help", overview()),
  ...COMMANDS.flatMap((command) => [
    `## ${command.name}`,
    block(`ai-cli ${command.name} --help`, commandHelp(command)),
    ...Object.entries(command.verbs ?? {}).map(([verb, { usage }]) => {
      const words = `${command.name} ${usage[0]?.startsWith("recipes ") === true ? "recipes " : ""}${verb}`;
      return `### ${words}\n\n${block(`ai-cli ${words} --help`, commandHelp(command, [verb]))}`;
    }),
  ]),
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
const REGISTRY = "docs/reference/registry.md";
const GUIDES = ["write-a-backend", "write-a-recipe", "wrap-a-provider", "test-a-plugin"].map(
  (name) => `docs/guide/${name}.md`,
);
const pages: Readonly<Record<string, string>> = {
  "docs/reference/commands.md": `${sections.join("\n\n")}\n`,
  "docs/reference/risk.md": riskReference(),
  "docs/reference/plugin-sdk.md": sdkReference(),
  [REGISTRY]: fillRegistryPage(readFileSync(REGISTRY, "utf8"), readFileSync("plugin-registry.schema.json", "utf8")),
  ...Object.fromEntries(GUIDES.map((file) => [file, fillGuide(readFileSync(file, "utf8"))])),
};

for (const [file, text] of Object.entries(pages)) {
  if (!process.argv.includes("--check")) writeFileSync(file, text);
  else if (readFileSync(file, "utf8") !== text) {
    process.stderr.write(`${file} is not what it is made from: run npm run docs.\n`);
    process.exitCode = 1;
  }
}

function block(command: string, output: string): string {
  return `\`\`\`\n$ ${command}\n${output.trimEnd()}\n\`\`\``;
}
