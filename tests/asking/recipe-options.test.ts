import { describe, expect, it } from "vitest";
import { makePlugin, recipePackage, writeFiles } from "../support/make-plugin.ts";
import { runCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

const OPTIONS = `{
  depth: { type: "number", default: 3, description: "How deep to look" },
  sort: { choices: ["size", "name"], description: "The order" },
  title: {},
  hidden: { type: "boolean", description: "Also what is hidden" },
  colours: { type: "boolean", default: true, description: "Without colours" },
}`;

/** A recipe that shows the options it gets. */
const plugin = (options = OPTIONS): string =>
  recipePackage(
    "it",
    `import { registerRecipe, sh } from "@d0ttino/plugin-sdk";
     registerRecipe("it", (goal, { options }) => [sh\`printf %s \${JSON.stringify(options)}\`], { description: "Shows its options", options: ${options} });`,
  );

const plugins = [plugin()];

describe("a recipe's own options", () => {
  it.concurrent.for([
    [[], { depth: 3, hidden: false, colours: true }],
    [
      ["--depth", "0.5", "--sort=name", "--title", "--hidden", "--hidden", "--no-colours"],
      { depth: 0.5, sort: "name", title: "--hidden", hidden: true, colours: false },
    ],
    [["--title="], { depth: 3, title: "", hidden: false, colours: true }],
    [
      ["a goal", "--depth", "-2", "--title", "; rm -rf ~"],
      { depth: -2, title: "; rm -rf ~", hidden: false, colours: true },
    ],
  ] as const)("are given behind its name as %j", async ([args, options]) => {
    const { code, stdout } = await runCli(["recipe", "--yes", "it", ...args], { plugins });
    expect([code, JSON.parse(stdout)]).toEqual([0, options]);
  });

  it.concurrent.for([
    [["--depth", "deep"], '--depth takes a number, not "deep".'],
    [["--depth", ""], '--depth takes a number, not "".'],
    [["--depth"], "--depth needs a value"],
    [["--sort", "nam"], '--sort takes size, name, not "nam".\nDid you mean name?'],
    [["--dept", "3"], "There is no option --dept.\nDid you mean --depth?"],
    [["--hidden=yes"], "--hidden takes no value."],
    [["--colours"], "There is no option --colours."],
  ] as const)("are refused as %j", async ([args, message]) => {
    const { code, stdout, stderr } = await runCli(["recipe", "it", "--yes", ...args], { plugins });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });

  it.concurrent.for([
    [["recipe", "it", "--help"]],
    [["recipe", "--help", "it"]],
    [["recipe", "--log", "x", "-h", "it", "goal"]],
    [["help", "recipe", "it"]],
  ] as const)("are told by %j", async ([args]) => {
    const { code, stdout, stderr } = await runCli(args, { plugins });
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(`Shows its options.

Usage:
  ai-cli recipe it "GOAL" [options]

Options:
      --depth NUMBER  How deep to look (default 3)
      --sort TEXT     The order (size, name)
      --title TEXT
      --hidden        Also what is hidden
      --no-colours    Without colours

It comes from it 1.0.0.
ai-cli recipe --help tells the options that every recipe has.
`);
  });

  it.concurrent("are completed", async () => {
    const complete = async (...typed: string[]): Promise<string[]> =>
      (await runCli(["completion", "--", "--", "recipe", ...typed], { plugins })).stdout.trim().split("\n");
    expect(await complete("it", "--")).toEqual(expect.arrayContaining(["--depth", "--no-colours", "--dry-run"]));
    expect(await complete("it", "goal", "--sort", "")).toEqual(["size", "name"]);
    expect(await complete("--", "--dr")).toEqual(["--dry-run"]);
    expect(await complete("unknown", "--dr")).toEqual(["--dry-run"]);
  });

  it.concurrent("cannot take the place of those that every recipe has", async () => {
    const own = [plugin(`{ yes: { type: "boolean" }, log: { default: "here" } }`)];
    const { code, stdout, stderr } = await runCli(["recipe", "it", "--yes"], { plugins: own });
    expect([code, stdout]).toEqual([0, '{"log":"here"}']);
    expect(stderr).toContain("The option --yes of the recipe it cannot be given: every recipe has one of that name.\n");
    expect(stderr).toContain("The option --log of the recipe it cannot be given");
  });

  it.concurrent("are told to be wrong when the recipe registers", async () => {
    const own = [plugin(`{ depth: { type: "integer" } }`)];
    const { code, stderr } = await runCli(["recipe", "it", "--yes"], { plugins: own });
    expect(code).toBe(1);
    expect(stderr).toContain('registerRecipe("it"): the option depth has the `type` "integer"');
  });
});

it.concurrent("says in a recipe's help nothing that could drive the terminal", async () => {
  const source = `import { registerRecipe } from "@d0ttino/plugin-sdk";
    registerRecipe("it", () => [], { description: "a\\u001b[2Jb", options: { x: { description: "c\\u200bd" } } });`;
  const { stdout } = await runCli(["recipe", "it", "--help"], { plugins: [recipePackage("it", source)] });
  expect(stdout).toContain("a^[[2Jb.\n");
  expect(stdout).toContain("c<U+200B>d\n");
});

it.concurrent("imports the recipe of `recipe --help NAME` and no other", async () => {
  const other = recipePackage("other", `console.error("other was imported");`);
  const { stderr } = await runCli(["recipe", "--help", "it"], { plugins: [other, ...plugins] });
  expect(stderr).toBe("");
});

describe("a recipe that there is not", () => {
  const folder = writeFiles(tempFolder("registry"), {
    "registry.json": JSON.stringify({
      ecosystem: "npm",
      plugins: { both: "both-backend", answers: "answers" },
      recipes: { tidy: "tidy-recipe", both: "both-recipe" },
    }),
  });
  const env = { PLUGIN_REGISTRY_URL: `${folder}/registry.json` };

  it.concurrent.for([
    ["tidy", 'The registry has "tidy": ai-cli plugins install tidy\n'],
    ["TIDY", 'The registry has "tidy": ai-cli plugins install tidy\n'],
    ["tydi", 'The registry has "tidy": ai-cli plugins install tidy\n'],
    ["both", 'The registry has "both": ai-cli plugins recipes install both\n'],
    ["smaple", 'Did you mean "sample"?\n'],
    ["answers", "Those there are: disk-usage, sample.\n"],
  ] as const)("is told about as %s", async ([name, hint]) => {
    for (const args of [
      [name, "goal"],
      [name, "--depth", "3"],
      ["--help", name],
    ]) {
      const { code, stdout, stderr } = await runCli(["recipe", ...args], { env });
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toBe(`ai-cli: There is no recipe "${name.toLowerCase()}".\n${hint}`);
    }
  });

  it.concurrent("is looked for in the registry that came with the program, without asking any server", async () => {
    const env404 = { PLUGIN_REGISTRY_URL: "http://127.0.0.1:1/never-fetched.json" };
    const { code, stderr } = await runCli(["recipe", "echo", "x"], { env: env404 });
    expect(code).toBe(2);
    expect(stderr).toBe('ai-cli: There is no recipe "echo".\nThe registry has "echo": ai-cli plugins install echo\n');
  });

  it.concurrent("is told about when the registry is of no use", async () => {
    const { code, stderr } = await runCli(["recipe", "tidy"], { env: { PLUGIN_REGISTRY_URL: "/is/not/there.json" } });
    expect(code).toBe(2);
    expect(stderr).toBe('ai-cli: There is no recipe "tidy".\nThose there are: disk-usage, sample.\n');
  });
});

it.concurrent("takes a recipe of a package without a registration, and its options for none", async () => {
  const bare = makePlugin(tempFolder("bare"), {
    name: "bare",
    recipes: { bare: "./index.js#plan" },
    files: { "index.js": `export const plan = (goal, { options }) => ["echo " + Object.keys(options).length];` },
  });
  expect(await runCli(["recipe", "bare", "--yes"], { plugins: [bare] })).toMatchObject({ code: 0, stdout: "0\n" });
});
