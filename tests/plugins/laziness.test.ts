import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { installCli, settle } from "../support/installed-cli.ts";
import { makePlugin } from "../support/make-plugin.ts";
import { pluginHome, storedBackend, syncedRecipes, writeGeneration } from "../support/plugin-store.ts";
import { CLI_PACKAGE, runCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

/** A package with a backend and a recipe whose module notes in a file that it was imported. */
function witness(dir: string, name: string, log: string): string {
  return makePlugin(dir, {
    name,
    backends: { [name]: "./index.js" },
    recipes: { [name]: "./index.js" },
    files: {
      "index.js": `import { appendFileSync } from "node:fs";
        import { registerBackend, registerRecipe } from "@d0ttino/plugin-sdk";
        appendFileSync(${JSON.stringify(log)}, "${name}\\n");
        registerBackend("${name}", () => "answer of ${name}");
        registerRecipe("${name}", () => ["echo plan of ${name}"]);`,
    },
  });
}

/** Four witnesses, one in each kind of place, and the CLI that finds them. */
function witnesses(): { options: { home: string; cli: string; plugins: string[] }; log: string } {
  const log = join(tempFolder("log"), "imported");
  const home = tempFolder("home");
  const { cli, nodeModules } = installCli();
  witness(join(nodeModules, "beside"), "beside", log);
  writeGeneration(pluginHome(home), [
    storedBackend("linked", witness(tempFolder("linked"), "linked", log), { linked: true }),
    storedBackend("homely", witness(tempFolder("homely"), "homely", log), {
      entries: [
        { group: "llm.plugins", name: "homely", file: "index.js", export: null },
        { group: "d0ttino.recipes", name: "homely", file: "index.js", export: null },
      ],
    }),
  ]);
  writeGeneration(syncedRecipes(home), [
    storedBackend("synced", witness(tempFolder("synced"), "synced", log), {
      entries: [{ group: "d0ttino.recipes", name: "synced", file: "index.js", export: null }],
    }),
  ]);
  return { options: { home, cli, plugins: [witness(tempFolder("path"), "path", log)] }, log };
}

it.concurrent.for([
  ["--help"],
  ["--version"],
  ["help", "send"],
  ["send", "--help"],
  ["backends"],
  ["backends", "--json"],
  ["recipes"],
  ["recipes", "--json"],
  ["completion", "bash"],
  ["completion", "--", "--", "send", "-b", ""],
  ["completion", "--", "--", "recipe", ""],
  ["send", "hello", "-b", "sample"],
  ["send", "hello", "-m", "sample/echo"],
  ["recipe", "sample", "hello", "--yes"],
  ["recipe", "sample", "hello", "--dry-run"],
])("imports no plug-in for %j", async (args) => {
  const { options, log } = witnesses();
  const { code, stderr } = await runCli(args, options);
  expect([code, stderr.replace(/^Recipe .*\n(?:\w+ {2}.*\n)+1\/1\n.*\n/, "")]).toEqual([0, ""]);
  expect(existsSync(log)).toBe(false);
});

it.concurrent("imports no plug-in for a name that nobody has or for a faulty command line", async () => {
  const { options, log } = witnesses();
  const runs = await Promise.all(
    [
      ["send", "hello", "-b", "linkde"],
      ["recipe", "linkde"],
      ["send", "hello", "--frobnicate"],
      ["send", "", "-b", "linked"],
    ].map((args) => runCli(args, options)),
  );
  expect(runs.map((one) => one.code)).toEqual([2, 2, 2, 2]);
  expect(runs[0]?.stderr).toContain('Did you mean "linked"?');
  expect(runs[1]?.stderr).toContain('Did you mean "linked"?');
  expect(existsSync(log)).toBe(false);
});

it.concurrent.for(["path", "linked", "homely", "beside"])("imports %s alone when it is asked", async (name) => {
  const { options, log } = witnesses();
  expect(await runCli(["send", "hello", "-b", name], options)).toMatchObject({
    code: 0,
    stdout: `answer of ${name}\n`,
  });
  expect(readFileSync(log, "utf8")).toBe(`${name}\n`);
});

it.concurrent("imports a later backend of a route only when its turn comes", async () => {
  const { options, log } = witnesses();
  const env = { LLM_PRIMARY_BACKEND: "path", LLM_FALLBACK_BACKEND: "linked" };
  expect(await runCli(["send", "hello"], { ...options, env })).toMatchObject({ stdout: "answer of path\n" });
  expect(readFileSync(log, "utf8")).toBe("path\n");
});

const crowd = Array.from({ length: 1000 }, (_, at) => `backend-${at}`);

/** A thousand witnesses in the plug-in home, and what finds them. */
function crowdedHome(): { options: { home: string; cli: string }; log: string } {
  const log = join(tempFolder("log"), "imported");
  const home = tempFolder("home");
  const generation = writeGeneration(
    pluginHome(home),
    crowd.map((name) =>
      storedBackend(name, `node_modules/${name}`, {
        entries: (["llm.plugins", "d0ttino.recipes"] as const).map((group) => ({
          group,
          name,
          file: "index.js",
          export: null,
        })),
      }),
    ),
  );
  for (const name of crowd) witness(join(generation, "node_modules", name), name, log);
  return { options: { home, cli: CLI_PACKAGE }, log };
}

/** A thousand witnesses beside the CLI. */
function crowdedNodeModules(): { options: { home: string; cli: string }; log: string } {
  const log = join(tempFolder("log"), "imported");
  const { cli, nodeModules } = installCli();
  for (const name of crowd) witness(join(nodeModules, name), name, log);
  settle(join(nodeModules, ".package-lock.json"), join(nodeModules, "@d0ttino"), nodeModules);
  return { options: { home: tempFolder("home"), cli }, log };
}

it.concurrent.for([
  ["in the plug-in home", crowdedHome],
  ["in node_modules", crowdedNodeModules],
] as const)("lists a thousand packages %s and imports the one that is asked", async ([, make]) => {
  const { options, log } = make();
  // The second time, those in node_modules come from the cache.
  for (let time = 0; time < 2; time += 1) {
    const { code, stdout, stderr } = await runCli(["backends", "--json"], options);
    const rows = JSON.parse(stdout) as { name: string; status: string }[];
    expect([code, stderr]).toEqual([0, ""]);
    expect(rows.filter((row) => row.name.startsWith("backend-") && row.status === "installed")).toHaveLength(1000);
  }
  expect(existsSync(log)).toBe(false);
  expect(await runCli(["send", "hello", "-b", "backend-617"], options)).toMatchObject({
    code: 0,
    stdout: "answer of backend-617\n",
    stderr: "",
  });
  expect(readFileSync(log, "utf8")).toBe("backend-617\n");
});
