import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { planning, recipePackage } from "../support/make-plugin.ts";
import { ALL_STEPS, runCli, startCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

it.concurrent.for([
  [5, "5"],
  [null, "null"],
  [["echo"], "echo"],
  [{}, "run"],
  [{ run: 5 }, "run"],
  [{ run: null }, "run"],
  ["", "run"],
  [" \n ", "run"],
  ["echo a\0b", "NUL"],
  [{ run: "true", unless: "a\0b" }, "unless"],
  [{ run: "true", creates: "a\0b" }, "creates"],
  [{ run: "true", cwd: "a\0b" }, "cwd"],
  [{ run: "true", timeout: 0 }, "timeout"],
  [{ run: "true", timeout: -1 }, "timeout"],
  [{ run: "true", timeout: "5" }, "timeout"],
  [{ run: "true", creates: "" }, "creates"],
  [{ run: "true", unless: " " }, "unless"],
  [{ run: "true", env: { "": "a" } }, "env"],
  [{ run: "true", env: { "A=B": "a" } }, "env"],
  [{ run: "true", allowFail: "no" }, "allowFail"],
  [{ run: "true", env: { A: 5 } }, "env"],
  [{ run: "true", env: null }, "env"],
  [{ run: "true", env: { A: "a\0b" } }, "env"],
  [{ run: "true", env: { "A\0": "b" } }, "env"],
  [{ run: "true", cwd: 5 }, "cwd"],
  [{ run: "true", command: "x" }, "command"],
  [{ run: "true", toString: "x" }, "toString"],
] as const)(
  "refuses a plan whose second step is %j, names step and fault, and runs none of it",
  async ([step, fault]) => {
    const cwd = tempFolder("work");
    const plugins = [recipePackage("faulty", planning("faulty", ["touch ran", step, "touch ran"]))];
    const { code, stdout, stderr } = await runCli(["recipe", "faulty", ...ALL_STEPS], { plugins, cwd });
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(
      /^ai-cli: The recipe "faulty" could not plan: .+\nIt comes from faulty; tell its author\.\n$/,
    );
    expect(stderr).toContain("step 2 ");
    expect(stderr.slice(stderr.indexOf("step 2 "))).toContain(fault);
    expect(existsSync(join(cwd, "ran"))).toBe(false);
  },
);

it.concurrent.for(["touch ran", 5, null, true, { run: "touch ran" }])(
  "refuses the plan %j, which is no list of steps",
  async (plan) => {
    const cwd = tempFolder("work");
    const plugins = [recipePackage("faulty", planning("faulty", plan))];
    const { code, stderr } = await runCli(["recipe", "faulty", ...ALL_STEPS], { plugins, cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^ai-cli: The recipe "faulty" could not plan: it returned .+ instead of a list of steps\.\n/,
    );
    expect(existsSync(join(cwd, "ran"))).toBe(false);
  },
);

it.concurrent.for([
  ["throws", `export const run = () => { throw new Error("no idea"); };`],
  ["rejects", `export const run = async () => { throw new Error("no idea"); };`],
  ["throws behind its first step", `export function* run() { yield "touch ran"; throw new Error("no idea"); }`],
] as const)("runs nothing of a recipe that %s, and says why", async ([, source]) => {
  const cwd = tempFolder("work");
  const plugins = [recipePackage("faulty", source)];
  const { code, stderr } = await runCli(["recipe", "faulty", ...ALL_STEPS], { plugins, cwd });
  expect(code).toBe(1);
  expect(stderr).toBe('ai-cli: The recipe "faulty" could not plan: no idea.\nIt comes from faulty; tell its author.\n');
  expect(existsSync(join(cwd, "ran"))).toBe(false);
  const json = await runCli(["recipe", "faulty", ...ALL_STEPS, "--json"], { plugins });
  expect(JSON.parse(json.stdout)).toMatchObject({ error: { code: "recipe-failed" } });
});

it.concurrent("says that there is nothing to do for an empty plan", async () => {
  const plugins = [recipePackage("empty", planning("empty", []))];
  const text = await runCli(["recipe", "empty"], { plugins });
  expect(text.code).toBe(0);
  expect(text.stderr).toContain("nothing to do");
  const json = await runCli(["recipe", "empty", "--json", ...ALL_STEPS], { plugins });
  expect(json.code).toBe(0);
  expect(
    json.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as object),
  ).toEqual([expect.objectContaining({ type: "plan", steps: [] }), { type: "result", exitCode: 0 }]);
});

it.concurrent("ends with 126 for a folder that is not there, and begins nothing without the shell", async () => {
  const plugins = [
    recipePackage("lost", planning("lost", [{ run: "true", cwd: "/is/not/there" }])),
    recipePackage(
      "odd",
      `import { registerRecipe } from "@d0ttino/plugin-sdk"; registerRecipe("odd", () => ["true"], { shell: "no-such-shell" });`,
    ),
  ];
  const lost = await runCli(["recipe", "lost", ...ALL_STEPS], { plugins });
  expect(lost.code).toBe(126);
  expect(lost.stderr).toContain("could not be started");
  const odd = await runCli(["recipe", "odd", ...ALL_STEPS], { plugins });
  expect(odd.code).toBe(1);
  expect(odd.stderr).toContain('the shell "no-such-shell", which is not here.\nInstall it. No step was run.');
  expect((await runCli(["recipe", "odd", "--dry-run"], { plugins })).code).toBe(0);
});

it.concurrent("dies at Ctrl-C while a recipe plans without end", async () => {
  const source = `export function* run() { console.error("planning"); while (true); }`;
  const cli = startCli(["recipe", "endless"], { plugins: [recipePackage("endless", source)], timeout: 8000 });
  await cli.shows("planning");
  cli.child.kill("SIGINT");
  expect(await cli.result).toMatchObject({ code: null, signal: "SIGINT" });
});

// A list passes the check for an object of variables, and the step gets a variable called 0.
it("refuses a plan with variables as a list", async () => {
  const plugins = [recipePackage("faulty", planning("faulty", [{ run: "true", env: ["A=b"] }]))];
  const { stderr } = await runCli(["recipe", "faulty", ...ALL_STEPS], { plugins });
  expect(stderr).toContain('ai-cli: The recipe "faulty" could not plan: ');
});

// Node names the shell when it is the folder that is missing.
it("names the folder of a step that is not there", async () => {
  const plugins = [recipePackage("lost", planning("lost", [{ run: "true", cwd: "/is/not/there" }]))];
  const { stderr } = await runCli(["recipe", "lost", ...ALL_STEPS], { plugins });
  expect(stderr).toMatch(/Step 1 failed.*\/is\/not\/there/);
});
