import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

describe("plugins recipes sync", () => {
  /** A folder with a registry of recipes, whose packages lie beside it. */
  function recipes(...names: string[]): { file: string; folder(name: string): string } {
    const root = tempFolder("recipes");
    const folder = (name: string): string => join(root, name);
    for (const name of names) {
      mkdirSync(folder(name));
      const manifest = { name: `${name}-recipe`, version: "1.0.0", type: "module" };
      const entryPoints = { "d0ttino.recipes": { [name]: "./index.js" } };
      writeFileSync(join(folder(name), "package.json"), JSON.stringify({ ...manifest, entryPoints }));
      writeFileSync(join(folder(name), "index.js"), `export const run = () => ["echo ${name} 1"];\n`);
    }
    const entry = (name: string): object => ({ package: `${name}-recipe`, path: `./${name}` });
    const file = join(root, "plugin-registry.json");
    const entries = Object.fromEntries(names.map((name) => [name, entry(name)]));
    writeFileSync(file, JSON.stringify({ ecosystem: "npm", plugins: {}, recipes: entries }));
    return { file, folder };
  }

  it("brings every recipe, keeps the old copy of one that fails, and is quiet about what is unchanged", async () => {
    const { file, folder } = recipes("one", "two");
    const run = {
      home: tempFolder("home"),
      env: { PLUGIN_REGISTRY_URL: file, npm_config_registry: "http://127.0.0.1:9/" },
    };
    expect(await runCli(["plugins", "recipes", "sync"], run)).toMatchObject({
      code: 0,
      stderr: "one-recipe 1.0.0 is installed (one).\ntwo-recipe 1.0.0 is installed (two).\n",
    });
    expect((await runCli(["recipe", "two", "--yes"], run)).stdout).toBe("two 1\n");
    writeFileSync(join(folder("one"), "index.js"), 'export const run = () => ["echo one 2"];\n');
    rmSync(join(folder("two"), "index.js"));
    const again = await runCli(["plugins", "recipes", "sync"], run);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain("two-recipe was not installed: its file index.js is missing");
    expect((await runCli(["recipe", "one", "--yes"], run)).stdout).toBe("one 2\n");
    expect((await runCli(["recipe", "two", "--yes"], run)).stdout).toBe("two 1\n");
    const third = await runCli(["plugins", "recipes", "sync", "--json"], run);
    expect(JSON.parse(third.stdout)).toMatchObject([{ name: "one", before: "1.0.0" }, { name: "two" }]);
  });

  it("goes to another folder when that is asked for", async () => {
    const { file } = recipes("one");
    const dest = join(tempFolder("dest"), "here");
    const run = { home: tempFolder("home"), env: { PLUGIN_REGISTRY_URL: file } };
    expect((await runCli(["plugins", "recipes", "sync", "--dest", dest], run)).code).toBe(0);
    expect(existsSync(join(dest, "current"))).toBe(true);
    expect((await runCli(["recipe", "one"], run)).stderr).toContain('There is no recipe "one"');
    expect((await runCli(["plugins", "sync", "--dest", dest], run)).stderr).toContain("is installed already");
    expect((await runCli(["plugins", "backends", "sync"], run)).code).toBe(2);
    expect((await runCli(["plugins", "list", "--dest", dest], run)).code).toBe(2);
  });
});
