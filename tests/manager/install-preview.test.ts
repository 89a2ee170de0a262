import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { managerPlace, type ManagerPlace } from "../support/manager-place.ts";
import { backendSource, integrityOf, writePackage } from "../support/npm-registry.ts";
import { openTerminal, type PseudoTerminal } from "../support/pseudo-terminal.ts";

const NEEDED = { name: "needed", version: "1.4.0", files: { "index.js": "module.exports = 'needed 1.4.0';" } };

/** A place whose registry of npm has a plug-in that needs one package with a script. */
async function placeWithScript(): Promise<ManagerPlace> {
  const place = await managerPlace({ hello: "hello-plugin", plain: "plain-plugin" });
  place.registry.publish({
    ...NEEDED,
    scripts: { postinstall: `node -e "require('fs').writeFileSync('index.js', 'module.exports = \\'scripted\\'')"` },
    hasInstallScript: true,
  });
  place.registry.publish(backendSource("hello", "1.0.0", { dependencies: { needed: "^1.0.0" } }));
  place.registry.publish(backendSource("plain", "1.0.0"));
  return place;
}

function atTerminal({ home, env }: ManagerPlace, ...args: string[]): PseudoTerminal {
  return openTerminal(args, { home, env, timeout: 30_000 });
}

describe("the first install at a terminal", () => {
  it("shows what comes and asks once; Enter is yes", async () => {
    const place = await placeWithScript();
    const terminal = atTerminal(place, "plugins", "install", "hello", "plain");
    const shown = await terminal.shows("Install them? [Y/n] ");
    expect(shown).toContain("hello-plugin 1.0.0\n");
    expect(shown).toContain("with 1 other package: needed 1.4.0\n");
    expect(shown).toContain("needed has install scripts, which do not run; --allow-scripts needed lets them\n");
    expect(shown).toMatch(
      /plain-plugin 1\.0\.0\n {2}[\d.]+ kB, no other packages\n|plain-plugin 1\.0\.0\n {2}no other/,
    );
    terminal.type("\r");
    expect(await terminal.shows("hello: 2 packages unpacked…")).toContain("hello: 1 package unpacked…");
    expect(await terminal.end).toMatchObject({ code: 0 });
    expect(await place.says("hello")).toBe("hello 1.0.0 needed=needed 1.4.0");
  });

  it.each([
    ["n\r", 130],
    ["\u0003", 130],
    ["\u0004", 130],
  ])("installs nothing after %j", async (keys, code) => {
    const place = await placeWithScript();
    const terminal = atTerminal(place, "plugins", "install", "hello");
    await terminal.shows("Install it? [Y/n] ");
    terminal.type(keys);
    expect(await terminal.end).toMatchObject({ code });
    expect(existsSync(join(place.home, "plugins/current"))).toBe(false);
  });

  it("leaves no line of progress behind when it is interrupted", async () => {
    const place = await placeWithScript();
    place.registry.answers.set("hello-plugin", () => {});
    const terminal = atTerminal(place, "plugins", "install", "--yes", "hello");
    await terminal.shows("hello…");
    terminal.type("\u0003");
    expect(await terminal.end).toMatchObject({ code: 130 });
    expect(terminal.raw().endsWith("\r\u001B[K")).toBe(true);
  });

  it("of what is not in the registry says so, and Enter is no", async () => {
    const place = await placeWithScript();
    const terminal = atTerminal(place, "plugins", "install", "npm:plain-plugin");
    expect(await terminal.shows("Install it? [y/N] ")).toContain("Not in the registry: nobody has looked at it.");
    terminal.type("\r");
    expect(await terminal.end).toMatchObject({ code: 130 });
    const second = atTerminal(place, "plugins", "install", "npm:plain-plugin");
    await second.shows("Install it? [y/N] ");
    second.type("y\r");
    expect(await second.end).toMatchObject({ code: 0 });
    expect(await place.says("plain")).toBe("plain 1.0.0");
  });

  it("does not ask about what is there, about another version of it, or with --yes", async () => {
    const place = await placeWithScript();
    const first = atTerminal(place, "plugins", "install", "--yes", "plain");
    expect(await first.end).toMatchObject({ code: 0 });
    expect(await atTerminal(place, "plugins", "install", "plain").end).toMatchObject({ code: 0 });
    place.registry.publish(backendSource("plain", "2.0.0"));
    expect(await atTerminal(place, "plugins", "install", "plain").end).toMatchObject({ code: 0 });
    expect(await place.says("plain")).toBe("plain 2.0.0");
  });
});

