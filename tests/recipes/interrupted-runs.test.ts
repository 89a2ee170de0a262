import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { planning, recipePackage } from "../support/make-plugin.ts";
import { ALL_STEPS, runCli, startCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

const plugin = (steps: unknown): string => recipePackage("it", planning("it", steps));

/** Steps that print a word, and so much more that whoever has left is noticed. */
const LEAVING = ["echo o''ne; sleep 0.3; yes | head -c 1000000", "true"];

it.concurrent("ends a step at its timeout and says so", async () => {
  const { code, stderr } = await runCli(["recipe", "it", ...ALL_STEPS], {
    plugins: [plugin([{ run: "exec sleep 15", timeout: 0.2 }, "echo not reached"])],
  });
  expect(code).toBe(124);
  expect(stderr).toContain("it took longer than 0.2 seconds");
  const hardy = await runCli(["recipe", "it", ...ALL_STEPS], {
    plugins: [plugin([{ run: "trap '' TERM; while :; do sleep 0.1; done", timeout: 0.2 }])],
  });
  expect(hardy.code).toBe(124);
});

it.concurrent("stops at Ctrl-C with 130 and runs no further step", async () => {
  const cwd = tempFolder("work");
  const cli = startCli(["recipe", "it", ...ALL_STEPS], {
    plugins: [plugin(["echo s''tarted; exec sleep 15", "touch ran"])],
    cwd,
  });
  await cli.shows("started");
  cli.child.kill("SIGINT");
  expect((await cli.result).code).toBe(130);
  expect(existsSync(join(cwd, "ran"))).toBe(false);
});

const takesItWell = "trap 'exit 0' INT; echo s''tarted; while :; do sleep 0.1; done";

it.concurrent.for([[[takesItWell]], [[takesItWell, "touch ran"]]])(
  "stops at Ctrl-C with 130 also when the step takes it for a success: %j",
  async ([steps]) => {
    const cwd = tempFolder("work");
    const cli = startCli(["recipe", "it", ...ALL_STEPS], { plugins: [plugin(steps)], cwd });
    await cli.shows("started");
    cli.child.kill("SIGINT");
    expect((await cli.result).code).toBe(130);
    expect(existsSync(join(cwd, "ran"))).toBe(false);
  },
);

it.concurrent("ends quietly when the reader of a run leaves", async () => {
  const cli = startCli(["recipe", "it", ...ALL_STEPS], {
    plugins: [plugin(LEAVING)],
  });
  await cli.shows("one");
  cli.child.stdout?.destroy();
  expect((await cli.result).stderr).not.toMatch(/Unexpected|^\s+at /m);
});

// What a step prints is written from an event, which no caller of ours surrounds.
it.for([["--json"], ["--log", "run.log"]])("ends quietly when the reader of a run with %j leaves", async (args) => {
  const cli = startCli(["recipe", "it", ...ALL_STEPS, ...args], {
    plugins: [plugin(LEAVING)],
  });
  await cli.shows("one");
  cli.child.stdout?.destroy();
  expect((await cli.result).stderr).not.toMatch(/Unexpected|^\s+at /m);
});

// A step's own child may still hold its pipe.
it("ends a step at its timeout though a child of it goes on printing", async () => {
  const { code } = await runCli(["recipe", "it", ...ALL_STEPS, "--json"], {
    plugins: [plugin([{ run: "sleep 7; true", timeout: 0.2 }])],
    timeout: 4000,
  });
  expect(code).toBe(124);
});
