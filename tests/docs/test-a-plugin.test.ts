import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { blocksOf, textOf } from "../support/guide-blocks.ts";
import { runShell } from "../support/run-shell.ts";
import { tempFolder } from "../support/temp-folder.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const PAGE = "test-a-plugin.md";
const EXAMPLES = ["openrouter", "mentions_recipe"];

/** An example as its author has it: the SDK is installed beside it. */
function example(name: string): string {
  const dir = join(tempFolder("author"), name);
  cpSync(join(ROOT, "examples/plugins", name), dir, { recursive: true });
  mkdirSync(join(dir, "node_modules/@d0ttino"), { recursive: true });
  symlinkSync(join(ROOT, "packages/plugin-sdk"), join(dir, "node_modules/@d0ttino/plugin-sdk"), "dir");
  return dir;
}

it("shows the tests of the examples as they are, and the commands end well on each", { timeout: 120_000 }, async () => {
  const tests = blocksOf(PAGE).filter((block) => block.language === "js");
  const commands = blocksOf(PAGE).filter((block) => block.language === "sh");
  expect(tests.map((block) => block.text)).toEqual(
    EXAMPLES.map((name) => readFileSync(join(ROOT, "examples/plugins", name, "test.js"), "utf8")),
  );
  expect(commands.map((block) => block.text)).toEqual(["ai-cli plugins test\n", "node --test\n"]);
  for (const [index, name] of EXAMPLES.entries()) {
    const dir = example(name);
    rmSync(join(dir, "test.js"));
    writeFileSync(join(dir, "test.js"), tests[index]?.text ?? "");
    const env = { HOME: dir, D0TTINO_HOME: join(dir, "home") };
    expect(await runShell(commands[0]?.text ?? "", dir, env)).toMatch(/\n\d+ passed, 0 failed/);
    expect(await runShell(commands[1]?.text ?? "", dir, env)).toMatch(/^(?:# |ℹ )pass 2$/m);
  }
});

it("has the command that names other variables as it works", { timeout: 60_000 }, async () => {
  const line = blocksOf(PAGE).find((block) => block.text.includes("--env"))?.text ?? "";
  const dir = example("openrouter");
  const file = join(dir, "index.js");
  const source = readFileSync(file, "utf8");
  writeFileSync(
    file,
    source
      .replaceAll("OPENROUTER_BASE_URL", "ACME_HOST")
      .replaceAll("process.env.OPENROUTER_API_KEY", "process.env.ACME_TOKEN"),
  );
  const env = { HOME: dir, D0TTINO_HOME: join(dir, "home") };
  expect(await runShell(line, dir, env)).toMatch(/\n\d+ passed, 0 failed\.\n$/);
});

it("tells of every fault that the fake server has", () => {
  const union = readFileSync(join(ROOT, "packages/plugin-sdk/src/testing/fake-server-fault.ts"), "utf8");
  const types = [...union.matchAll(/type: "([\w-]+)"/g)].map((found) => found[1]);
  expect(types).toHaveLength(7);
  for (const type of types) expect(textOf(PAGE)).toMatch(new RegExp(`^\\| \`${type}\` `, "m"));
});
