import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeEach, expect, it, vi } from "vitest";
import { registerBackend } from "@d0ttino/plugin-sdk";
import { registry } from "@d0ttino/plugin-sdk/host";
import { PluginHost } from "./plugin-host.ts";
import type { PluginProblem } from "./plugin-package.ts";

const base = mkdtempSync(join(tmpdir(), "d0ttino-host-"));
let dir: string;
let made = 0;

beforeEach(() => {
  dir = join(base, `${(made += 1)}`);
  mkdirSync(dir);
  vi.stubEnv("D0TTINO_HOME", join(dir, "home"));
  vi.stubEnv("D0TTINO_PLUGIN_PATH", "");
  registry().registrations.clear();
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** Puts packages, each the text of its package.json, on the plug-in path. */
function plugins(...manifests: readonly string[]): void {
  const folders = manifests.map((text, at) => {
    const folder = join(dir, `plugin-${at}`);
    mkdirSync(folder);
    writeFileSync(join(folder, "package.json"), text);
    return folder;
  });
  vi.stubEnv("D0TTINO_PLUGIN_PATH", folders.join(delimiter));
}

function openHost(): { host: PluginHost; told: PluginProblem[] } {
  const told: PluginProblem[] = [];
  const sdk = { main: "file:///sdk.js", testing: "file:///testing.js" };
  const location = { dir: join(dir, "library"), url: "file:///library/", sdk: () => sdk };
  return { host: new PluginHost({ location, onProblem: (problem) => told.push(problem) }), told };
}

const manifest = (name: string, backend: string): string =>
  JSON.stringify({ name, entryPoints: { "llm.plugins": { [backend]: "./index.js" } } });

it("tells each fault once, however often it is met", () => {
  plugins("{", manifest("a", "shared"), manifest("b", "shared"));
  const { host, told } = openHost();
  for (let time = 0; time < 3; time += 1) {
    host.list("backend");
    host.list("recipe");
  }
  expect(told.map((problem) => [problem.package, problem.stage])).toEqual([
    ["plugin-0", "manifest"],
    ["b", "name"],
  ]);
});

it("lists a name once that several places have, as the first of them has it", () => {
  plugins(manifest("a", "shared"), manifest("b", "sample"));
  const folder = join(dir, "library", "node_modules", "c");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), manifest("c", "shared"));
  const { host, told } = openHost();
  const rows = host.list("backend").filter((one) => one.name === "shared" || one.name === "sample");
  expect(rows.map((one) => [one.name, one.package, one.place])).toEqual([
    ["sample", "b", "plugin-path"],
    ["shared", "a", "plugin-path"],
  ]);
  expect(told).toEqual([]);
});

it("sees a package that was added and one that was taken away since the last look", () => {
  const { host } = openHost();
  expect(host.has("backend", "late")).toBe(false);
  plugins(manifest("late", "late"));
  expect(host.has("backend", "LATE")).toBe(true);
  expect(host.list("backend").map((info) => info.name)).toContain("late");
  rmSync(join(dir, "plugin-0"), { recursive: true });
  expect(host.has("backend", "late")).toBe(false);
});

it("lists by name, built-ins and the program's own among them, and each name once", () => {
  plugins(manifest("mine", "Sample"), manifest("b", "zebra"));
  registerBackend("Zebra", () => "");
  registerBackend("aardvark", () => "");
  const rows = openHost().host.list("backend");
  const names = rows.map((info) => info.name);
  expect(names).toEqual(names.toSorted());
  expect(new Set(names).size).toBe(names.length);
  expect(rows.filter((info) => ["sample", "zebra", "aardvark"].includes(info.name))).toMatchObject([
    { name: "aardvark", place: "program", package: null },
    { name: "sample", place: "plugin-path", package: "mine", status: "broken" },
    { name: "zebra", place: "program", package: null },
  ]);
});

it("keeps backends and recipes apart", () => {
  plugins(manifest("mine", "only-backend"));
  const { host } = openHost();
  expect([host.has("backend", "only-backend"), host.has("recipe", "only-backend")]).toEqual([true, false]);
});

it("rejects a name that nobody has with its kind in the code, and suggests across letter case", async () => {
  plugins(manifest("mine", "My-Backend"));
  const { host } = openHost();
  await expect(host.load("backend", "MY-BACKNED")).rejects.toMatchObject({
    code: "unknown-backend",
    hint: 'Did you mean "my-backend"?',
  });
  await expect(host.load("recipe", "")).rejects.toMatchObject({ code: "unknown-recipe" });
});

it("gives up after its own time limit on a module that never finishes", async () => {
  plugins(JSON.stringify({ name: "stuck", type: "module", entryPoints: { "llm.plugins": { stuck: "./index.mjs" } } }));
  writeFileSync(join(dir, "plugin-0", "index.mjs"), "await new Promise(() => {});");
  const location = { dir: join(dir, "library"), url: "file:///library/", sdk: () => ({ main: "", testing: "" }) };
  const host = new PluginHost({ location, onProblem: () => {}, importTimeout: 50 });
  await expect(host.load("backend", "stuck")).rejects.toMatchObject({
    code: "plugin-failed",
    message: "plug-in stuck (import): it did not finish loading within 0.05 seconds.",
  });
});
