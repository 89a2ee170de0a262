import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { installCli } from "../support/installed-cli.ts";
import { answering, backendPackage, makePlugin, recipePackage } from "../support/make-plugin.ts";
import { pluginHome, storedBackend, storedRecipe, syncedRecipes, writeGeneration } from "../support/plugin-store.ts";
import { runCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

interface Row {
  name: string;
  place: string;
  package: string;
}

it.concurrent("asks the places in their order, and the first that has a name wins", async () => {
  // Each place has the names of all places after it, too.
  const names = ["one", "two", "three", "four", "sample"];
  const make = (dir: string, place: string, from: number): string =>
    makePlugin(dir, {
      name: `from-${place}`,
      backends: Object.fromEntries(names.slice(from).map((name) => [name, "./index.js"])),
      files: {
        "index.js": `import { registerBackend } from "@d0ttino/plugin-sdk";
          for (const name of ${JSON.stringify(names.slice(from))}) registerBackend(name, () => "${place}");`,
      },
    });
  const entries = (from: number) =>
    names.slice(from).map((name) => ({ group: "llm.plugins", name, file: "index.js", export: null }) as const);

  const home = tempFolder("home");
  const { cli, nodeModules } = installCli();
  const path = make(tempFolder("path"), "path", 0);
  const linked = make(tempFolder("linked"), "linked", 1);
  writeGeneration(pluginHome(home), [
    storedBackend("linked", linked, { linked: true, entries: [] }),
    storedBackend("home", make(tempFolder("home"), "home", 2), { entries: entries(2) }),
  ]);
  make(join(nodeModules, "beside"), "beside", 3);
  make(join(cli, "node_modules", "within"), "within", 4);

  const asked = await Promise.all(
    names.map((name) => runCli(["send", "hello", "-b", name], { cli, home, plugins: [path] })),
  );
  expect(asked.map((one) => one.stdout)).toEqual(["path\n", "path\n", "path\n", "path\n", "path\n"]);

  const withoutPath = await Promise.all(names.map((name) => runCli(["send", "hello", "-b", name], { cli, home })));
  expect(withoutPath.map((one) => one.stdout)).toEqual(["", "linked\n", "linked\n", "linked\n", "linked\n"]);

  const other = tempFolder("home");
  writeGeneration(pluginHome(other), [
    storedBackend("home", make(tempFolder("home"), "home", 2), { entries: entries(2) }),
  ]);
  const withoutLinks = await Promise.all(
    names.map((name) => runCli(["send", "hello", "-b", name], { cli, home: other })),
  );
  expect(withoutLinks.map((one) => one.stdout)).toEqual(["", "", "home\n", "home\n", "home\n"]);

  const nodeModulesOnly = await Promise.all(names.map((name) => runCli(["send", "hello", "-b", name], { cli })));
  expect(nodeModulesOnly.map((one) => one.stdout)).toEqual(["", "", "", "beside\n", "within\n"]);
});

it.concurrent("asks synced recipes behind the plug-in home and before node_modules", async () => {
  const home = tempFolder("home");
  const { cli, nodeModules } = installCli();
  const printing = (text: string): string => `export const run = () => ["echo ${text}"];`;
  const recipe = (dir: string, place: string, names: readonly string[]): string =>
    makePlugin(dir, {
      name: `from-${place}`,
      recipes: Object.fromEntries(names.map((name) => [name, "./index.js"])),
      files: { "index.js": printing(place) },
    });
  writeGeneration(pluginHome(home), [storedRecipe("both", recipe(tempFolder("h"), "home", ["both"]))]);
  const synced = recipe(tempFolder("s"), "synced", ["both", "shared"]);
  writeGeneration(syncedRecipes(home), [
    storedRecipe("both", synced, {
      entries: ["both", "shared"].map((name) => ({ group: "d0ttino.recipes", name, file: "index.js", export: null })),
    }),
  ]);
  recipe(join(nodeModules, "beside"), "beside", ["both", "shared", "only"]);
  const runs = await Promise.all(
    ["both", "shared", "only"].map((name) => runCli(["recipe", name, "--yes"], { cli, home })),
  );
  expect(runs.map((one) => one.stdout)).toEqual(["home\n", "synced\n", "beside\n"]);
});

it.concurrent.for(["plugin path", "plug-in home", "node_modules"])(
  "puts a plug-in from the %s in place of the built-in of its name",
  async (place) => {
    const home = tempFolder("home");
    const { cli, nodeModules } = installCli();
    const dir = place === "node_modules" ? join(nodeModules, "replacement") : tempFolder("replacement");
    makePlugin(dir, {
      name: "replacement",
      backends: { sample: "./index.js" },
      files: { "index.js": answering("sample", "replaced") },
    });
    if (place === "plug-in home")
      writeGeneration(pluginHome(home), [storedBackend("sample", dir, { name: "replacement" })]);
    const options = { cli, home, plugins: place === "plugin path" ? [dir] : [] };

    expect(await runCli(["send", "hello", "-b", "sample"], options)).toMatchObject({
      code: 0,
      stdout: "replaced\n",
      stderr: "",
    });
    const listed = await runCli(["backends", "--json"], options);
    const rows = (JSON.parse(listed.stdout) as Row[]).filter((row) => row.name === "sample");
    expect(rows.map((row) => row.package)).toEqual(["replacement"]);
    // The built-in recipe of the same name is another thing.
    expect(await runCli(["recipe", "sample", "hello", "--yes"], options)).toMatchObject({ stdout: "hello\n" });
  },
);

it.concurrent("uses the first by package name of two packages with one name in one place, and says so", async () => {
  const make = (name: string): string =>
    makePlugin(tempFolder(name), {
      name,
      backends: { shared: "./index.js" },
      files: { "index.js": answering("shared", name) },
    });
  const second = make("b-package");
  const first = make("a-package");
  const plugins = [second, first];
  const { code, stdout, stderr } = await runCli(["send", "hello", "-b", "shared"], { plugins });
  expect([code, stdout]).toEqual([0, "a-package\n"]);
  expect(stderr).toBe(
    `plug-in b-package (name): "shared" is taken by a-package 1.0.0, which is used. Remove one of the two packages (${first}, ${second}).\n`,
  );
  const listed = await runCli(["backends"], { plugins });
  expect(listed.stderr).toBe(stderr);
  expect(listed.stdout.match(/^shared .*/gm)).toEqual([expect.stringContaining("a-package")]);
});

it.concurrent("names the package that is used to each of several others that claim its name", async () => {
  const plugins = ["c", "b", "a", "d"].map((name) =>
    makePlugin(tempFolder(name), {
      name,
      backends: { shared: "./index.js" },
      files: { "index.js": answering("shared", name) },
    }),
  );
  const { stdout, stderr } = await runCli(["send", "hello", "-b", "shared"], { plugins });
  expect(stdout).toBe("a\n");
  const told = [...stderr.matchAll(/^plug-in (\w \(name\): "shared" is taken by \w) /gm)].map(([, part = ""]) => part);
  expect(told.toSorted()).toEqual(["b", "c", "d"].map((name) => `${name} (name): "shared" is taken by a`));
});

it.concurrent("says nothing of two packages with one name when another name is asked for", async () => {
  const plugins = ["b", "a"].map((name) =>
    makePlugin(tempFolder(name), { name, backends: { shared: "./index.js" }, files: { "index.js": "" } }),
  );
  expect(await runCli(["send", "hello", "-b", "sample"], { plugins })).toMatchObject({ code: 0, stderr: "" });
});

it.concurrent("loads nothing from the current directory", async () => {
  const cwd = backendPackage("local", `console.error("the code ran");`);
  makePlugin(join(cwd, "node_modules", "local"), {
    name: "local",
    backends: { local: "./index.js", sample: "./index.js" },
    files: { "index.js": `console.error("the code ran");` },
  });
  makePlugin(join(cwd, "plugins", "local"), { name: "local", backends: { local: "./index.js" } });
  const asked = await runCli(["send", "hello", "-b", "local"], { cwd });
  expect([asked.code, asked.stderr.includes("the code ran")]).toEqual([2, false]);
  expect(await runCli(["send", "hello", "-b", "sample"], { cwd })).toMatchObject({ stdout: "You said: hello\n" });
});

it.concurrent.for([".", "local", "./local", "../local", "local/../local"])(
  "refuses %j on the plug-in path, and says why",
  async (entry) => {
    const mark = join(tempFolder("mark"), "imported");
    const source = `import { writeFileSync } from "node:fs"; writeFileSync(${JSON.stringify(mark)}, "");`;
    const cwd = backendPackage("local", source);
    makePlugin(join(cwd, "local"), { name: "local", backends: { local: "./index.js" }, files: { "index.js": source } });
    const good = recipePackage("good", `export const run = () => ["echo fine"];`);
    const env = { D0TTINO_PLUGIN_PATH: `${entry}:${good}::` };
    const { code, stderr } = await runCli(["send", "hello", "-b", "local"], { cwd, env });
    expect(code).toBe(2);
    expect(stderr).toContain(`names the relative folder ${JSON.stringify(entry)}`);
    expect(existsSync(mark)).toBe(false);
    expect(await runCli(["recipe", "good", "--yes"], { cwd, env })).toMatchObject({ code: 0, stdout: "fine\n" });
  },
);
