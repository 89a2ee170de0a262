import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { planning, recipePackage } from "../support/make-plugin.ts";
import { runCli, startCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

it.concurrent.for([
  [[5], "step 1 is 5, not a command"],
  [["true", null], "step 2 is null, not a command"],
  [[["echo"]], "step 1 is a list, not a command"],
  [[{}], "step 1 is a value of type object, not a command"],
  [[{ run: 5 }], '"run" of step 1 is 5'],
  [[{ run: null }], '"run" of step 1 is null'],
  [[""], "step 1 has an empty command"],
  [[" \n "], "step 1 has an empty command"],
  [["echo a\0b"], "step 1 holds a NUL character"],
  [[{ run: "true", unless: "a\0b" }], "step 1 holds a NUL character"],
  [[{ run: "true", creates: "a\0b" }], "step 1 holds a NUL character"],
  [[{ run: "true", cwd: "a\0b" }], "step 1 holds a NUL character"],
  [[{ run: "true", timeout: 0 }], '"timeout" of step 1 is 0'],
  [[{ run: "true", timeout: -1 }], '"timeout" of step 1 is -1'],
  [[{ run: "true", timeout: "5" }], '"timeout" of step 1 is "5"'],
  [[{ run: "true", allowFail: "no" }], '"allowFail" of step 1 is "no"'],
  [[{ run: "true", env: { A: 5 } }], '"env" of step 1 is a value of type object'],
  [[{ run: "true", env: null }], '"env" of step 1 is null'],
  [[{ run: "true", cwd: 5 }], '"cwd" of step 1 is 5'],
  [[{ run: "true", command: "x" }], 'step 1 has a field "command" that no step has'],
  [[{ run: "true", toString: "x" }], 'step 1 has a field "toString" that no step has'],
  ["echo hello", 'it returned "echo hello" instead of a list of steps'],
  [5, "it returned 5 instead of a list of steps"],
  [null, "it returned null instead of a list of steps"],
  [{ run: "echo hello" }, "it returned a value of type object instead of a list of steps"],
] as const)("refuses the plan %j and runs none of it", async ([steps, told]) => {
  const cwd = tempFolder("work");
  const plan = Array.isArray(steps) ? ["touch ran", ...(steps as unknown[])] : steps;
  const plugins = [recipePackage("faulty", planning("faulty", plan))];
  const { code, stdout, stderr } = await runCli(["recipe", "faulty", "--yes"], { plugins, cwd });
  expect([code, stdout]).toEqual([1, ""]);
  const shifted = told.replaceAll(
    /step (\d)/g,
    (_, number: string) => `step ${Number(number) + (Array.isArray(steps) ? 1 : 0)}`,
  );
  expect(stderr).toContain(`ai-cli: The recipe "faulty" could not plan: ${shifted}`);
  expect(stderr).toContain("It comes from faulty; tell its author.");
  expect(existsSync(join(cwd, "ran"))).toBe(false);
});

it.concurrent.for([
  ["throws", `export const run = () => { throw new Error("no idea"); };`],
  ["rejects", `export const run = async () => { throw new Error("no idea"); };`],
  ["throws behind its first step", `export function* run() { yield "touch ran"; throw new Error("no idea"); }`],
  ["rejects behind its first step", `export async function* run() { yield "touch ran"; throw new Error("no idea"); }`],
] as const)("runs nothing of a recipe that %s, and says why", async ([, source]) => {
  const cwd = tempFolder("work");
  const plugins = [recipePackage("faulty", source)];
  const { code, stderr } = await runCli(["recipe", "faulty", "--yes"], { plugins, cwd });
  expect(code).toBe(1);
  expect(stderr).toBe('ai-cli: The recipe "faulty" could not plan: no idea.\nIt comes from faulty; tell its author.\n');
  expect(existsSync(join(cwd, "ran"))).toBe(false);
  const json = await runCli(["recipe", "faulty", "--yes", "--json"], { plugins });
  expect(JSON.parse(json.stdout)).toMatchObject({ error: { code: "recipe-failed" } });
});

it.concurrent("says that there is nothing to do for an empty plan", async () => {
  const plugins = [recipePackage("empty", planning("empty", []))];
  const text = await runCli(["recipe", "empty"], { plugins });
  expect(text.code).toBe(0);
  expect(text.stderr).toContain("nothing to do");
  const json = await runCli(["recipe", "empty", "--json", "--yes"], { plugins });
  expect(json.code).toBe(0);
  expect(JSON.parse(json.stdout)).toMatchObject({ steps: [] });
});

it.concurrent("ends with 126 for a folder or a shell that is not there", async () => {
  const plugins = [
    recipePackage("lost", planning("lost", [{ run: "true", cwd: "/is/not/there" }])),
    recipePackage(
      "odd",
      `import { registerRecipe } from "@d0ttino/plugin-sdk"; registerRecipe("odd", () => ["true"], { shell: "no-such-shell" });`,
    ),
  ];
  for (const name of ["lost", "odd"]) {
    const { code, stderr } = await runCli(["recipe", name, "--yes"], { plugins });
    expect(code).toBe(126);
    expect(stderr).toContain("could not be started");
  }
});

it.concurrent("dies at Ctrl-C while a recipe plans without end", async () => {
  const source = `export function* run() { console.error("planning"); while (true); }`;
  const cli = startCli(["recipe", "endless"], { plugins: [recipePackage("endless", source)], timeout: 8000 });
  await cli.shows("planning");
  cli.child.kill("SIGINT");
  expect(await cli.result).toMatchObject({ code: null, signal: "SIGINT" });
});

// Each of these passes the check of the plan and then fails as an unexpected error.
it.for([
  ["a NUL in a variable's value", [{ run: "true", env: { A: "a\0b" } }]],
  ["a NUL in a variable's name", [{ run: "true", env: { "A\0": "b" } }]],
  ["variables as a list", [{ run: "true", env: ["A=b"] }]],
] as const)("refuses a plan with %s", { fails: true }, async ([, steps]) => {
  const { stderr } = await runCli(["recipe", "faulty", "--yes"], {
    plugins: [recipePackage("faulty", planning("faulty", steps))],
  });
  expect(stderr).toContain('ai-cli: The recipe "faulty" could not plan: ');
});

// The system refuses so long an argument, which spawn throws instead of telling in an event.
it("tells of a command that is too long for the system like of any step that fails", { fails: true }, async () => {
  const plugins = [recipePackage("long", `export const run = () => [": " + "x".repeat(200_000)];`)];
  const { code, stderr } = await runCli(["recipe", "long", "--yes"], { plugins });
  expect(code).toBe(126);
  expect(stderr).not.toContain("Unexpected error");
});

// Node names the shell when it is the folder that is missing.
it("names the folder of a step that is not there", { fails: true }, async () => {
  const plugins = [recipePackage("lost", planning("lost", [{ run: "true", cwd: "/is/not/there" }]))];
  const { stderr } = await runCli(["recipe", "lost", "--yes"], { plugins });
  expect(stderr).toMatch(/Step 1 failed.*\/is\/not\/there/);
});
