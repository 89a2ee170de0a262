import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { leftovers, managerPlace } from "../support/manager-place.ts";
import { backendSource } from "../support/npm-registry.ts";

describe("plugins install refuses", () => {
  it.each([
    ["a package that is no plug-in", { name: "hello-plugin", version: "1.0.0" }, 'no "entryPoints"'],
    [
      "another name than it has in the registry",
      { ...backendSource("else", "1.0.0"), name: "hello-plugin" },
      'it brings no backend "hello"',
    ],
    ["a file that is missing", { ...backendSource("hello", "1.0.0"), files: {} }, "its file index.js is missing"],
    [
      "an entry outside the package",
      backendSource("hello", "1.0.0", { entryPoints: { "llm.plugins": { hello: "../x.js" } } }),
      "points outside the package",
    ],
    [
      "a newer SDK",
      backendSource("hello", "1.0.0", {
        peerDependencies: { "@d0ttino/plugin-sdk": "^9.0.0" },
        peerDependenciesMeta: { "@d0ttino/plugin-sdk": { optional: true } },
      }),
      "it needs @d0ttino/plugin-sdk ^9.0.0",
    ],
    [
      "another version of Node",
      backendSource("hello", "1.0.0", { engines: { node: ">=99" } }),
      "does not run on this version of Node",
    ],
    [
      "TypeScript",
      {
        ...backendSource("hello", "1.0.0", { entryPoints: { "llm.plugins": { hello: "./index.ts" } } }),
        files: { "index.ts": "" },
      },
      "is TypeScript",
    ],
  ])("%s, and leaves nothing behind", async (_what, source, told) => {
    const { registry, run, home } = await managerPlace({ hello: "hello-plugin" });
    registry.publish(source);
    const { code, stdout, stderr } = await run("plugins", "install", "hello");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(told);
    expect(stderr).toContain("hello-plugin");
    expect(existsSync(join(home, "plugins/current"))).toBe(false);
    expect(leftovers(home)).toEqual([]);
  });

  it("a name that another plug-in has", async () => {
    const { registry, run, says } = await managerPlace();
    registry.publish(backendSource("hello", "1.0.0"));
    registry.publish({ ...backendSource("hello", "2.0.0"), name: "thief" });
    await run("plugins", "install", "--yes", "npm:hello-plugin");
    const { code, stderr } = await run("plugins", "install", "--yes", "npm:thief");
    expect(code).toBe(1);
    expect(stderr).toContain('the backend "hello" is hello-plugin\'s already');
    expect(await says("hello")).toBe("hello 1.0.0");
  });

  it.each([
    ["npm:git+ssh://git@example.org/x", 2],
    ["npm:foo@npm:bar", 2],
    ["npm:../x", 2],
    ["npm:http://example.org/x.tgz", 2],
    ["__proto__", 2],
    ["constructor", 2],
    ["Käse", 2],
    ["hello@git+ssh://x", 2],
    ["unknown-name", 2],
    ["./no-such-folder", 2],
  ])("%s, without asking anybody", async (word, exitCode) => {
    const { registry, run } = await managerPlace({ hello: "hello-plugin" });
    const { code, stdout, stderr } = await run("plugins", "install", "--yes", word);
    expect([code, stdout]).toEqual([exitCode, ""]);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(registry.asked).toEqual([]);
  });

  it("to go on without a network when npm's cache does not have it", async () => {
    const { registry, run } = await managerPlace({ hello: "hello-plugin" });
    registry.publish(backendSource("hello", "1.0.0"));
    const { code, stderr } = await run("plugins", "install", "hello", "--offline");
    expect([code, stderr]).toEqual([1, expect.stringContaining("not in npm's cache")]);
    expect(registry.asked).toEqual([]);
  });
});
