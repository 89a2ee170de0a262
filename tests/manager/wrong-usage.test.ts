import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { managerPlace } from "../support/manager-place.ts";
import { backendSource, writePackage } from "../support/npm-registry.ts";
import { runCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

describe("an option that would be ignored is refused", () => {
  it.each([
    ["doctor --fix --dry-run", "doctor has no --dry-run", "install, remove, update, recipes sync, unlink and reset"],
    ["rollback --dry-run", "rollback has no --dry-run", "install"],
    ["link ./x --dry-run", "link has no --dry-run", "install"],
    ["list --gpu", "list has no --gpu", "It goes with install."],
    ["update --allow-scripts x", "update has no --allow-scripts", "It goes with install."],
    ["recipes sync --gpu", "recipes sync has no --gpu", "It goes with install."],
    ["list --dest x", "list has no --dest", "It goes with recipes sync."],
    ["install x --against y", "install has no --against", "It goes with registry check."],
    ["info x --allow-shrinking", "info has no --allow-shrinking", "It goes with registry check."],
    ["list --fix", "list has no --fix", "It goes with doctor."],
    ["unlink x --update", "unlink has no --update", "list, search"],
    ["list --update --offline", "--update fetches the registry, and --offline fetches nothing", ""],
  ])("%s", async (line, message, hint) => {
    const { code, stderr } = await runCli(["plugins", ...line.split(" ")]);
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
    expect(code).toBe(2);
  });
});

describe("a word that is none", () => {
  it.each([
    ["uninstall x", 'Did you mean "remove"?'],
    ["add x", 'Did you mean "install"?'],
    ["upgrade", 'Did you mean "update"?'],
    ["ls", 'Did you mean "list"?'],
    ["instal x", 'Did you mean "install"?'],
    ["backend list", 'Did you mean "backends"?'],
    ["backends recipes list", "There is no"],
    ["frobnicate", "One of: list, search, outdated, install, remove, update, sync, link"],
    ["constructor", "One of: list"],
    ["registry chek x", "ai-cli plugins registry check FILE"],
    ["registry check no-file.json", "cannot be read: there is no such file."],
    ["backends rollback", "all plug-ins go back together"],
    ["backends sync", "Only recipes are synced"],
    ["recipes sync --dest=", "--dest needs the name of a folder"],
    ["info npm:some-plugin", "ai-cli plugins install npm:some-plugin --dry-run shows a package of npm."],
    ["install https://example.com/x.tgz", "is an address, from which nothing is installed"],
    ["install github:some/body --yes", "is an address, from which nothing is installed"],
    ["install git@example.com:some/body", "is an address, from which nothing is installed"],
    ["install npm:../x", "A folder is ./DIR."],
    ["install @some/body", "A package of npm is npm:@some/body"],
  ])("%s", async (line, told) => {
    const { code, stdout, stderr } = await runCli(["plugins", ...line.split(" ")]);
    expect(stderr).toContain(told);
    expect(stdout).toBe("");
    expect(code).toBe(line.includes("no-file") ? 1 : 2);
  });

  it("names what was probably meant among what is installed", async () => {
    const { registry, run, home } = await managerPlace();
    registry.publish(backendSource("hello", "1.0.0"));
    await run("plugins", "install", "--yes", "npm:hello-plugin");
    expect(await run("plugins", "remove", "helo")).toMatchObject({
      code: 0,
      stderr: 'helo is not installed. Did you mean "hello"?\n',
    });
    expect((await run("plugins", "unlink", "hello")).stderr).toBe(
      "hello is not linked. It is installed: ai-cli plugins remove hello\n",
    );
    expect(await run("plugins", "update", "helo")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Did you mean "hello"?') as string,
    });
    const dir = writePackage(backendSource("own", "1.0.0"));
    await run("plugins", "link", dir);
    for (const [verb, name] of [
      ["remove", "hello"],
      ["unlink", "own"],
    ] as const) {
      expect((await run("plugins", "recipes", verb, name)).stderr).toBe(
        `${name} is no recipe but a backend: ai-cli plugins ${verb} ${name}\n`,
      );
    }
    expect((await run("plugins", "update", "own")).stderr).toContain("own is linked");
    expect((await runCli(["plugins", "unlink", "."], { home, cwd: dir })).stderr).toBe(
      "own-plugin is linked no more; its folder stays.\n",
    );
  });
});

