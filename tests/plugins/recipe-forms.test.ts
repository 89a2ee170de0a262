import { expect, it } from "vitest";
import { makePlugin, recipePackage } from "../support/make-plugin.ts";
import { runCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

const imports = `import { Recipe, registerRecipe, sh } from "@d0ttino/plugin-sdk";\n`;

const registered: Record<string, string> = {
  "a function": `registerRecipe("it", (goal) => [sh\`echo got \${goal}\`]);`,
  "an async function": `registerRecipe("it", async (goal) => [{ run: sh\`echo got \${goal}\`, why: "to see it" }]);`,
  "an async generator": `registerRecipe("it", async function* (goal) { yield sh\`echo got \${goal}\`; });`,
  "a generator": `registerRecipe("it", function* (goal) { yield sh\`echo got \${goal}\`; });`,
  "an instance of Recipe": `registerRecipe("it", new (class extends Recipe { #got = "got"; run(goal) { return [sh\`echo \${this.#got} \${goal}\`]; } })());`,
  "an object of no class": `registerRecipe("it", { run: async (goal) => [sh\`echo got \${goal}\`] });`,
};

const exported: Record<string, readonly [target: string, source: string]> = {
  "an export called run": ["./index.js", `export function run(goal) { return ["echo got " + goal]; }`],
  "an export called run that the entry names": [
    "./index.js#run",
    `export async function* run(goal) { yield "echo got " + goal; }`,
  ],
  "another export that the entry names": [
    "./index.js#plan",
    `export const plan = { run: (goal) => ["echo got " + goal] };`,
  ],
  "the default export": ["./index.js", `export default (goal) => ["echo got " + goal];`],
  "the run of a default object": ["./index.js", `export default { run: (goal) => ["echo got " + goal] };`],
};

it.concurrent.for(Object.keys(registered))("takes %s as a recipe", async (form) => {
  const plugins = [recipePackage("it", imports + registered[form])];
  const { code, stdout } = await runCli(["recipe", "it", "the; goal", "--yes"], { plugins });
  expect([code, stdout]).toEqual([0, "got the; goal\n"]);
});

it.concurrent.for(Object.keys(exported))("takes %s as a recipe that was not registered", async (form) => {
  const [target, source] = exported[form] ?? ["", ""];
  const plugins = [recipePackage("it", source, { recipes: { it: target } })];
  expect(await runCli(["recipe", "it", "goal", "--yes"], { plugins })).toMatchObject({ code: 0, stdout: "got goal\n" });
});

it.concurrent("takes module.exports.run of a CommonJS module", async () => {
  const source = `exports.run = (goal) => ["echo got " + goal];`;
  const plugins = [recipePackage("it", source, { type: "commonjs" })];
  expect(await runCli(["recipe", "it", "goal", "--yes"], { plugins })).toMatchObject({ code: 0, stdout: "got goal\n" });
});

it.concurrent("tells a recipe what it needs to know", async () => {
  const source = `export const run = (goal, { signal, platform, shell, cwd, options }) =>
    ["echo '" + JSON.stringify({ aborted: signal.aborted, platform, shell, cwd, options }) + "'"];`;
  const cwd = tempFolder("where");
  const { stdout } = await runCli(["recipe", "it", "--yes"], { plugins: [recipePackage("it", source)], cwd });
  expect(JSON.parse(stdout)).toEqual({ aborted: false, platform: process.platform, shell: "bash", cwd, options: {} });
});

it.concurrent("uses the shell that a recipe asks for", async () => {
  const source = `import { registerRecipe } from "@d0ttino/plugin-sdk";
    registerRecipe("it", (_goal, { shell }) => ["echo " + shell + ' "[$BASH_VERSION]"'], { shell: "sh" });`;
  const { code, stdout } = await runCli(["recipe", "it", "--yes"], { plugins: [recipePackage("it", source)] });
  expect([code, stdout]).toEqual([0, "sh []\n"]);
});

it.concurrent("lets a backend and a recipe of one package have the same name", async () => {
  const plugin = makePlugin(tempFolder("both"), {
    name: "both",
    backends: { both: "./index.js#ask" },
    recipes: { both: "./index.js#plan" },
    files: { "index.js": `export const ask = () => "answered"; export const plan = () => ["echo ran"];` },
  });
  expect(await runCli(["send", "hello", "-b", "both"], { plugins: [plugin] })).toMatchObject({ stdout: "answered\n" });
  expect(await runCli(["recipe", "both", "--yes"], { plugins: [plugin] })).toMatchObject({ stdout: "ran\n" });
});

it.concurrent.for([
  ["a class instead of an instance", `export class run { plan() { return []; } }`],
  ["a text", `export const run = "echo hello";`],
])("refuses a module that exports %s", async ([, source = ""]) => {
  const { code, stderr } = await runCli(["recipe", "it", "--yes"], { plugins: [recipePackage("it", source)] });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^ai-cli: plug-in it \(register\): it did not register the recipe "it"\.\n/);
});
