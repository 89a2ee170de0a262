import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { managerPlace } from "../support/manager-place.ts";
import { backendSource, writePackage } from "../support/npm-registry.ts";
import { runCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

describe("plugins list", () => {
  it("shows what the registry has and what is installed, for a person and for a program", async () => {
    const { registry, run } = await managerPlace({
      hello: { package: "hello-plugin", version: "2.0.0", description: "Says hello" },
    });
    registry.publish(backendSource("hello", "1.0.0"));
    registry.publish(backendSource("hello", "2.0.0"));
    await run("plugins", "install", "hello@1.0.0");
    const dir = writePackage(backendSource("mine", "0.1.0"));
    await run("plugins", "link", dir);
    expect((await run("plugins", "list")).stdout).toBe(
      "NAME   KIND     STATUS    VERSION\n" +
        "hello  backend  outdated  1.0.0    Says hello\n" +
        "mine   backend  linked    0.1.0    mine-plugin\n",
    );
    expect((await run("plugins", "outdated")).stdout).toBe(
      "NAME   KIND     STATUS    VERSION\nhello  backend  outdated  1.0.0 -> 2.0.0  Says hello\n",
    );
    expect(JSON.parse((await run("plugins", "recipes", "list", "--json")).stdout)).toEqual([]);
    const names = async (...args: string[]): Promise<string[]> =>
      (JSON.parse((await run("plugins", ...args, "--json")).stdout) as { name: string }[]).map((row) => row.name);
    expect(await names("outdated")).toEqual(["hello"]);
    expect(await names("search", "SAYS", "hello")).toEqual(["hello"]);
    expect(await names("search", "mine-pl")).toEqual(["mine"]);
    expect(await names("search", "hello", "mine")).toEqual([]);
    expect(JSON.parse((await run("plugins", "backends", "list", "--json")).stdout)).toMatchObject([
      {
        name: "hello",
        kind: "backend",
        package: "hello-plugin",
        version: "1.0.0",
        latest: "2.0.0",
        status: "outdated",
      },
      { name: "mine", version: "0.1.0", latest: null, status: "linked" },
    ]);
  });

  it("shows a linked folder as it is now, and why it cannot be used", async () => {
    const { run } = await managerPlace();
    const dir = writePackage(backendSource("mine", "0.1.0"));
    await run("plugins", "link", dir);
    writeFileSync(join(dir, "package.json"), JSON.stringify(backendSource("mine", "0.2.0")));
    rmSync(join(dir, "index.js"));
    expect((await run("plugins", "list")).stdout).toMatch(
      /^mine +backend +broken +0\.2\.0 +its file index\.js is missing/m,
    );
    writeFileSync(join(dir, "package.json"), "{");
    expect(JSON.parse((await run("plugins", "list", "--json")).stdout)).toMatchObject([
      { name: "mine", status: "broken", problem: expect.stringContaining("its package.json is not JSON") as string },
    ]);
  });

  it("has every field in each row of backends, also where there is nothing to say", async () => {
    const [first] = JSON.parse((await runCli(["backends", "--json"])).stdout) as object[];
    expect(Object.keys(first ?? {})).toEqual([
      "name",
      "kind",
      "package",
      "version",
      "place",
      "problem",
      "latest",
      "status",
    ]);
    expect(first).toMatchObject({ problem: null, latest: null });
  });

  it("finds in the registry that comes along what the guide searches for", async () => {
    const guide = readFileSync(resolve(import.meta.dirname, "../../docs/guide/install-plugins.md"), "utf8");
    const [, words = ""] = /^ai-cli plugins search (.+?) +#/m.exec(guide) ?? [];
    const { stdout } = await runCli(["plugins", "search", ...words.split(" "), "--offline"]);
    expect(stdout).toMatch(/^llama +backend /m);
  });

  it("works with every install line of the Python sketch, without a network and without a variable", async () => {
    const home = tempFolder("home");
    const env = {
      npm_config_registry: "http://127.0.0.1:9/",
      npm_config_fetch_retries: "0",
      HTTPS_PROXY: "http://127.0.0.1:9",
    };
    for (const args of [
      ["backends", "install", "openrouter"],
      ["backends", "install", "lobechat"],
      ["backends", "install", "mindbridge"],
      ["backends", "install", "sample"],
      ["recipes", "install", "echo"],
      ["backends", "remove", "sample"],
    ]) {
      expect(await runCli(["plugins", ...args], { home, env })).toMatchObject({ code: 0, stdout: "" });
    }
    expect((await runCli(["recipe", "echo", "hello", "--yes"], { home })).stdout).toBe("hello\n");
    expect((await runCli(["backends"], { home })).stdout).toMatch(
      /^openrouter +installed +@d0ttino\/openrouter-plugin/m,
    );
  });
});
