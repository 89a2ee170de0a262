import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { currentGeneration } from "../support/damaged-store.ts";
import { managerPlace } from "../support/manager-place.ts";
import { backendSource, writePackage } from "../support/npm-registry.ts";

describe("plugins info", { timeout: 60_000 }, () => {
  it("tells what npm says of a package before it is installed, and what lies here afterwards", async () => {
    const { registry, run } = await managerPlace({
      hello: { package: "hello-plugin", version: "1.0.0", description: "Says hello" },
    });
    registry.publish(
      backendSource("hello", "1.0.0", { license: "MIT", author: "Jo", homepage: "https://example.org/" }),
    );
    const before = JSON.parse((await run("plugins", "info", "hello", "--json")).stdout) as object;
    expect(before).toMatchObject({
      name: "hello",
      kind: "backend",
      package: "hello-plugin",
      version: null,
      latest: "1.0.0",
      status: "not-installed",
      description: "Says hello",
      licence: "MIT",
      author: "Jo",
      publisher: null,
      place: null,
    });
    expect(JSON.parse((await run("plugins", "info", "hello", "--json", "--offline")).stdout)).toMatchObject({
      licence: null,
    });
    await run("plugins", "install", "hello");
    const after = JSON.parse((await run("plugins", "info", "hello-plugin", "--json")).stdout) as object;
    expect(after).toMatchObject({
      version: "1.0.0",
      status: "installed",
      place: "plugin-home",
      requested: "hello-plugin@1.0.0",
      integrity: expect.stringMatching(/^sha512-/) as string,
      dependencies: 0,
      bytes: expect.any(Number) as number,
      entries: [{ name: "hello", kind: "backend", file: "index.js", apiKeyEnv: null, defaultModel: null }],
    });
    expect((await run("plugins", "info", "hello")).stdout).toMatch(/^status +installed$/m);
    const wrong = await run("plugins", "info", "helo");
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('Did you mean "hello"?')]);
    expect((await run("plugins", "info")).code).toBe(2);
  });
});

describe("plugins reset", { timeout: 60_000 }, () => {
  it("removes nothing without a terminal or --yes, then everything, which rollback brings back", async () => {
    const { registry, run, says, home } = await managerPlace({ hello: "hello-plugin" });
    registry.publish(backendSource("hello", "1.0.0"));
    await run("plugins", "install", "hello");
    const linked = writePackage(backendSource("linked", "1.0.0"));
    await run("plugins", "link", linked);
    writeFileSync(join(home, "config.json"), "{}");
    const asked = await run("plugins", "reset");
    expect([asked.code, asked.stderr]).toEqual([2, expect.stringContaining("There is no terminal to ask at")]);
    expect(asked.stderr).toContain("hello-plugin 1.0.0");
    expect(await says("hello")).toBe("hello 1.0.0");
    const done = JSON.parse((await run("plugins", "reset", "--yes", "--json")).stdout) as object;
    expect(done).toMatchObject({
      reset: true,
      packages: [{ package: "hello-plugin" }, { package: "linked-plugin", linked: true }],
    });
    expect(await says("hello")).toContain('There is no backend "hello"');
    expect([existsSync(join(linked, "index.js")), existsSync(join(home, "config.json"))]).toEqual([true, true]);
    expect((await run("plugins", "reset", "--yes")).code).toBe(0);
    expect((await run("plugins", "rollback")).code).toBe(0);
    expect([await says("hello"), await says("linked")]).toEqual(["hello 1.0.0", "linked 1.0.0"]);
  });

  it("empties a damaged plug-in home, too", async () => {
    const { registry, run, home } = await managerPlace({ hello: "hello-plugin" });
    registry.publish(backendSource("hello", "1.0.0"));
    await run("plugins", "install", "hello");
    writeFileSync(join(currentGeneration(join(home, "plugins")), "index.json"), "{");
    expect((await run("plugins", "reset", "--yes")).code).toBe(0);
    expect((await run("plugins", "doctor")).code).toBe(0);
    expect((await run("plugins", "install", "hello")).code).toBe(0);
  });
});

describe("ai-cli doctor", { timeout: 60_000 }, () => {
  it("warns of keys that are missing, backends that are not there and servers that do not answer, and ends with 0", async () => {
    const { run, home } = await managerPlace();
    const config = { route: ["openai", "nowhere"], backends: { mine: { baseUrl: "http://127.0.0.1:9/v1" } } };
    writeFileSync(join(home, "config.json"), JSON.stringify(config));
    const { code, stdout } = await run("doctor");
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^warning {2}The route names openai, and no key is set\. Store it: ai-cli keys set openai$/m,
    );
    expect(stdout).toMatch(/^warning {2}The route names nowhere, and there is no such backend\./m);
    expect(stdout).toMatch(/^warning {2}A server does not answer: mine: /m);
    expect(stdout).toContain(`node     ${process.version}`);
    writeFileSync(join(home, "config.json"), "{");
    const broken = await run("doctor", "--json");
    expect([broken.code, (JSON.parse(broken.stdout) as { ok: boolean }).ok]).toEqual([1, false]);
    expect((await run("doctor", "openai")).code).toBe(2);
  });
});
