import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { installCli, settle, type InstalledCli } from "../support/installed-cli.ts";
import { answering, makePlugin, writeFiles } from "../support/make-plugin.ts";
import { runCli, type RunResult } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

/** A package in node_modules with one backend, which answers with the package's name. */
function addPackage({ nodeModules }: InstalledCli, name: string, backend = name): string {
  const dir = join(nodeModules, name);
  return makePlugin(dir, {
    name,
    backends: { [backend]: "./index.js" },
    files: { "index.js": answering(backend, name) },
  });
}

/** Lets the folders look untouched, so that what they hold is kept in the cache. */
function settleAll({ cli, nodeModules }: InstalledCli): void {
  settle(join(nodeModules, ".package-lock.json"), join(nodeModules, "@d0ttino"), nodeModules, cli);
}

function caches(home: string): string[] {
  const dir = join(home, "cache", "node-modules");
  return existsSync(dir) ? readdirSync(dir).map((name) => join(dir, name)) : [];
}

/** The one cache file about the folder in which packages lie. */
function cacheOf(home: string, nodeModules: string): string {
  const found = caches(home).filter(
    (file) => (JSON.parse(readFileSync(file, "utf8")) as { path: string }).path === nodeModules,
  );
  expect(found).toHaveLength(1);
  return found[0] as string;
}

const send = (name: string, home: string, { cli }: InstalledCli): Promise<RunResult> =>
  runCli(["send", "hello", "-b", name], { home, cli });

it.concurrent("finds plug-ins beside the library, scoped ones, and those of the folders above", async () => {
  const app = installCli();
  addPackage(app, "plain");
  addPackage(app, "@scope/scoped", "scoped");
  addPackage({ ...app, nodeModules: join(app.nodeModules, "@d0ttino", "node_modules") }, "between");
  addPackage({ ...app, nodeModules: join(app.nodeModules, "..", "..", "node_modules") }, "too-far");
  const home = tempFolder("home");
  const runs = await Promise.all(["plain", "scoped", "between", "too-far"].map((name) => send(name, home, app)));
  expect(runs.map((one) => one.stdout)).toEqual(["plain\n", "@scope/scoped\n", "between\n", ""]);
});

it.concurrent("looks from the library's real path, not from where a link to it lies", async () => {
  const app = installCli();
  addPackage(app, "real");
  const elsewhere = join(tempFolder("elsewhere"), "node_modules");
  addPackage({ ...app, nodeModules: elsewhere }, "linked");
  symlinkSync(app.cli, join(elsewhere, "ai-cli"));
  const home = tempFolder("home");
  const linked = { cli: join(elsewhere, "ai-cli"), nodeModules: elsewhere };
  expect(await send("real", home, linked)).toMatchObject({ code: 0, stdout: "real\n" });
  expect((await send("linked", home, linked)).code).toBe(2);
});

it.concurrent("answers from the cache as long as nothing has changed", async () => {
  const app = installCli();
  const dir = addPackage(app, "kept");
  settleAll(app);
  const home = tempFolder("home");
  await send("kept", home, app);
  // What the cache says is believed, and what package.json says is not looked at.
  const file = cacheOf(home, app.nodeModules);
  writeFiles(dir, { "package.json": "{}" });
  expect((await runCli(["backends"], { home, cli: app.cli })).stdout).toMatch(/^kept /m);
  writeFileSync(file, readFileSync(file, "utf8").replaceAll('"kept"', '"believed"'));
  const listed = await runCli(["backends"], { home, cli: app.cli });
  expect(listed.stdout).toMatch(/^believed /m);
  expect(listed.stdout).not.toMatch(/^kept /m);
});

it.concurrent("keeps nothing of a folder that has just changed", async () => {
  const app = installCli();
  addPackage(app, "fresh");
  const soon = new Date(Date.now() + 60_000);
  utimesSync(app.nodeModules, soon, soon);
  const home = tempFolder("home");
  expect(await send("fresh", home, app)).toMatchObject({ code: 0 });
  expect(caches(home).filter((file) => readFileSync(file, "utf8").includes("fresh"))).toEqual([]);
});

const changes: Record<string, (app: InstalledCli) => void> = {
  "npm has written its hidden lock file anew": (app) => {
    addPackage(app, "late");
    settle(app.nodeModules);
    writeFiles(app.nodeModules, { ".package-lock.json": "{ }" });
  },
  "npm's hidden lock file is gone": (app) => {
    addPackage(app, "late");
    rmSync(join(app.nodeModules, ".package-lock.json"));
    settle(app.nodeModules);
  },
  "a package was put into the folder": (app) => void addPackage(app, "late"),
  "a package was put into a scope": (app) => {
    makePlugin(join(app.nodeModules, "@d0ttino", "late"), {
      name: "late",
      backends: { late: "./index.js" },
      files: { "index.js": answering("late", "late") },
    });
    settle(app.nodeModules);
  },
};

it.concurrent.for(Object.keys(changes))("looks anew when %s", async (change) => {
  const app = installCli();
  settleAll(app);
  const home = tempFolder("home");
  expect((await send("late", home, app)).code).toBe(2);
  cacheOf(home, app.nodeModules);
  changes[change]?.(app);
  expect(await send("late", home, app)).toMatchObject({ code: 0, stdout: "late\n" });
});

