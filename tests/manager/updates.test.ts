import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { leftovers, managerPlace } from "../support/manager-place.ts";
import { backendSource } from "../support/npm-registry.ts";

describe("another version", () => {
  it("goes to another version and back, and keeps the old one when the new one is no good", async () => {
    const { registry, run, says, home } = await managerPlace({ hello: "hello-plugin" });
    registry.publish(backendSource("hello", "1.0.0"));
    await run("plugins", "install", "hello");
    registry.publish(backendSource("hello", "2.0.0"));
    expect((await run("plugins", "install", "hello")).stderr).toBe(
      "hello-plugin 2.0.0 is installed, in place of 1.0.0 (hello).\n",
    );
    expect(await says("hello")).toBe("hello 2.0.0");
    expect((await run("plugins", "rollback")).stderr).toBe("Back to the state before: hello-plugin 1.0.0.\n");
    expect(await says("hello")).toBe("hello 1.0.0");
    expect((await run("plugins", "install", "hello@2.0.0")).code).toBe(0);
    registry.publish({ ...backendSource("hello", "3.0.0"), files: {} });
    const failed = await run("plugins", "install", "hello");
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain("its file index.js is missing");
    expect(await says("hello")).toBe("hello 2.0.0");
    expect(leftovers(home)).toEqual([]);
  });
});

describe("what a version needs", () => {
  it("may come, go and be shared, and goes when its last plug-in is removed", async () => {
    const { registry, run, says, home } = await managerPlace({ hello: "hello-plugin", beside: "beside-plugin" });
    const needing = { dependencies: { needed: "^1.0.0" } };
    registry.publish({ name: "needed", version: "1.4.0", files: { "index.js": "module.exports = 'needed 1.4.0';" } });
    registry.publish(backendSource("hello", "1.0.0"));
    registry.publish(backendSource("beside", "1.0.0", needing));
    expect((await run("plugins", "install", "hello", "beside")).code).toBe(0);
    expect([await says("hello"), await says("beside")]).toEqual(["hello 1.0.0", "beside 1.0.0 needed=needed 1.4.0"]);

    registry.publish(backendSource("hello", "2.0.0", needing));
    expect((await run("plugins", "update", "hello")).code).toBe(0);
    expect(await says("hello")).toBe("hello 2.0.0 needed=needed 1.4.0");
    registry.publish(backendSource("hello", "3.0.0"));
    expect((await run("plugins", "update", "hello")).code).toBe(0);
    expect([await says("hello"), await says("beside")]).toEqual(["hello 3.0.0", "beside 1.0.0 needed=needed 1.4.0"]);

    expect((await run("plugins", "remove", "beside")).code).toBe(0);
    expect(await says("hello")).toBe("hello 3.0.0");
    const current = join(home, "plugins/generations", readFileSync(join(home, "plugins/current"), "utf8").trim());
    const kept = readdirSync(current, { recursive: true, encoding: "utf8" });
    expect(kept.filter((path) => /needed|beside/.test(path))).toEqual([]);
  });
});

describe("plugins update", () => {
  it("takes the registry's version of what is named, of all when nothing is, and of the rest what was asked for", async () => {
    const { registry, run, says } = await managerPlace({ hello: "hello-plugin" });
    registry.publish(backendSource("hello", "1.0.0"));
    registry.publish(backendSource("other", "1.0.0"));
    await run("plugins", "install", "--yes", "hello", "npm:other-plugin@^1.0.0");
    registry.publish(backendSource("hello", "2.0.0"));
    registry.publish(backendSource("other", "1.5.0"));
    registry.publish(backendSource("other", "2.0.0"));
    expect((await run("plugins", "update", "hello")).stderr).toBe(
      "hello-plugin 2.0.0 is installed, in place of 1.0.0 (hello).\n",
    );
    expect(await says("other")).toBe("other 1.0.0");
    expect((await run("plugins", "update")).code).toBe(0);
    expect([await says("hello"), await says("other")]).toEqual(["hello 2.0.0", "other 1.5.0"]);
    expect(await run("plugins", "update", "nothere")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("nothere is not installed") as string,
    });
  });

  it("keeps the old version when the new one is no good, and goes on with the others", async () => {
    const { registry, run, says } = await managerPlace({ bad: "bad-plugin", good: "good-plugin" });
    for (const name of ["bad", "good"]) registry.publish(backendSource(name, "1.0.0"));
    await run("plugins", "install", "bad", "good");
    registry.publish({ ...backendSource("bad", "2.0.0"), files: {} });
    registry.publish(backendSource("good", "2.0.0"));
    expect((await run("plugins", "update")).code).toBe(1);
    expect([await says("bad"), await says("good")]).toEqual(["bad 1.0.0", "good 2.0.0"]);
  });
});
