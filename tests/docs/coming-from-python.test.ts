import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as sdk from "@d0ttino/plugin-sdk";
import { describe, expect, it } from "vitest";
import * as library from "../../packages/llm/src/index.ts";
import { COMMANDS } from "../../packages/ai-cli/src/commands/command-table.ts";
import { PLUGIN_KINDS, PLUGIN_VERBS } from "../../packages/ai-cli/src/commands/plugins/verbs.ts";
import { blocksOf, textOf } from "../support/guide-blocks.ts";
import { runCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

const PAGE = "coming-from-python.md";
const ROOT = resolve(import.meta.dirname, "../..");
const text = textOf(PAGE);

/** The second column of a section's table. */
function ours(section: string): string[] {
  const part = text.split(/^## /m).find((one) => one.startsWith(section)) ?? "";
  const rows = part.split("\n").filter((line) => /^\| (?!-|Python)/.test(line));
  expect(rows.length).toBeGreaterThan(5);
  return rows.map(
    (row) =>
      row
        .split(" | ")[1]
        ?.trim()
        .replace(/\s*\|$/, "") ?? "",
  );
}

const EXPORTS: Readonly<Record<string, object>> = { "@d0ttino/plugin-sdk": sdk, "@d0ttino/llm": library };

describe("coming-from-python", () => {
  it.each(ours("In code"))("names what there is: %s", (cell) => {
    const [, name = "", owner = ""] = /^`(\w+)` of `([^`]+)`$/.exec(cell) ?? [];
    if (owner === "") expect(existsSync(join(ROOT, cell.replaceAll("`", ""), "package.json"))).toBe(true);
    else expect(Object.keys(EXPORTS[owner] ?? {})).toContain(name);
  });

  it.each(ours("At the command line"))("names a command that there is: %s", (cell) => {
    const [program, command = "", ...words] = cell.replaceAll("`", "").split(" ");
    expect(program).toBe("ai-cli");
    const found = COMMANDS.find((one) => one.name === command);
    expect(found).toBeDefined();
    if (command !== "plugins") return;
    const [first = "", second = ""] = words;
    expect(Object.keys(PLUGIN_VERBS)).toContain(Object.hasOwn(PLUGIN_KINDS, first) ? second : first);
    for (const option of words.filter((word) => word.startsWith("--"))) {
      expect(found?.options.map((one) => `--${one.name}`)).toContain(option);
    }
  });

  it("names files that there are", () => {
    for (const file of ["plugin-registry.json", "plugin-registry.schema.json", "examples/plugins/mentions_recipe"]) {
      expect(text).toContain(`\`${file}\``);
      expect(existsSync(join(ROOT, file))).toBe(true);
    }
    const manifest = readFileSync(join(ROOT, "examples/plugins/echo_recipe/package.json"), "utf8");
    expect(Object.keys((JSON.parse(manifest) as { entryPoints: object }).entryPoints)).toEqual(["d0ttino.recipes"]);
  });

  it.each(["OPENROUTER", "LOBECHAT", "MINDBRIDGE"])("names the variables of %s", (name) => {
    const source = readFileSync(join(ROOT, "examples/plugins", name.toLowerCase(), "index.js"), "utf8");
    for (const variable of [`${name}_API_KEY`, `${name}_BASE_URL`]) {
      expect(text).toContain(`\`${variable}\``);
      expect(source).toContain(variable);
    }
  });

  it("has an example that answers", async () => {
    const dir = tempFolder("my-package");
    const [code, manifest] = ["js", "json"].map((language) => blocksOf(PAGE).find((one) => one.language === language));
    writeFileSync(join(dir, "index.js"), code?.text ?? "");
    writeFileSync(join(dir, "package.json"), manifest?.text ?? "");
    expect(await runCli(["send", "-b", "my_backend", "hi"], { plugins: [dir] })).toMatchObject({
      code: 0,
      stdout: "response\n",
      stderr: "",
    });
  });
});
