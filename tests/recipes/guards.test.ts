import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { planning, recipePackage } from "../support/make-plugin.ts";
import { ALL_STEPS, runCli, startCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

const plugin = (steps: unknown): string => recipePackage("it", planning("it", steps));

it.concurrent("shows a guard before it runs it", async () => {
  const cwd = tempFolder("work");
  const plugins = [plugin([{ run: "touch step", unless: "touch guard" }])];
  const { code, stderr } = await runCli(["recipe", "it", ...ALL_STEPS], { plugins, cwd });
  expect(code).toBe(0);
  expect(stderr).toContain("unless this succeeds: touch guard");
  expect(stderr).toContain("Step 1 is skipped: it is done already.");
  expect([existsSync(join(cwd, "guard")), existsSync(join(cwd, "step"))]).toEqual([true, false]);
});

it.concurrent("runs no guard of a plan that nobody agreed to", async () => {
  const cwd = tempFolder("work");
  const plugins = [plugin([{ run: "true", unless: "touch guard", confirm: true }])];
  expect((await runCli(["recipe", "it", ...ALL_STEPS], { plugins, cwd })).code).toBe(2);
  expect((await runCli(["recipe", "it", "--dry-run"], { plugins, cwd })).code).toBe(0);
  expect(existsSync(join(cwd, "guard"))).toBe(false);
});

it.concurrent("gives a guard no input and the step's own limit", async () => {
  const plugins = [plugin([{ run: "echo ran", unless: "cat; sleep 20", timeout: 0.3 }])];
  const { code, stdout } = await runCli(["recipe", "it", ...ALL_STEPS], { plugins, stdin: "typed ahead" });
  expect([code, stdout]).toEqual([0, "ran\n"]);
});

it.concurrent("skips what creates something that is there, without asking anybody", async () => {
  const cwd = tempFolder("work");
  writeFileSync(join(cwd, "there"), "");
  const plugins = [plugin([{ run: "touch step", creates: "there" }])];
  expect((await runCli(["recipe", "it", ...ALL_STEPS], { plugins, cwd })).code).toBe(0);
  expect(existsSync(join(cwd, "step"))).toBe(false);
});

it.concurrent.for([
  ["SIGTERM", 143],
  ["SIGINT", 130],
] as const)("ends the step at %s and does not go on with it", async ([signal, code]) => {
  const cwd = tempFolder("work");
  const plugins = [plugin(["echo started; sleep 8; touch late"])];
  const cli = startCli(["recipe", "it", ...ALL_STEPS], { plugins, cwd, timeout: 15_000 });
  await cli.shows("started\n");
  cli.child.kill(signal);
  expect((await cli.result).code).toBe(code);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(existsSync(join(cwd, "late"))).toBe(false);
});
