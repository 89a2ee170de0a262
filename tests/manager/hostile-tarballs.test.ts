import { createHash } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { leftovers, managerPlace } from "../support/manager-place.ts";
import { backendSource, packageEntries } from "../support/npm-registry.ts";
import { bomb, tarball, type TarEntry } from "../support/tarball.ts";
import { tempFolder } from "../support/temp-folder.ts";

const SOURCE = backendSource("hello", "1.0.0");
const outside = tempFolder("outside");

const withEntries = (...entries: TarEntry[]): Buffer => tarball([...packageEntries(SOURCE), ...entries]);
const fileOf = (path: string, data: string): Buffer => tarball([{ path: `package/${path}`, data }]);

/** What npm's own installer says about them is in the tests of inspectTarball. */
describe("plugins install refuses a tarball", () => {
  it.each([
    ["that leads out", withEntries({ path: `package/${"../".repeat(12)}x`, data: "1" }), "leads out of it"],
    [
      "with a file over a link to a folder",
      withEntries({ path: "package/l", type: "symlink", linkpath: outside }, { path: "package/l/evil", data: "1" }),
      'its link "package/l" leads out of it',
    ],
    ["with a program that runs as its owner", withEntries({ path: "package/x", mode: 0o4755 }), "with the rights of"],
    ["that is a bomb", bomb(256, packageEntries(SOURCE)), "more than two hundredfold"],
    ["that is cut off", withEntries().subarray(0, 200), "cut off or damaged"],
    ["that is empty", Buffer.alloc(0), "cut off or damaged"],
    ["that is a page", Buffer.from("<!doctype html>"), "cut off or damaged"],
    ["without package.json", fileOf("index.js", ""), "it has no package.json"],
    ["whose package.json is not JSON", fileOf("package.json", "{"), "its package.json is not JSON: package.json:1"],
    ["whose package.json is a list", fileOf("package.json", "[]"), "package.json does not hold an object"],
    ["of another package", tarball(packageEntries({ ...SOURCE, name: "other" })), "what came calls itself other 1.0.0"],
    [
      "of another version",
      tarball(packageEntries({ ...SOURCE, version: "2.0.0" })),
      "what came calls itself hello-plugin 2.0.0",
    ],
  ])("%s", async (_what, bytes, told) => {
    const { registry, run, home } = await managerPlace({ hello: "hello-plugin" });
    registry.publish(SOURCE, bytes);
    const { code, stdout, stderr } = await run("plugins", "install", "hello");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^ai-cli: hello-plugin .*\n.*\.\n$/);
    expect(stderr).toContain(told);
    expect(stderr).not.toContain(".next");
    expect(existsSync(join(outside, "evil"))).toBe(false);
    expect(existsSync(join(home, "plugins/current"))).toBe(false);
    expect(leftovers(home)).toEqual([]);
  });

  it("of a dependency, and names it", async () => {
    const { registry, run, home } = await managerPlace({ hello: "hello-plugin" });
    registry.publish({ name: "dep", version: "1.2.3" }, bomb(256, packageEntries({ name: "dep", version: "1.2.3" })));
    registry.publish(backendSource("hello", "1.0.0", { dependencies: { dep: "1.2.3" } }));
    const { code, stderr } = await run("plugins", "install", "hello");
    expect([code, stderr]).toEqual([1, expect.stringContaining("more than two hundredfold when it is unpacked (dep)")]);
    expect(leftovers(home)).toEqual([]);
  });

  it("of a dependency that its npm-shrinkwrap.json brings", async () => {
    const { registry, run, home } = await managerPlace({ hello: "hello-plugin" });
    const bytes = bomb(256, packageEntries({ name: "dep", version: "1.0.0" }));
    registry.publish({ name: "dep", version: "1.0.0" }, bytes);
    const integrity = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
    const packages = {
      "": { name: "hello-plugin", version: "1.0.0", dependencies: { dep: "1.0.0" } },
      "node_modules/dep": { version: "1.0.0", resolved: `${registry.url}dep/-/1.0.0.tgz`, integrity },
    };
    const shrinkwrap = { name: "hello-plugin", version: "1.0.0", lockfileVersion: 3, requires: true, packages };
    const files = { "npm-shrinkwrap.json": JSON.stringify(shrinkwrap) };
    const source = backendSource("hello", "1.0.0", { dependencies: { dep: "1.0.0" }, files, _hasShrinkwrap: true });
    registry.publish(source);
    const { code, stderr } = await run("plugins", "install", "hello");
    expect([code, stderr]).toEqual([1, expect.stringContaining("more than two hundredfold when it is unpacked (dep)")]);
    expect(leftovers(home)).toEqual([]);
  });

  it("of this machine", async () => {
    const { run, home } = await managerPlace();
    const file = join(tempFolder("tarball"), "some.tgz");
    writeFileSync(file, bomb(256, packageEntries(SOURCE)));
    const { code, stderr } = await run("plugins", "install", "--yes", file);
    expect([code, stderr]).toEqual([1, expect.stringContaining("more than two hundredfold")]);
    expect(leftovers(home)).toEqual([]);
  });
});
