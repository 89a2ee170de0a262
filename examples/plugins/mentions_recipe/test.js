import assert from "node:assert/strict";
import { test } from "node:test";
import { checkRecipe, runStep } from "@d0ttino/plugin-sdk/testing";
import { mentions } from "./index.js";

test("mentions keeps the contract of recipes", async () => {
  await checkRecipe(mentions);
});

test("its second step names the files that speak of the goal, whatever is in it", async () => {
  const context = {
    signal: AbortSignal.timeout(10_000),
    platform: process.platform,
    shell: "sh",
    cwd: ".",
    options: {},
  };
  const steps = /** @type {import("@d0ttino/plugin-sdk").Step[]} */ (mentions("it's $HOME", context));
  const [, search] = steps;
  assert.ok(search);
  const { stdout } = await runStep(search, { files: { "notes.txt": "it's $HOME", "other.txt": "nothing" } });
  assert.equal(stdout, "./notes.txt\n");
});
