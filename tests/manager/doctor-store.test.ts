import { chmodSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { currentGeneration, editJson } from "../support/damaged-store.ts";
import { filledPlace } from "../support/filled-place.ts";
import { managerPlace } from "../support/manager-place.ts";
import { backendSource, writePackage } from "../support/npm-registry.ts";

describe("plugins doctor --fix", { timeout: 60_000 }, () => {
  it.each([
    ["one", "node_modules/one-plugin", "one 1.0.0 dep=1"],
    ["two", "alone/two-plugin", "two 1.0.0"],
  ])(
    "brings %s back from npm's cache when the registry of npm has it no more, and drops it without",
    async (name, folder, answer) => {
      const { registry, run, says, store, generation } = await filledPlace();
      registry.withdraw(`${name}-plugin`);
      rmSync(join(generation, folder), { recursive: true });
      expect((await run("plugins", "doctor", "--fix")).stdout).toContain(`${name}-plugin 1.0.0 was installed again.`);
      expect(await says(name)).toBe(answer);
      rmSync(join(currentGeneration(store), folder), { recursive: true });
      rmSync(registry.env["npm_config_cache"] ?? "", { recursive: true });
      const fixed = await run("plugins", "doctor", "--fix");
      expect(fixed.stdout).toMatch(/^mended {3}\w+-plugin 1\.0\.0 is no longer noted as installed: .*no such package/m);
      expect(fixed.code).toBe(0);
      const other = name === "one" ? "two" : "one";
      expect(await says(other)).toBe(other === "one" ? "one 1.0.0 dep=1" : "two 1.0.0");
      expect((await run("plugins", "remove", name)).stderr).toBe(`${name} is not installed.\n`);
    },
  );

  it("leaves everything as it was while what is missing cannot be had, and mends it later", async () => {
    const { registry, run, says, store, generation } = await filledPlace();
    rmSync(join(generation, "node_modules/one-plugin"), { recursive: true });
    const cache = registry.env["npm_config_cache"] ?? "";
    rmSync(cache, { recursive: true });
    const offline = await run("plugins", "doctor", "--fix", "--offline");
    expect(offline.code).toBe(1);
    expect(offline.stdout).toMatch(/^broken {3}one-plugin 1\.0\.0 could not be installed: .*npm's cache/m);
    expect(currentGeneration(store)).toBe(generation);
    expect(await says("two")).toBe("two 1.0.0");
    expect((await run("plugins", "doctor", "--fix")).code).toBe(0);
    expect(await says("one")).toBe("one 1.0.0 dep=1");
  });

  it("brings a folder's copy back from what was packed, without the folder", async () => {
    const { run, says, home } = await managerPlace();
    const dir = writePackage(backendSource("local", "1.0.0"));
    expect((await run("plugins", "install", "--yes", dir)).code).toBe(0);
    rmSync(dir, { recursive: true });
    rmSync(join(currentGeneration(join(home, "plugins")), "alone/local-plugin"), { recursive: true });
    expect((await run("plugins", "doctor", "--fix")).stdout).toContain("local-plugin 1.0.0 was installed again.");
    expect(await says("local")).toBe("local 1.0.0");
  });

  it("unlinks a folder that is gone, and keeps the links when the index is made anew", async () => {
    const { run, says, home } = await managerPlace();
    const [kept, gone] = [writePackage(backendSource("kept", "1.0.0")), writePackage(backendSource("gone", "1.0.0"))];
    expect((await run("plugins", "link", kept, gone)).code).toBe(0);
    rmSync(gone, { recursive: true });
    const found = await run("plugins", "doctor");
    expect(found.code).toBe(1);
    expect(found.stdout).toContain(`gone-plugin is linked from ${gone}, which is no plug-in's folder any more.`);
    expect((await run("plugins", "info", "gone")).stdout).toMatch(/^status +broken$/m);
    expect((await run("plugins", "list")).stdout).toMatch(
      /^gone +backend +broken .* ai-cli plugins unlink gone-plugin$/m,
    );
    expect((await run("plugins", "doctor", "--fix")).stdout).toContain("gone-plugin is linked no more");
    expect((await run("plugins", "list")).stdout).not.toContain("gone");
    expect((await run("plugins", "doctor")).code).toBe(0);
    writeFileSync(join(currentGeneration(join(home, "plugins")), "index.json"), "");
    expect((await run("plugins", "doctor", "--fix")).code).toBe(0);
    expect(await says("kept")).toBe("kept 1.0.0");
    expect(existsSync(join(kept, "index.js"))).toBe(true);
  });

  it("mends the recipes that were synced, too", async () => {
    const { registry, run, home } = await managerPlace({}, {}, { greet: "greet-plugin" });
    registry.publish({
      name: "greet-plugin",
      version: "1.0.0",
      type: "module",
      entryPoints: { "d0ttino.recipes": { greet: "./index.js" } },
      files: { "index.js": 'export const run = () => ["echo hello"];\n' },
    });
    expect((await run("plugins", "recipes", "sync")).code).toBe(0);
    const generation = currentGeneration(join(home, "recipes/packages"));
    rmSync(join(generation, "alone/greet-plugin/node_modules/greet-plugin"), { recursive: true });
    expect((await run("plugins", "doctor")).stdout).toContain(
      "greet-plugin 1.0.0 is installed, and its files are gone",
    );
    expect((await run("plugins", "doctor", "--fix")).code).toBe(0);
    expect((await run("recipe", "greet", "x", "--yes")).stdout).toContain("hello");
  });

  it("makes the keys file the user's alone, and never changes a config file that cannot be read", async () => {
    const { run, home } = await managerPlace();
    const keys = join(home, "keys.json");
    writeFileSync(keys, '{"openai":"sk-secret"}');
    chmodSync(keys, 0o644);
    const found = await run("plugins", "doctor");
    expect(found.code).toBe(0);
    expect(found.stdout).toMatch(/^warning {2}Others on this machine can read your keys/m);
    expect(found.stdout).not.toContain("sk-secret");
    expect((await run("plugins", "doctor", "--fix")).stdout).toContain("can be read by you alone now");
    expect(statSync(keys).mode & 0o777).toBe(0o600);
    writeFileSync(join(home, "config.json"), '{\n"route": }');
    const broken = await run("plugins", "doctor", "--fix");
    expect(broken.code).toBe(1);
    expect(broken.stdout).toMatch(/^broken {3}The config file cannot be read: .+config\.json:2: /m);
  });

  it.each(["config.json", "keys.json"])("tells once that %s cannot be read", async (file) => {
    const { run, home } = await managerPlace();
    writeFileSync(join(home, file), "{", { mode: 0o600 });
    const { code, stdout } = await run("doctor", "--offline", "--json");
    expect(code).toBe(1);
    const { findings } = JSON.parse(stdout) as { findings: { level: string; message: string }[] };
    expect(findings.filter(({ message }) => message.includes(file))).toMatchObject([{ level: "broken" }]);
  });

  it("does not take what another command does at present for unfinished", async () => {
    const { run, store } = await filledPlace();
    const { takeLock } = await import("../../packages/llm/src/config/take-lock.ts");
    mkdirSync(join(store, "generations/.next"));
    const lock = takeLock(join(store, ".lock"), 0);
    expect((await run("plugins", "doctor")).stdout).not.toContain("Unfinished");
    lock?.release();
    expect((await run("plugins", "doctor")).stdout).toContain("Unfinished work lies in");
  });

  it("installs again what has native code when it was installed for another Node, and nothing else", async () => {
    const place = await filledPlace();
    const { registry, run, says, generation } = place;
    registry.publish({
      name: "addon",
      version: "1.0.0",
      gypfile: true,
      files: { "build/addon.node": "not for this Node" },
    });
    registry.publish(
      backendSource("native", "1.0.0", { dependencies: { addon: "1.0.0" }, files: { "index.js": NATIVE } }),
    );
    expect((await run("plugins", "install", "--yes", "npm:native-plugin")).code).toBe(0);
    expect((await run("plugins", "doctor")).stdout).not.toContain("another version of Node");
    const now = currentGeneration(place.store);
    editJson(join(now, "package.json"), (one) => Object.assign(one["d0ttino"] as object, { node: "1" }));
    const used = await run("send", "-b", "native", "hi");
    expect(used.stderr).toContain("plug-in native-plugin (import): ");
    expect(used.stderr).toContain("Reinstall it: ai-cli plugins doctor --fix");
    const found = await run("plugins", "doctor");
    expect(found.stdout).toMatch(
      /^warning {2}native-plugin was installed for another version of Node, and has native code in addon/m,
    );
    expect(found.stdout).not.toMatch(/(?:one|two)-plugin was installed for/);
    const fixed = await run("plugins", "doctor", "--fix");
    expect(fixed.stdout.match(/^mended .*$/gm)).toEqual(["mended   native-plugin 1.0.0 was installed again."]);
    expect((await run("plugins", "doctor")).stdout).not.toContain("another version of Node");
    expect(await says("two")).toBe("two 1.0.0");
    expect(generation).not.toBe(now);
  });
});

/** A module that loads an addon, which is none. */
const NATIVE = `import { createRequire } from "node:module";
createRequire(import.meta.url)("addon/build/addon.node");
export const run = () => "native";
`;
