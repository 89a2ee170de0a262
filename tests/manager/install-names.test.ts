import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { managerPlace } from "../support/manager-place.ts";
import { backendSource, writePackage } from "../support/npm-registry.ts";

describe("plugins install", () => {
  it("installs a name of the registry, which answers, and removes it again", async () => {
    const { registry, run, says } = await managerPlace({ hello: "hello-plugin" });
    registry.publish(backendSource("hello", "1.0.0"));
    expect(await run("plugins", "install", "hello")).toMatchObject({
      code: 0,
      stdout: "",
      stderr: "hello-plugin 1.0.0 is installed (hello).\n",
    });
    expect(await says("hello")).toBe("hello 1.0.0");
    expect((await run("plugins", "install", "hello")).stderr).toBe(
      "hello-plugin 1.0.0 is installed already (hello).\n",
    );
    expect(await run("plugins", "remove", "hello")).toMatchObject({
      code: 0,
      stderr: "hello-plugin 1.0.0 is removed.\n",
    });
    expect(await says("hello")).toContain('There is no backend "hello"');
    expect(await run("plugins", "remove", "hello")).toMatchObject({ code: 0, stderr: "hello is not installed.\n" });
  });

  it("gives each plug-in the dependencies that it asks for, also when they contradict each other", async () => {
    const { registry, run, says } = await managerPlace();
    for (const version of ["1.0.0", "2.0.0"]) {
      registry.publish({
        name: "shared",
        version,
        type: "module",
        exports: "./i.js",
        files: { "i.js": `export default "${version}";` },
      });
    }
    registry.publish(backendSource("one", "1.0.0", { dependencies: { shared: "^1.0.0" } }));
    registry.publish(backendSource("two", "1.0.0", { dependencies: { shared: "^2.0.0" } }));
    expect((await run("plugins", "install", "--yes", "npm:one-plugin", "npm:two-plugin")).code).toBe(0);
    expect(await says("one")).toBe("one 1.0.0 shared=1.0.0");
    expect(await says("two")).toBe("two 1.0.0 shared=2.0.0");
    expect((await run("plugins", "remove", "one")).code).toBe(0);
    expect(await says("two")).toBe("two 1.0.0 shared=2.0.0");
  });

  it("lets each name succeed or fail alone, and tells a program of each", async () => {
    const { registry, run, says } = await managerPlace({
      good: "good-plugin",
      gone: "gone-plugin",
      other: "other-plugin",
    });
    registry.publish(backendSource("good", "1.0.0"));
    registry.publish(backendSource("other", "1.0.0"));
    const { code, stdout } = await run("plugins", "install", "good", "gone", "other", "--json");
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject([
      { name: "good", package: "good-plugin", version: "1.0.0", error: null },
      {
        name: "gone",
        package: null,
        version: null,
        error: { code: "install-failed", message: expect.stringContaining("no such package") as string },
      },
      { name: "other", package: "other-plugin", version: "1.0.0", error: null },
    ]);
    expect([await says("good"), await says("other")]).toEqual(["good 1.0.0", "other 1.0.0"]);
  });

  it("runs no script of a package", async () => {
    const { registry, run, home } = await managerPlace({ script: "script-plugin" });
    const scripts = Object.fromEntries(
      ["preinstall", "install", "postinstall", "prepare"].map((name) => [
        name,
        `touch ${JSON.stringify(join(home, "ran"))}`,
      ]),
    );
    registry.publish(backendSource("script", "1.0.0", { scripts }));
    expect((await run("plugins", "install", "script")).code).toBe(0);
    const dir = writePackage(backendSource("folder", "1.0.0", { scripts }));
    expect((await run("plugins", "install", "--yes", dir)).code).toBe(0);
    expect(existsSync(join(home, "ran"))).toBe(false);
  });
});