describe("what is not there", () => {
  it.each([["./none"], ["none.tgz"]])("install %s says so before anybody is asked", async (word) => {
    const { code, stderr } = await runCli(["plugins", "install", word]);
    expect(stderr).toMatch(/^ai-cli: There is no folder or file \/.*none(?:\.tgz)?\.\nName the folder/m);
    expect(code).toBe(2);
  });

  it.each([["test"], ["link"]])("%s says so of a folder, with what to name", async (verb) => {
    const { code, stderr } = await runCli(["plugins", verb, "./none"]);
    expect(stderr).toMatch(/^ai-cli: There is no folder \/.*none\.\nName the folder of the plug-in\.\n$/);
    expect(code).toBe(2);
  });

  it("is one that fails among others that are linked", async () => {
    const { run } = await managerPlace();
    const linked = await run("plugins", "link", "./none", writePackage(backendSource("own", "1.0.0")), "--json");
    expect(linked.code).toBe(1);
    expect(JSON.parse(linked.stdout)).toMatchObject([
      { error: { code: "usage", hint: "Name the folder of the plug-in." } },
      { package: "own-plugin", error: null },
    ]);
  });

  it.each([
    ["", "has no package.json", "is no plug-in's folder: it has no package.json.\nName the folder"],
    ["notes.txt", "is no tarball", "is neither a folder nor a tarball.\nnpm pack makes"],
  ])("is said of a %s that %s", async (file, _what, told) => {
    const dir = tempFolder("thing");
    if (file !== "") writeFileSync(join(dir, file), "");
    const { code, stderr } = await runCli(["plugins", "install", "--yes", join(dir, file)]);
    expect(stderr).toContain(told);
    expect(code).toBe(1);
  });

  it("is said of a name that is of the other kind", async () => {
    const { run } = await managerPlace({ hello: "hello-plugin" });
    expect((await run("plugins", "recipes", "install", "hello")).stderr).toBe(
      'ai-cli: The registry has no recipe "hello".\nIt is a backend: ai-cli plugins install hello\n',
    );
    expect((await run("plugins", "recipes", "info", "hello")).stderr).toContain(
      'has a recipe "hello".\nIt is of the other kind: ai-cli plugins info hello',
    );
  });

  it("is said where a list is empty", async () => {
    const { run } = await managerPlace();
    expect(await run("plugins", "list")).toMatchObject({ code: 0, stdout: "", stderr: "There are no plug-ins.\n" });
    expect((await run("plugins", "search", "x")).stderr).toContain("Nothing has all of these words.");
    expect((await run("plugins", "outdated")).stderr).toBe("Nothing is outdated.\n");
    expect(await run("plugins", "update", "--json")).toMatchObject({ code: 0, stdout: "[]\n" });
  });
});

describe("plugins reset --dry-run", () => {
  it("says what would go, and removes nothing", async () => {
    const { registry, run, says } = await managerPlace();
    registry.publish(backendSource("hello", "1.0.0"));
    await run("plugins", "install", "--yes", "npm:hello-plugin");
    const told = await run("plugins", "reset", "--dry-run", "--yes");
    expect(told.stderr).toMatch(/^These would be removed:\n {2}hello-plugin 1\.0\.0/);
    expect(JSON.parse((await run("plugins", "reset", "--dry-run", "--json")).stdout)).toMatchObject({
      reset: false,
      packages: [{ package: "hello-plugin" }],
    });
    expect(await says("hello")).toBe("hello 1.0.0");
  });
});

describe("a word for one kind", () => {
  it("limits what comes from outside the registry, too", async () => {
    const { registry, run, home } = await managerPlace();
    registry.publish(backendSource("hello", "1.0.0"));
    const refused = await run("plugins", "recipes", "install", "--yes", "npm:hello-plugin");
    expect(refused.stderr).toContain("hello-plugin was not installed: it brings no recipe.");
    expect(refused.code).toBe(1);
    const dir = writePackage(backendSource("own", "1.0.0"));
    expect((await run("plugins", "recipes", "link", dir)).stderr).toContain("it brings no recipe.");
    expect(existsSync(join(home, "plugins/current"))).toBe(false);
    expect((await run("plugins", "backends", "install", "--yes", "npm:hello-plugin")).code).toBe(0);
    expect((await run("plugins", "backends", "install", "--yes", "npm:hello-plugin")).stderr).toContain("already");
    expect((await run("plugins", "backends", "link", dir)).code).toBe(0);
  });
});

describe("completion of plugins", () => {
  it("knows verbs, their options, and names of the registry and of what is installed", async () => {
    const { registry, run } = await managerPlace({ hello: "hello-plugin", help: "help-plugin" }, {}, { deploy: "d" });
    registry.publish(backendSource("hello", "1.0.0"));
    await run("plugins", "install", "--yes", "hello");
    const completes = async (...typed: string[]): Promise<string[]> => {
      const { stdout } = await run("completion", "--", "--", ...typed);
      return stdout.split("\n").filter((line) => line !== "");
    };
    expect(await completes("plugin", "re")).toEqual(["remove", "registry", "reset", "recipes"]);
    expect(await completes("plugins", "backends", "re")).toEqual(["remove", "registry", "reset"]);
    expect(await completes("plugins", "install", "")).toEqual(["hello", "help", "deploy"]);
    expect(await completes("plugins", "--yes", "recipes", "install", "")).toEqual(["deploy"]);
    expect(await completes("plugins", "install", "help", "he")).toEqual(["hello"]);
    expect(await completes("plugins", "remove", "")).toEqual(["hello"]);
    expect(await completes("plugins", "unlink", "")).toEqual([]);
    expect(await completes("plugins", "registry", "")).toEqual(["check"]);
    expect(await completes("plugins", "remove", "--d")).toEqual(["--dry-run", "--debug"]);
    expect(await completes("plugins", "link", "--")).toEqual(["--offline", "--yes", "--json", "--help", "--debug"]);
  });
});
