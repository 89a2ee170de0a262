import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { answering, backendPackage, makePlugin, recipePackage, writeFiles } from "../support/make-plugin.ts";
import { pluginHome, storedBackend, storedRecipe, syncedRecipes, writeGeneration } from "../support/plugin-store.ts";
import { runCli, type RunResult } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

const send = (name: string, home: string): Promise<RunResult> => runCli(["send", "hello", "-b", name], { home });

it.concurrent("finds what the current generation's index names, by relative and by absolute folders", async () => {
  const home = tempFolder("home");
  const generation = writeGeneration(pluginHome(home), [
    storedBackend("relative", "node_modules/relative"),
    storedBackend("absolute", backendPackage("absolute", answering("absolute", "hello"))),
  ]);
  makePlugin(join(generation, "node_modules/relative"), {
    name: "relative",
    files: { "index.js": answering("relative", "hello") },
  });
  expect(await send("relative", home)).toMatchObject({ code: 0, stdout: "hello\n", stderr: "" });
  expect(await send("absolute", home)).toMatchObject({ code: 0, stdout: "hello\n", stderr: "" });
});

it.concurrent("follows `current` to another generation", async () => {
  const home = tempFolder("home");
  for (const name of ["g1", "g2"]) {
    writeGeneration(pluginHome(home), [storedBackend("model", backendPackage(name, answering("model", name)))], name);
  }
  expect(await send("model", home)).toMatchObject({ stdout: "g2\n" });
  writeFiles(pluginHome(home), { current: "g1" });
  expect(await send("model", home)).toMatchObject({ stdout: "g1\n" });
});

it.concurrent("reads a linked package's own package.json each time, whatever the index remembers", async () => {
  const home = tempFolder("home");
  const dir = backendPackage("before", `export const run = () => "hello";`);
  writeGeneration(pluginHome(home), [storedBackend("remembered", dir, { linked: true })]);
  expect((await send("remembered", home)).code).toBe(2);
  expect(await send("before", home)).toMatchObject({ code: 0, stdout: "hello\n" });

  makePlugin(dir, { name: "renamed", backends: { after: "./index.js" } });
  expect((await send("before", home)).code).toBe(2);
  expect(await send("after", home)).toMatchObject({ code: 0, stdout: "hello\n" });
});

it.concurrent("tells of a linked folder that is gone, and the others work", async () => {
  const home = tempFolder("home");
  writeGeneration(pluginHome(home), [
    storedBackend("gone", "/is/not/there", { linked: true }),
    storedBackend("there", backendPackage("there", answering("there", "hello"))),
  ]);
  const { code, stdout, stderr } = await send("there", home);
  expect([code, stdout]).toEqual([0, "hello\n"]);
  expect(stderr).toBe(
    "plug-in there (manifest): there is no /is/not/there/package.json. Name the folder that holds the plug-in's package.json.\n",
  );
});

it.concurrent("refuses a file of the index that lies outside its package", async () => {
  const home = tempFolder("home");
  const dir = backendPackage("inner", answering("inner", "hello"));
  writeFileSync(join(dir, "..", "evil.js"), `console.error("the code ran");`);
  const entries = [{ group: "llm.plugins", name: "inner", file: "../evil.js", export: null }] as const;
  writeGeneration(pluginHome(home), [storedBackend("inner", dir, { entries })]);
  const { code, stderr } = await send("inner", home);
  expect(code).toBe(1);
  expect(stderr).toContain("points outside the package");
  expect(stderr).not.toContain("the code ran");
});

it.concurrent("refuses a package of the index that wants a newer SDK", async () => {
  const home = tempFolder("home");
  const dir = backendPackage("picky", answering("picky", "hello"));
  writeGeneration(pluginHome(home), [storedBackend("picky", dir, { sdk: "^99.0.0" })]);
  expect(await send("picky", home)).toMatchObject({ code: 1, stderr: expect.stringContaining("(sdk)") as string });
});

