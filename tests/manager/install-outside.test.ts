import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { managerPlace } from "../support/manager-place.ts";
import { backendSource, writePackage } from "../support/npm-registry.ts";
import { tempFolder } from "../support/temp-folder.ts";

describe("plugins install, from outside the registry", () => {
  it("installs a folder as a copy, with its dependencies, and a tarball", async () => {
    const { registry, run, says } = await managerPlace();
    registry.publish({
      name: "dep",
      version: "1.0.0",
      type: "module",
      exports: "./i.js",
      files: { "i.js": "export default 1;" },
    });
    const dir = writePackage(backendSource("local", "1.0.0", { dependencies: { dep: "1.0.0" } }));
    expect((await run("plugins", "install", "--yes", dir)).stderr).toBe("local-plugin 1.0.0 is installed (local).\n");
    rmSync(dir, { recursive: true });
    expect(await says("local")).toBe("local 1.0.0 dep=1");
    registry.publish(backendSource("packed", "1.0.0"));
    const tarball = join(tempFolder("tarball"), "some.tgz");
    writeFileSync(tarball, registry.tarballs.get("packed-plugin/-/1.0.0.tgz") ?? "");
    expect((await run("plugins", "install", "--yes", tarball)).code).toBe(0);
    rmSync(tarball);
    registry.publish(backendSource("third", "1.0.0"));
    expect((await run("plugins", "install", "--yes", "npm:third-plugin")).code).toBe(0);
    expect([await says("local"), await says("packed")]).toEqual(["local 1.0.0 dep=1", "packed 1.0.0"]);
  });

  it("links a folder, which is used as it is at each start", async () => {
    const { run, says } = await managerPlace();
    const dir = writePackage(backendSource("linked", "1.0.0"));
    expect((await run("plugins", "link", dir)).stderr).toBe(`linked-plugin 1.0.0 is linked from ${dir} (linked).\n`);
    expect(await says("linked")).toBe("linked 1.0.0");
    writeFileSync(join(dir, "index.js"), 'export const run = () => "changed";\n');
    expect(await says("linked")).toBe("changed");
    expect((await run("plugins", "unlink", "linked")).stderr).toBe(
      "linked-plugin is linked no more; its folder stays.\n",
    );
    expect((await run("plugins", "unlink", "linked")).stderr).toBe("linked is not linked.\n");
    await run("plugins", "link", dir);
    expect((await run("plugins", "unlink", dir)).stderr).toBe("linked-plugin is linked no more; its folder stays.\n");
    expect(existsSync(join(dir, "index.js"))).toBe(true);
  });

  it("what is not in the registry, without a terminal and without --yes", async () => {
    const { registry, run } = await managerPlace();
    registry.publish(backendSource("hello", "1.0.0"));
    const { code, stderr } = await run("plugins", "install", "npm:hello-plugin");
    expect([code, stderr]).toEqual([2, expect.stringContaining("--yes")]);
    expect(registry.asked).toEqual([]);
  });
});