describe("--dry-run", () => {
  it("of install tells what would come, and changes nothing", async () => {
    const { run, home, registry } = await placeWithScript();
    const { code, stderr } = await run("plugins", "install", "--dry-run", "hello");
    expect([code, stderr]).toEqual([
      0,
      "hello-plugin 1.0.0 would be installed.\n  with 1 other package: needed 1.4.0\n" +
        "  needed has install scripts, which do not run; --allow-scripts needed lets them\n",
    ]);
    const { stdout } = await run("plugins", "install", "--dry-run", "--json", "hello", "nothere");
    expect(JSON.parse(stdout)).toEqual([
      {
        name: "hello",
        package: "hello-plugin",
        version: "1.0.0",
        before: null,
        wouldInstall: true,
        publisher: null,
        published: null,
        bytes: null,
        dependencies: [{ name: "needed", version: "1.4.0" }],
        scripts: ["needed"],
        error: null,
      },
      {
        name: "nothere",
        package: null,
        version: null,
        error: expect.objectContaining({ code: "unknown-plugin" }) as object,
      },
    ]);
    expect(registry.asked.some((path) => path.endsWith(".tgz"))).toBe(false);
    expect(existsSync(join(home, "plugins/current"))).toBe(false);
  });

  it("names who published it and when, where npm's registry says so", async () => {
    const { registry, run } = await managerPlace({ hello: "hello-plugin" });
    const source = backendSource("hello", "1.0.0");
    registry.publish(source);
    const { files: _files, ...manifest } = source;
    const tarball = registry.tarballs.get("hello-plugin/-/1.0.0.tgz") ?? Buffer.alloc(0);
    const dist = { tarball: `${registry.url}hello-plugin/-/1.0.0.tgz`, integrity: integrityOf(tarball) };
    const packument = {
      name: "hello-plugin",
      "dist-tags": { latest: "1.0.0" },
      time: { "1.0.0": "2026-02-03T04:05:06.000Z" },
      versions: { "1.0.0": { ...manifest, _npmUser: { name: "jo" }, dist } },
    };
    registry.answers.set("hello-plugin", (_request, response) => response.end(JSON.stringify(packument)));
    expect((await run("plugins", "install", "hello", "--dry-run")).stderr).toContain(
      "hello-plugin 1.0.0 would be installed, published by jo on 2026-02-03.\n",
    );
    const told = { publisher: "jo", published: "2026-02-03T04:05:06.000Z" };
    expect(JSON.parse((await run("plugins", "install", "hello", "--dry-run", "--json")).stdout)).toMatchObject([told]);
    expect(JSON.parse((await run("plugins", "info", "hello", "--json")).stdout)).toMatchObject(told);
  });

  it("of update, remove and unlink changes nothing either", async () => {
    const { run, says, home, registry } = await placeWithScript();
    await run("plugins", "install", "hello", "plain");
    const linked = writePackage(backendSource("linked", "1.0.0"));
    await run("plugins", "link", linked);
    const before = readFileSync(join(home, "plugins/current"), "utf8");
    registry.publish(backendSource("plain", "2.0.0"));
    expect((await run("plugins", "update", "--dry-run")).stderr).toBe(
      "hello-plugin 1.0.0 is installed already.\n" +
        "plain-plugin 2.0.0 would be installed, in place of 1.0.0.\n  no other packages\n",
    );
    expect((await run("plugins", "remove", "--dry-run", "hello")).stderr).toBe(
      "hello-plugin 1.0.0 would be removed.\n",
    );
    expect((await run("plugins", "unlink", "--dry-run", "linked")).stderr).toBe(
      "linked-plugin 1.0.0 would be linked no more.\n",
    );
    expect(readFileSync(join(home, "plugins/current"), "utf8")).toBe(before);
    expect(await says("plain")).toBe("plain 1.0.0");
    expect((await run("plugins", "rollback", "--dry-run")).code).toBe(2);
  });
});

