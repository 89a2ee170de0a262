import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { leftovers, managerPlace } from "../support/manager-place.ts";
import { backendSource, writePackage, type PackageSource } from "../support/npm-registry.ts";
import { tempFolder } from "../support/temp-folder.ts";

const PLUGINS = { hello: "hello-plugin" };

/** A module, so that it can be imported. */
const module = (name: string, more: object = {}): PackageSource => ({
  name,
  version: "1.0.0",
  type: "module",
  exports: "./i.js",
  files: { "i.js": `export default ${JSON.stringify(name)};` },
  ...more,
});

/** A git repository with a package whose `prepare` leaves a trace. */
function repository(trace: string): string {
  const scripts = { prepare: `touch ${JSON.stringify(trace)}` };
  const dir = writePackage({ ...module("dep"), scripts });
  const git = (...args: string[]): void => void execFileSync("git", args, { cwd: dir, stdio: "ignore" });
  git("init", "-q");
  git("add", "-A");
  git("-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "x");
  return dir;
}

describe("plugins install refuses a package that needs", () => {
  const trace = join(tempFolder("trace"), "ran");
  const folder = writePackage(module("dep"));

  it.each<[string, () => object, string]>([
    [
      "a git server",
      () => ({ dep: "git+ssh://git@127.0.0.1:9/x.git" }),
      "it needs a package from a git server (dep@git",
    ],
    ["a git repository", () => ({ dep: `git+file://${repository(trace)}` }), "it needs a package from a git server"],
    ["a repository of GitHub", () => ({ dep: "someone/something" }), "it needs a package from a git server"],
    ["an address", () => ({ dep: "http://127.0.0.1:9/x.tgz" }), "it needs a package from an address of its own"],
    ["a folder of this machine", () => ({ dep: `file:${folder}` }), "it needs a folder of this machine"],
    ["a folder above", () => ({ dep: "file:../../.." }), "it needs a folder of this machine"],
    ["a linked folder", () => ({ dep: `link:${folder}` }), "from an address that npm does not know"],
    ["a file of this machine", () => ({ dep: "file:/etc/x.tgz" }), "it needs a file of this machine"],
    ["what nobody has", () => ({ dep: "^1.0.0" }), "the registry of npm has no such package (dep@^1.0.0)"],
    ["a version that nobody has", () => ({ old: "^9.0.0" }), "it has no such version (old@^9.0.0)"],
    ["a newer version of Node", () => ({ modern: "1.0.0" }), "does not run on this version of Node (modern@1.0.0)"],
    ["another system", () => ({ foreign: "1.0.0" }), "does not run on this system (foreign@1.0.0)"],
    ["what is named as a way out", () => ({ "../../../evil": "1.0.0" }), "npm does not allow the name"],
    ["what is named like a property of all objects", () => ({ constructor: "1.0.0" }), "could not be installed"],
  ])("%s", async (_what, dependencies, told) => {
    const { registry, run, home } = await managerPlace(PLUGINS);
    for (const version of ["2.0.0", "1.0.0"]) registry.publish(module("old", { version }));
    registry.publish(module("modern", { engines: { node: ">=99" } }));
    registry.publish(module("foreign", { os: ["plan9"] }));
    // Deeper down it is the same.
    registry.publish(module("middle", { dependencies: dependencies() }));
    for (const direct of [true, false]) {
      const needs = direct ? dependencies() : { middle: "1.0.0" };
      registry.publish(backendSource("hello", "1.0.0", { dependencies: needs }));
      const { code, stdout, stderr } = await run("plugins", "install", "hello");
      expect([code, stdout]).toEqual([1, ""]);
      expect(stderr).toMatch(/^ai-cli: hello-plugin could not be installed: .*\.\n.*[.?]\n$/);
      expect(stderr).toContain(told);
      expect(leftovers(home)).toEqual([]);
    }
    expect(existsSync(trace)).toBe(false);
  });
});

describe("plugins install refuses a dependency", () => {
  it.each([
    ["whose tarball is a file of this machine", { tarball: "file:///etc/hosts" }, "of this machine (dep"],
    [
      "whose tarball is a git repository",
      { tarball: "git+ssh://git@127.0.0.1:9/x" },
      "it needs a package from a git server (dep",
    ],
    [
      "without a hash",
      { integrity: undefined },
      "tells no hash of it, so nobody could tell whether it was changed (dep",
    ],
    ["with another hash", { integrity: `sha512-${Buffer.alloc(64).toString("base64")}` }, "promised (dep"],
    ["whose tarball nobody has", { tarball: "http://127.0.0.1:9/x.tgz" }, "cannot be reached (dep"],
  ])("%s", async (_what, dist, told) => {
    const { registry, run, home } = await managerPlace(PLUGINS);
    registry.publish(module("dep"), undefined, dist);
    registry.publish(backendSource("hello", "1.0.0", { dependencies: { dep: "1.0.0" } }));
    const { code, stderr } = await run("plugins", "install", "hello");
    expect([code, stderr]).toEqual([1, expect.stringContaining(told)]);
    expect(leftovers(home)).toEqual([]);
  });
});

describe("plugins install", () => {
  it("refuses a package whose peers contradict each other", async () => {
    const { registry, run, home } = await managerPlace(PLUGINS);
    for (const version of ["2.0.0", "1.0.0"]) registry.publish(module("old", { version }));
    registry.publish(module("wants", { peerDependencies: { old: "^2.0.0" } }));
    registry.publish(backendSource("hello", "1.0.0", { peerDependencies: { old: "^1.0.0", wants: "1.0.0" } }));
    const { code, stderr } = await run("plugins", "install", "hello");
    expect([code, stderr]).toEqual([1, expect.stringContaining("contradict")]);
    expect(leftovers(home)).toEqual([]);
  });

  it("runs nothing of a package or its dependencies, not even to build it", async () => {
    const { registry, run, says, home } = await managerPlace(PLUGINS);
    const touch = `touch ${JSON.stringify(join(home, "ran"))}`;
    const names = ["preinstall", "install", "postinstall", "prepare", "prepublish", "preprepare", "postprepare"];
    const scripts = Object.fromEntries(names.map((name) => [name, touch]));
    const gyp = {
      "binding.gyp": `{"targets": [{"target_name": "x", "actions": [{"action": ["sh", "-c", "${touch}"]}]}]}`,
    };
    registry.publish(module("dep", { scripts, files: { ...gyp, "i.js": "export default 1;" } }));
    registry.publish(backendSource("hello", "1.0.0", { dependencies: { dep: "1.0.0" }, scripts, files: gyp }));
    // As a person who wants scripts everywhere has it.
    writeFileSync(
      join(home, ".npmrc"),
      "ignore-scripts=false\nforeground-scripts=true\nengine-strict=false\nforce=true\n",
    );
    expect((await run("plugins", "install", "hello")).code).toBe(0);
    expect(await says("hello")).toBe("hello 1.0.0 dep=1");
    expect((await run("plugins", "update")).code).toBe(0);
    expect((await run("plugins", "remove", "hello")).code).toBe(0);
    expect(existsSync(join(home, "ran"))).toBe(false);
  });

  it("leaves out what is optional and cannot be had", async () => {
    const { registry, run, says } = await managerPlace(PLUGINS);
    registry.publish(module("foreign", { os: ["plan9"], cpu: ["sparc"] }));
    const optionalDependencies = {
      foreign: "1.0.0",
      nothing: "1.0.0",
      git: "git+ssh://git@127.0.0.1:9/x.git",
      address: "http://127.0.0.1:9/x.tgz",
      folder: `file:${tempFolder()}`,
    };
    registry.publish(backendSource("hello", "1.0.0", { optionalDependencies }));
    expect(await run("plugins", "install", "hello")).toMatchObject({ code: 0 });
    expect(await says("hello")).toBe("hello 1.0.0");
    expect(registry.asked).not.toContain("/foreign/-/1.0.0.tgz");
  });

  it("takes a package that is deprecated, and one under another's name", async () => {
    const { registry, run, says } = await managerPlace(PLUGINS);
    registry.publish(module("real", { deprecated: "use another" }));
    const dependencies = { alias: "npm:real@1.0.0" };
    registry.publish(backendSource("hello", "1.0.0", { dependencies, deprecated: "use another" }));
    expect((await run("plugins", "install", "hello")).code).toBe(0);
    expect(await says("hello")).toBe("hello 1.0.0 alias=real");
  });

  it("lets no package bring an SDK of its own", async () => {
    const { registry, run, says } = await managerPlace(PLUGINS);
    const sdk = "node_modules/@d0ttino/plugin-sdk";
    const files = {
      [`${sdk}/package.json`]: JSON.stringify({
        ...module("@d0ttino/plugin-sdk", { version: "9.9.9" }),
        files: undefined,
      }),
      [`${sdk}/i.js`]: "export const registerBackend = () => { throw new Error('not the SDK'); };",
      "index.js": `import { registerBackend } from "@d0ttino/plugin-sdk";\nregisterBackend("hello", () => "by the host's");`,
    };
    registry.publish(
      backendSource("hello", "1.0.0", {
        dependencies: { "@d0ttino/plugin-sdk": "*" },
        bundleDependencies: ["@d0ttino/plugin-sdk"],
        files,
      }),
    );
    expect(await run("plugins", "install", "hello")).toMatchObject({ code: 0 });
    expect(await says("hello")).toBe("by the host's");
  });

  it("keeps to the whole tree that was locked when another plug-in comes", async () => {
    const { registry, run, says, home } = await managerPlace({ ...PLUGINS, other: "other-plugin" });
    registry.publish(module("dep"));
    registry.publish(backendSource("hello", "1.0.0", { dependencies: { dep: "^1.0.0" } }));
    await run("plugins", "install", "hello");
    registry.publish(module("dep", { version: "1.1.0", files: { "i.js": "export default 'new';" } }));
    registry.publish(backendSource("other", "1.0.0"));
    await run("plugins", "install", "other");
    expect(await says("hello")).toBe("hello 1.0.0 dep=dep");
    const current = readFileSync(join(home, "plugins/current"), "utf8").trim();
    const lock = readFileSync(join(home, "plugins/generations", current, "package-lock.json"), "utf8");
    const { packages } = JSON.parse(lock) as { packages: Record<string, { version?: string; integrity?: string }> };
    expect(packages["node_modules/dep"]).toMatchObject({
      version: "1.0.0",
      integrity: expect.stringMatching(/^sha512-/) as string,
    });
  });
});
