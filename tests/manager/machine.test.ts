import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { managerPlace } from "../support/manager-place.ts";
import { backendSource, writePackage } from "../support/npm-registry.ts";
import { runCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

describe("the plug-in home", () => {
  it("lets a plug-in be removed that cannot be imported", async () => {
    const { registry, run, says } = await managerPlace();
    registry.publish({ ...backendSource("broken", "1.0.0"), files: { "index.js": "throw new Error('no luck');" } });
    await run("plugins", "install", "--yes", "npm:broken-plugin");
    expect(await says("broken")).toContain("no luck");
    expect((await run("plugins", "remove", "broken")).code).toBe(0);
  });

  it("is told of when it cannot be written, and stays as it was", async () => {
    const home = tempFolder("home");
    mkdirSync(join(home, "plugins"));
    writeFileSync(join(home, "plugins/generations"), "a file in the way");
    const dir = writePackage(backendSource("hello", "1.0.0"));
    const { code, stderr } = await runCli(["plugins", "install", "--yes", dir], { home });
    expect(code).toBe(1);
    expect(stderr).toContain("generations");
  });
});
