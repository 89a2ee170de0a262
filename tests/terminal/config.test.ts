import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { answering, backendPackage, writeFiles } from "../support/make-plugin.ts";
import { runCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

const homeWith = (config: string): string => writeFiles(tempFolder("home"), { "config.json": config });

it.concurrent("names file and line of a config file that is not JSON, and what to do", async () => {
  const home = homeWith('{\n  "model": "sample/echo",\n  "route": [sample]\n}\n');
  const { code, stdout, stderr } = await runCli(["send", "hello", "-b", "sample"], { home });
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toBe(
    `ai-cli: The config file cannot be read: ${join(home, "config.json")}:3: unexpected token 's'.\n` +
      "Correct that line, or move the file away to start with an empty config.\n",
  );
});

it.concurrent("shows nothing of what a broken config file holds", async () => {
  const home = homeWith('{"backends": {"mine": {"apiKeyEnv": sk-very-secret}}}');
  const { stderr } = await runCli(["send", "hello", "-b", "sample"], { home });
  expect(stderr).not.toContain("very-secret");
});

it.concurrent("lists and plans without a look at a broken config file", async () => {
  const home = homeWith("{");
  const runs = await Promise.all(
    [["recipes"], ["--help"], ["recipe", "sample", "x", "--dry-run"]].map((args) => runCli(args, { home })),
  );
  expect(runs.map((one) => one.code)).toEqual([0, 0, 0]);
});

it.concurrent("tells of a config file that is a folder", async () => {
  const home = tempFolder("home");
  mkdirSync(join(home, "config.json"));
  const { code, stderr } = await runCli(["send", "hello", "-b", "sample"], { home });
  expect(code).toBe(1);
  expect(stderr).toContain(`The config file cannot be read: ${join(home, "config.json")}`);
});

it.concurrent("uses the route of the config file, then LLM_ variables before it, and flags before both", async () => {
  const home = homeWith('\uFEFF{"route": ["Mine/m1", "sample"]}');
  const plugins = [
    backendPackage("mine", `export const run = (_prompt, model) => "mine with " + model;`),
    backendPackage("other", answering("other", "the other")),
  ];
  const env = { LLM_PRIMARY_BACKEND: "other" };
  expect(await runCli(["send", "x"], { home, plugins })).toMatchObject({ code: 0, stdout: "mine with m1\n" });
  expect(await runCli(["send", "x"], { home, plugins, env })).toMatchObject({ stdout: "the other\n" });
  expect(await runCli(["send", "x", "-b", "sample"], { home, plugins, env })).toMatchObject({
    stdout: "You said: x\n",
  });
  expect(await runCli(["send", "x"], { home, plugins, env: { MINE_MODEL: "m2" } })).toMatchObject({
    stdout: "mine with m1\n",
  });
});

it.concurrent("tells which name of a route nobody has", async () => {
  const { code, stderr } = await runCli(["send", "x", "--no-fallback"], { home: homeWith('{"route": ["smaple"]}') });
  expect(code).toBe(2);
  expect(stderr).toContain('There is no backend "smaple".\nDid you mean "sample"?');
});
