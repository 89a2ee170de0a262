import { describe, expect, it } from "vitest";
import { startRawServer, until } from "../support/fault-server.ts";
import { managerPlace } from "../support/manager-place.ts";
import { backendSource } from "../support/npm-registry.ts";
import { startCli } from "../support/run-cli.ts";

describe("the plug-in home", () => {
  it("records eight installs at once", async () => {
    const names = Array.from({ length: 8 }, (_, at) => `p${at}`);
    const { registry, run, says } = await managerPlace();
    for (const name of names) registry.publish(backendSource(name, "1.0.0"));
    const results = await Promise.all(names.map((name) => run("plugins", "install", "--yes", `npm:${name}-plugin`)));
    // With what they said, because who fails says why.
    expect(results.map(({ code, stderr }) => [code, stderr])).toEqual(
      names.map((name) => [0, expect.stringContaining(`${name}-plugin 1.0.0 is installed (${name}).\n`) as string]),
    );
    for (const name of names) expect(await says(name)).toBe(`${name} 1.0.0`);
  });

  it("ends at Ctrl-C while npm's registry does not answer, and the next command works at once", async () => {
    const { registry, run, says, home } = await managerPlace();
    registry.publish(backendSource("kept", "1.0.0"));
    await run("plugins", "install", "--yes", "npm:kept-plugin");
    const silent = await startRawServer(() => {});
    const env = { ...registry.env, npm_config_registry: `http://127.0.0.1:${silent.port}/` };
    const waiting = startCli(["plugins", "install", "--yes", "npm:other-plugin"], { home, env });
    await until(() => silent.sockets.length > 0);
    waiting.child.kill("SIGINT");
    expect((await waiting.result).code).toBe(130);
    expect((await run("plugins", "remove", "kept")).code).toBe(0);
    expect(await says("kept")).toContain('There is no backend "kept"');
  });
});
