import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { leftovers, managerPlace } from "../support/manager-place.ts";
import { startRawServer, until } from "../support/fault-server.ts";
import { backendSource, writePackage } from "../support/npm-registry.ts";
import { startCli } from "../support/run-cli.ts";

/** What a command says that has to wait. */
const WAITING = "Another ai-cli changes the plug-ins; waiting for it.\n";

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

  it("takes eight changes of every kind at once, while what is installed answers", async () => {
    const { registry, run, says, home } = await managerPlace();
    for (const name of ["kept", "old", "gone", "new", "other"]) registry.publish(backendSource(name, "1.0.0"));
    await run("plugins", "install", "--yes", ...["kept", "old", "gone"].map((name) => `npm:${name}-plugin`));
    const unlinked = writePackage(backendSource("unlinked", "1.0.0"));
    await run("plugins", "link", unlinked);
    registry.publish(backendSource("old", "2.0.0"));
    const changes = [
      ["install", "--yes", "npm:new-plugin"],
      ["install", "--yes", "npm:other-plugin"],
      ["install", "--yes", writePackage(backendSource("local", "1.0.0"))],
      ["install", "--yes", "npm:kept-plugin"],
      ["update", "old"],
      ["remove", "gone"],
      ["link", writePackage(backendSource("linked", "1.0.0"))],
      ["unlink", "unlinked"],
    ];
    const [answers, ...results] = await Promise.all([
      Promise.all([says("kept"), says("kept"), says("kept")]),
      ...changes.map((words) => run("plugins", ...words)),
    ]);
    expect(answers).toEqual(["kept 1.0.0", "kept 1.0.0", "kept 1.0.0"]);
    expect(results.map(({ code, stderr }) => [code, stderr.replace(WAITING, "").split(" ")[0]])).toEqual(
      ["new", "other", "local", "kept", "old", "gone", "linked", "unlinked"].map((name) => [0, `${name}-plugin`]),
    );
    const { stdout } = await run("plugins", "list", "--json");
    const rows = JSON.parse(stdout) as { name: string; version: string | null }[];
    expect(rows.map(({ name, version }) => `${name} ${version}`).toSorted()).toEqual([
      "kept 1.0.0",
      "linked 1.0.0",
      "local 1.0.0",
      "new 1.0.0",
      "old 2.0.0",
      "other 1.0.0",
    ]);
    expect(await Promise.all(["old", "new", "local", "linked"].map(says))).toEqual([
      "old 2.0.0",
      "new 1.0.0",
      "local 1.0.0",
      "linked 1.0.0",
    ]);
    expect(existsSync(unlinked)).toBe(true);
    expect(leftovers(home)).toEqual([]);
  });

  it("is free again when the command that changes it is killed, for those that wait and those that come", async () => {
    const { registry, run, says, env, home } = await managerPlace();
    for (const name of ["kept", "next", "last"]) registry.publish(backendSource(name, "1.0.0"));
    await run("plugins", "install", "--yes", "npm:kept-plugin");
    registry.publish(backendSource("stuck", "1.0.0"));
    registry.answers.set("stuck-plugin/-/1.0.0.tgz", () => {});
    const stuck = startCli(["plugins", "install", "--yes", "npm:stuck-plugin"], { home, env });
    await until(() => registry.asked.includes("/stuck-plugin/-/1.0.0.tgz"));
    const next = startCli(["plugins", "install", "--yes", "npm:next-plugin"], { home, env });
    await next.shows(WAITING);
    expect(await says("kept")).toBe("kept 1.0.0");
    stuck.child.kill("SIGKILL");
    expect(await next.result).toMatchObject({ code: 0, stderr: `${WAITING}next-plugin 1.0.0 is installed (next).\n` });
    const last = await run("plugins", "install", "--yes", "npm:last-plugin");
    expect(last.stderr).toBe("last-plugin 1.0.0 is installed (last).\n");
    expect(await Promise.all(["kept", "next", "last"].map(says))).toEqual(["kept 1.0.0", "next 1.0.0", "last 1.0.0"]);
    expect(leftovers(home)).toEqual([]);
  });

  it("ends at Ctrl-C while npm's registry does not answer, and the next command works at once", async () => {
    const { registry, run, says, env, home } = await managerPlace();
    registry.publish(backendSource("kept", "1.0.0"));
    await run("plugins", "install", "--yes", "npm:kept-plugin");
    const silent = await startRawServer(() => {});
    const waiting = startCli(["plugins", "install", "--yes", "npm:other-plugin"], {
      home,
      env: { ...env, npm_config_registry: `http://127.0.0.1:${silent.port}/` },
    });
    await until(() => silent.sockets.length > 0);
    waiting.child.kill("SIGINT");
    expect((await waiting.result).code).toBe(130);
    expect((await run("plugins", "remove", "kept")).code).toBe(0);
    expect(await says("kept")).toContain('There is no backend "kept"');
  });
});