it.concurrent("looks anew when the package.json of a linked package changes, and when it is moved away", async () => {
  const app = installCli();
  const dir = makePlugin(tempFolder("mine"), {
    name: "mine",
    backends: { before: "./index.ts" },
    files: { "index.ts": `export const backend = (prompt: string): string => prompt;` },
  });
  symlinkSync(dir, join(app.nodeModules, "mine"));
  settle(join(dir, "package.json"));
  settleAll(app);
  const home = tempFolder("home");
  expect(await send("before", home, app)).toMatchObject({ code: 0, stdout: "hello\n", stderr: "" });
  cacheOf(home, app.nodeModules);

  makePlugin(dir, { name: "mine", backends: { after: "./index.ts" } });
  expect((await send("before", home, app)).code).toBe(2);
  expect(await send("after", home, app)).toMatchObject({ code: 0, stdout: "hello\n" });

  renameSync(dir, `${dir}-moved`);
  expect((await send("after", home, app)).code).toBe(2);
});

it.concurrent.for(["", "not JSON", "null", "[]", "{}", '{"formatVersion": 1, "packages": [], "problems": []}'])(
  "takes no notice of a cache file that holds %j",
  async (text) => {
    const app = installCli();
    addPackage(app, "kept");
    settleAll(app);
    const home = tempFolder("home");
    await send("kept", home, app);
    writeFileSync(cacheOf(home, app.nodeModules), text);
    expect(await send("kept", home, app)).toMatchObject({ code: 0, stdout: "kept\n", stderr: "" });
  },
);

// The rest of the file stays sound, so that nothing but the damage can be the reason to look anew.
it.concurrent.for([
  { formatVersion: 2, packages: [] },
  { problems: 5 },
  { problems: [null] },
  { problems: {} },
  { packages: [null] },
  { packages: "all" },
  { packages: [], path: "/elsewhere" },
  { packages: [], stamp: 5 },
  { packages: [], stamp: [null] },
])("takes no notice of a cache file with %j in it", async (damage) => {
  const app = installCli();
  addPackage(app, "kept");
  settleAll(app);
  const home = tempFolder("home");
  await send("kept", home, app);
  const file = cacheOf(home, app.nodeModules);
  const sound = JSON.parse(readFileSync(file, "utf8")) as object;
  writeFileSync(file, JSON.stringify({ ...sound, ...damage }));
  expect(await send("kept", home, app)).toMatchObject({ code: 0, stdout: "kept\n", stderr: "" });
});

it.concurrent("works the same when the cache cannot be written", async () => {
  const app = installCli();
  addPackage(app, "kept");
  settleAll(app);
  const home = writeFiles(tempFolder("home"), { cache: "a file where the folder should be" });
  for (let time = 0; time < 2; time += 1) {
    expect(await send("kept", home, app)).toEqual({ code: 0, signal: null, stdout: "kept\n", stderr: "" });
  }
});

it.concurrent("writes whole cache files when many processes start at once", async () => {
  const app = installCli();
  addPackage(app, "kept");
  settleAll(app);
  const home = tempFolder("home");
  const runs = await Promise.all(Array.from({ length: 6 }, () => send("kept", home, app)));
  expect(runs.map((one) => [one.stdout, one.stderr])).toEqual(runs.map(() => ["kept\n", ""]));
  expect(caches(home).filter((file) => !file.endsWith(".json"))).toEqual([]);
  cacheOf(home, app.nodeModules);
});

it.concurrent("passes over what is no package, and tells of what is a broken one", async () => {
  const app = installCli();
  addPackage(app, "good");
  mkdirSync(join(app.nodeModules, "empty"));
  mkdirSync(join(app.nodeModules, "@empty"));
  symlinkSync("/is/not/there", join(app.nodeModules, "dangling"));
  symlinkSync(".", join(app.nodeModules, "itself"));
  writeFiles(app.nodeModules, {
    "a-file": "",
    "@a-file": "",
    "library/package.json": '{"name": "library"}',
    "listed/package.json": '{"name": "listed", "entryPoints": {"other.group": {"x": "y"}}}',
    ".hidden/package.json": '{"entryPoints": {"llm.plugins": {"hidden": "./index.js"}}}',
    "broken/package.json": '{"name": "broken",\n"entryPoints": {,}}',
    "array/package.json": '{"name": "array", "entryPoints": []}',
  });
  const { code, stdout, stderr } = await send("good", tempFolder("home"), app);
  expect([code, stdout]).toEqual([0, "good\n"]);
  expect(stderr.trim().split("\n").toSorted()).toEqual([
    expect.stringMatching(/^plug-in array \(manifest\): /),
    expect.stringMatching(/^plug-in broken \(manifest\): its package\.json is not JSON: \S+package\.json:2: /),
  ]);
  const listed = await runCli(["backends"], { cli: app.cli });
  expect(listed.stdout).not.toContain("hidden");
});

it.concurrent("tells that a plug-in in node_modules must be built before TypeScript can be one", async () => {
  const app = installCli();
  makePlugin(join(app.nodeModules, "raw"), {
    name: "raw",
    backends: { raw: "./index.ts" },
    files: { "index.ts": "export const backend = (prompt: string): string => prompt;" },
  });
  const { code, stderr } = await send("raw", tempFolder("home"), app);
  expect(code).toBe(1);
  expect(stderr).toContain("An installed plug-in must be JavaScript: build it, or link its folder.");
});
