import { describe, expect, it } from "vitest";
import { leftovers, managerPlace } from "../support/manager-place.ts";
import { backendSource } from "../support/npm-registry.ts";
import { startCli } from "../support/run-cli.ts";

describe("the plug-in home", () => {
  it("is whole after kill -9 at any moment, and the next command works at once", async () => {
    const { registry, run, says, home } = await managerPlace();
    registry.publish({
      name: "dep",
      version: "1.0.0",
      type: "module",
      exports: "./i.js",
      files: { "i.js": "export default 1;" },
    });
    registry.publish(backendSource("kept", "1.0.0", { dependencies: { dep: "1.0.0" } }));
    await run("plugins", "install", "--yes", "npm:kept-plugin");
    for (let round = 0; round < 20; round += 1) {
      registry.publish(backendSource("changing", `1.0.${round}`, { dependencies: { dep: "1.0.0" } }));
      const env = { ...registry.env, PLUGIN_REGISTRY_URL: "/dev/null" };
      const killed = startCli(["plugins", "install", "--yes", "npm:changing-plugin"], { home, env });
      setTimeout(() => killed.child.kill("SIGKILL"), 60 + round * 25);
      await killed.result;
      expect(await says("kept")).toBe("kept 1.0.0 dep=1");
    }
    expect((await run("plugins", "install", "--yes", "npm:changing-plugin")).code).toBe(0);
    expect([await says("kept"), await says("changing")]).toEqual(["kept 1.0.0 dep=1", "changing 1.0.19 dep=1"]);
    expect(leftovers(home)).toEqual([]);
  }, 120_000);
});