const damages: Record<string, (store: string) => void> = {
  "an index that is not JSON": (store) => writeFiles(store, { "generations/g1/index.json": '{"formatVersion": 1,' }),
  "an empty index": (store) => writeFiles(store, { "generations/g1/index.json": "" }),
  "an index that is a list": (store) => writeFiles(store, { "generations/g1/index.json": "[]" }),
  "an index that is null": (store) => writeFiles(store, { "generations/g1/index.json": "null" }),
  "an index of another format": (store) =>
    writeFiles(store, { "generations/g1/index.json": '{"formatVersion": 2, "packages": []}' }),
  "an index without packages": (store) => writeFiles(store, { "generations/g1/index.json": '{"formatVersion": 1}' }),
  "an index whose package is null": (store) =>
    writeFiles(store, { "generations/g1/index.json": '{"formatVersion": 1, "packages": [null]}' }),
  "an index whose entry is of no known group": (store) =>
    writeGeneration(store, [
      storedBackend("x", "x", { entries: [{ group: "toString", name: "sample", file: "x", export: null } as never] }),
    ]),
  "an index whose entry has a wrong export": (store) =>
    writeGeneration(store, [
      storedBackend("x", "x", { entries: [{ group: "llm.plugins", name: "sample", file: "x", export: 5 } as never] }),
    ]),
  "an index whose range of the SDK is a list": (store) =>
    writeGeneration(store, [storedBackend("sample", "x", { sdk: ["^1.0.0"] as never })]),
  "an index that is a folder": (store) => mkdirSync(join(store, "generations/g2/index.json"), { recursive: true }),
  "a generation that is absent": (store) => writeFiles(store, { current: "g9" }),
  "no generation's name": (store) => writeFiles(store, { current: "\n" }),
  "a path out of the store": (store) => writeFiles(store, { current: "../generations/g1" }),
  "the parent folder": (store) => writeFiles(store, { current: ".." }),
  "an absolute path": (store) => writeFiles(store, { current: join(store, "generations/g1") }),
  "a NUL": (store) => writeFiles(store, { current: "g1\0x" }),
};

it.concurrent.for(Object.keys(damages))(
  "tells in one line of a plug-in home with %s, and the rest works",
  async (name) => {
    const home = tempFolder("home");
    const store = pluginHome(home);
    writeGeneration(store, [storedBackend("sample", backendPackage("evil", answering("sample", "stolen")))]);
    damages[name]?.(store);
    if (name === "an index that is a folder") writeFiles(store, { current: "g2" });
    const [asked, listed, other] = await Promise.all([
      send("sample", home),
      runCli(["backends"], { home }),
      runCli(["send", "hello", "-b", "extra"], {
        home,
        plugins: [backendPackage("extra", answering("extra", "fine"))],
      }),
    ]);
    expect([asked.code, asked.stdout]).toEqual([0, "You said: hello\n"]);
    expect(asked.stderr).toMatch(/^plug-in \S+ \(index\): .+ Mend it: ai-cli plugins doctor --fix\.\n$/);
    expect(listed).toMatchObject({ code: 0, stderr: asked.stderr });
    expect(other).toMatchObject({ code: 0, stdout: "fine\n" });
  },
);

it.concurrent("tells of a fault in the index of other plug-ins when they are listed or asked for", async () => {
  const home = tempFolder("home");
  writeGeneration(pluginHome(home), [storedBackend("other", "x", { version: 5 as never })]);
  expect(await send("sample", home)).toMatchObject({ code: 0, stderr: "" });
  expect((await runCli(["backends"], { home })).stderr).toMatch(
    /^plug-in \S+ \(index\): .+ Mend it: ai-cli plugins doctor --fix\.\n$/,
  );
  const asked = await send("other", home);
  expect(asked.code).toBe(2);
  expect(asked.stderr).toMatch(
    /^plug-in \S+ \(index\): .+ Mend it: ai-cli plugins doctor --fix\.\n.*There is no backend "other"/,
  );
});

it.concurrent("tells of a `current` that is a folder", async () => {
  const home = tempFolder("home");
  mkdirSync(join(pluginHome(home), "current"), { recursive: true });
  expect(await send("sample", home)).toMatchObject({ code: 0, stderr: expect.stringContaining("(index)") as string });
});

it.concurrent("takes recipes from synced packages and never a backend", async () => {
  const home = tempFolder("home");
  const recipe = recipePackage("tidy", `export const run = () => ["echo tidied"];`);
  const backend = backendPackage("sample", answering("sample", "stolen"));
  writeGeneration(syncedRecipes(home), [storedRecipe("tidy", recipe), storedBackend("sample", backend)]);
  expect(await runCli(["recipe", "tidy", "--yes"], { home })).toMatchObject({ code: 0, stdout: "tidied\n" });
  expect(await send("sample", home)).toMatchObject({ stdout: "You said: hello\n" });
});

it.concurrent("tells of damaged synced recipes when a recipe is asked for, and built-ins work", async () => {
  const home = tempFolder("home");
  writeFiles(syncedRecipes(home), { current: "g1", "generations/g1/index.json": "{" });
  const { code, stdout, stderr } = await runCli(["recipe", "sample", "hello", "--yes"], { home });
  expect([code, stdout]).toEqual([0, "hello\n"]);
  expect(stderr).toMatch(/^plug-in \S+ \(index\): /);
});