describe("--allow-scripts", () => {
  it("lets the scripts of that package run, now and when it is updated, and no others", async () => {
    const { run, says, registry } = await placeWithScript();
    expect((await run("plugins", "install", "hello")).code).toBe(0);
    expect(await says("hello")).toBe("hello 1.0.0 needed=needed 1.4.0");
    const wrong = await run("plugins", "install", "--allow-scripts", "other", "hello");
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining("There is no package other in it")]);
    expect((await run("plugins", "install", "--allow-scripts", "needed", "hello")).code).toBe(0);
    expect(await says("hello")).toBe("hello 1.0.0 needed=scripted");
    // The generation before has files of its own.
    expect((await run("plugins", "rollback")).code).toBe(0);
    expect(await says("hello")).toBe("hello 1.0.0 needed=needed 1.4.0");
    await run("plugins", "rollback");
    registry.publish(backendSource("hello", "2.0.0", { dependencies: { needed: "^1.0.0" } }));
    expect((await run("plugins", "update")).code).toBe(0);
    expect(await says("hello")).toBe("hello 2.0.0 needed=scripted");
    expect((await run("plugins", "install", "plain")).code).toBe(0);
    expect(await says("hello")).toBe("hello 2.0.0 needed=scripted");
  });

  it("fails with the package whose script fails, and leaves all as it was", async () => {
    const { run, registry, home } = await placeWithScript();
    const failing = { scripts: { postinstall: "echo sorry >&2; exit 3" }, hasInstallScript: true };
    registry.publish(backendSource("plain", "3.0.0", failing));
    const { code, stderr } = await run("plugins", "install", "--allow-scripts", "plain-plugin", "plain");
    expect([code, stderr]).toEqual([1, expect.stringContaining("sorry")]);
    expect(existsSync(join(home, "plugins/current"))).toBe(false);
  });
});

describe("--gpu", () => {
  it("brings the parts for graphics cards, which stay away otherwise", async () => {
    const { run, says, registry, home } = await managerPlace({ big: "big-plugin", plain: "plain-plugin" });
    const cuda = "@node-llama-cpp/linux-x64-cuda";
    registry.publish({ name: cuda, version: "3.22.1", files: { "index.js": "module.exports = 'cuda';" } });
    registry.publish({
      name: "empty-npm-package",
      version: "1.0.0",
      files: { "index.js": "module.exports = 'none';" },
    });
    registry.publish(backendSource("big", "1.0.0", { dependencies: { [cuda]: "3.22.1" } }));
    registry.publish(backendSource("plain", "1.0.0"));
    expect((await run("plugins", "install", "big")).code).toBe(0);
    expect(await says("big")).toBe(`big 1.0.0 ${cuda}=none`);
    expect((await run("plugins", "install", "big", "--gpu")).code).toBe(0);
    expect(await says("big")).toBe(`big 1.0.0 ${cuda}=cuda`);
    expect((await run("plugins", "install", "big", "plain")).stderr).toContain("big-plugin 1.0.0 is installed already");
    expect(await says("big")).toBe(`big 1.0.0 ${cuda}=cuda`);
    expect((await run("plugins", "update", "--gpu")).code).toBe(2);
    expect(existsSync(join(home, "plugins/current"))).toBe(true);
  });
});
