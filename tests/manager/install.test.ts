import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { backendSource, startNpmRegistry, writePackage, type NpmRegistry } from "../support/npm-registry.ts";
import { startRawServer, until } from "../support/fault-server.ts";
import { runCli, startCli, type RunResult } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

interface Place {
  readonly registry: NpmRegistry;
  readonly home: string;
  run(...args: string[]): Promise<RunResult>;
  says(backend: string): Promise<string>;
}

/** A clean home, an empty registry of npm, and a registry of plug-ins with so many names. */
async function place(plugins: Readonly<Record<string, unknown>> = {}): Promise<Place> {
  const registry = await startNpmRegistry();
  const home = tempFolder("home with ünicode");
  const file = join(tempFolder("registry"), "plugin-registry.json");
  writeFileSync(file, JSON.stringify({ ecosystem: "npm", plugins, recipes: {} }));
  const env = { ...registry.env, PLUGIN_REGISTRY_URL: file };
  const run = (...args: string[]): Promise<RunResult> => runCli(args, { home, env });
  return {
    registry,
    home,
    run,
    says: async (backend) => {
      const { stdout, stderr } = await run("send", "-b", backend, "hi");
      return stdout.trim() || stderr.trim();
    },
  };
}

/** Everything that is left of unfinished work. */
function leftovers(home: string): string[] {
  const [current, previous] = ["current", "previous"].map((name) => {
    const file = join(home, "plugins", name);
    return existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
  });
  return readdirSync(join(home, "plugins/generations")).filter((name) => name !== current && name !== previous);
}

describe("plugins install", () => {
  it("installs a name of the registry, which answers, and removes it again", async () => {
    const { registry, run, says } = await place({ hello: "hello-plugin" });
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

  it("goes to another version and back, and keeps the old one when the new one is no good", async () => {
    const { registry, run, says, home } = await place({ hello: "hello-plugin" });
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

  it("gives each plug-in the dependencies that it asks for, also when they contradict each other", async () => {
    const { registry, run, says } = await place();
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

  it("installs a folder as a copy, with its dependencies, and a tarball", async () => {
    const { registry, run, says } = await place();
    registry.publish({
      name: "dep",
      version: "1.0.0",
      type: "module",
      exports: "./i.js",
      files: { "i.js": "export default 1;" },
    });
    const dir = writePackage(backendSource("local", "1.0.0", { dependencies: { dep: "1.0.0" } }));
    expect((await run("plugins", "install", "--yes", dir)).stderr).toBe("local-plugin 1.0.0 is installed (local).\n");
    rmSync(dir, { recursive: true });
    expect(await says("local")).toBe("local 1.0.0 dep=1");
    registry.publish(backendSource("packed", "1.0.0"));
    const tarball = join(tempFolder("tarball"), "some.tgz");
    writeFileSync(tarball, registry.tarballs.get("packed-plugin/-/1.0.0.tgz") ?? "");
    expect((await run("plugins", "install", "--yes", tarball)).code).toBe(0);
    rmSync(tarball);
    registry.publish(backendSource("third", "1.0.0"));
    expect((await run("plugins", "install", "--yes", "npm:third-plugin")).code).toBe(0);
    expect([await says("local"), await says("packed")]).toEqual(["local 1.0.0 dep=1", "packed 1.0.0"]);
  });

  it("links a folder, which is used as it is at each start", async () => {
    const { run, says } = await place();
    const dir = writePackage(backendSource("linked", "1.0.0"));
    expect((await run("plugins", "link", dir)).stderr).toBe(`linked-plugin 1.0.0 is linked from ${dir} (linked).\n`);
    expect(await says("linked")).toBe("linked 1.0.0");
    writeFileSync(join(dir, "index.js"), 'export const run = () => "changed";\n');
    expect(await says("linked")).toBe("changed");
    expect((await run("plugins", "unlink", "linked")).stderr).toBe(
      "linked-plugin is linked no more; its folder stays.\n",
    );
    expect((await run("plugins", "unlink", "linked")).stderr).toBe("linked is not linked.\n");
    await run("plugins", "link", dir);
    expect((await run("plugins", "unlink", dir)).stderr).toBe("linked-plugin is linked no more; its folder stays.\n");
    expect(existsSync(join(dir, "index.js"))).toBe(true);
  });

  it("lets each name succeed or fail alone, and tells a program of each", async () => {
    const { registry, run, says } = await place({ good: "good-plugin", gone: "gone-plugin", other: "other-plugin" });
    registry.publish(backendSource("good", "1.0.0"));
    registry.publish(backendSource("other", "1.0.0"));
    const { code, stdout } = await run("plugins", "install", "good", "gone", "other", "--json");
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject([
      { name: "good", package: "good-plugin", version: "1.0.0", error: null },
      {
        name: "gone",
        error: { code: "install-failed", message: expect.stringContaining("no such package") as string },
      },
      { name: "other", package: "other-plugin", version: "1.0.0", error: null },
    ]);
    expect([await says("good"), await says("other")]).toEqual(["good 1.0.0", "other 1.0.0"]);
  });

  it("runs no script of a package", async () => {
    const { registry, run, home } = await place({ script: "script-plugin" });
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

describe("plugins install refuses", () => {
  it.each([
    ["a package that is no plug-in", { name: "hello-plugin", version: "1.0.0" }, 'no "entryPoints"'],
    [
      "another name than it has in the registry",
      { ...backendSource("else", "1.0.0"), name: "hello-plugin" },
      'it brings no backend "hello"',
    ],
    ["a file that is missing", { ...backendSource("hello", "1.0.0"), files: {} }, "its file index.js is missing"],
    [
      "an entry outside the package",
      backendSource("hello", "1.0.0", { entryPoints: { "llm.plugins": { hello: "../x.js" } } }),
      "points outside the package",
    ],
    [
      "a newer SDK",
      backendSource("hello", "1.0.0", {
        peerDependencies: { "@d0ttino/plugin-sdk": "^9.0.0" },
        peerDependenciesMeta: { "@d0ttino/plugin-sdk": { optional: true } },
      }),
      "it needs @d0ttino/plugin-sdk ^9.0.0",
    ],
    [
      "another version of Node",
      backendSource("hello", "1.0.0", { engines: { node: ">=99" } }),
      "does not run on this version of Node",
    ],
    [
      "TypeScript",
      {
        ...backendSource("hello", "1.0.0", { entryPoints: { "llm.plugins": { hello: "./index.ts" } } }),
        files: { "index.ts": "" },
      },
      "is TypeScript",
    ],
  ])("%s, and leaves nothing behind", async (_what, source, told) => {
    const { registry, run, home } = await place({ hello: "hello-plugin" });
    registry.publish(source);
    const { code, stdout, stderr } = await run("plugins", "install", "hello");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(told);
    expect(stderr).toContain("hello-plugin");
    expect(existsSync(join(home, "plugins/current"))).toBe(false);
    expect(leftovers(home)).toEqual([]);
  });

  it("a name that another plug-in has", async () => {
    const { registry, run, says } = await place();
    registry.publish(backendSource("hello", "1.0.0"));
    registry.publish({ ...backendSource("hello", "2.0.0"), name: "thief" });
    await run("plugins", "install", "--yes", "npm:hello-plugin");
    const { code, stderr } = await run("plugins", "install", "--yes", "npm:thief");
    expect(code).toBe(1);
    expect(stderr).toContain('the backend "hello" is hello-plugin\'s already');
    expect(await says("hello")).toBe("hello 1.0.0");
  });

  it("a version that was published a second time, and a tarball that was swapped", async () => {
    const { registry, run, says } = await place({ hello: "hello-plugin" });
    registry.publish(backendSource("hello", "1.0.0"));
    await run("plugins", "install", "hello");
    registry.publish(backendSource("hello", "1.0.0", { description: "another" }));
    const again = await run("plugins", "install", "hello");
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining("was published a second time")]);
    registry.publish(backendSource("hello", "2.0.0"));
    registry.tarballs.set("hello-plugin/-/2.0.0.tgz", registry.tarballs.get("hello-plugin/-/1.0.0.tgz") ?? Buffer.of());
    const swapped = await run("plugins", "install", "hello");
    expect([swapped.code, swapped.stderr]).toEqual([
      1,
      expect.stringContaining("what came is not what the registry of npm promised"),
    ]);
    expect(await says("hello")).toBe("hello 1.0.0");
  });

  it("a package with another SHA-512 than the registry has", async () => {
    const { registry, run } = await place({
      hello: { package: "hello-plugin", version: "1.0.0", integrity: `sha512-${Buffer.alloc(64).toString("base64")}` },
    });
    registry.publish(backendSource("hello", "1.0.0"));
    const { code, stderr } = await run("plugins", "install", "hello");
    expect([code, stderr]).toEqual([1, expect.stringContaining("its SHA-512 is another")]);
  });

  it.each([
    ["npm:git+ssh://git@example.org/x", 2],
    ["npm:foo@npm:bar", 2],
    ["npm:../x", 2],
    ["npm:http://example.org/x.tgz", 2],
    ["__proto__", 2],
    ["constructor", 2],
    ["Käse", 2],
    ["hello@git+ssh://x", 2],
    ["unknown-name", 2],
    ["./no-such-folder", 1],
  ])("%s, without asking anybody", async (word, exitCode) => {
    const { registry, run } = await place({ hello: "hello-plugin" });
    const { code, stdout, stderr } = await run("plugins", "install", "--yes", word);
    expect([code, stdout]).toEqual([exitCode, ""]);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(registry.asked).toEqual([]);
  });

  it("what is not in the registry, without a terminal and without --yes", async () => {
    const { registry, run } = await place();
    registry.publish(backendSource("hello", "1.0.0"));
    const { code, stderr } = await run("plugins", "install", "npm:hello-plugin");
    expect([code, stderr]).toEqual([2, expect.stringContaining("--yes")]);
    expect(registry.asked).toEqual([]);
  });

  it("to go on without a network when npm's cache does not have it", async () => {
    const { registry, run } = await place({ hello: "hello-plugin" });
    registry.publish(backendSource("hello", "1.0.0"));
    const { code, stderr } = await run("plugins", "install", "hello", "--offline");
    expect([code, stderr]).toEqual([1, expect.stringContaining("not in npm's cache")]);
    expect(registry.asked).toEqual([]);
  });
});

describe("plugins update", () => {
  it("takes the registry's version of what is named, of all when nothing is, and of the rest what was asked for", async () => {
    const { registry, run, says } = await place({ hello: "hello-plugin" });
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
      code: 1,
      stderr: expect.stringContaining("nothere is not installed") as string,
    });
  });

  it("keeps the old version when the new one is no good, and goes on with the others", async () => {
    const { registry, run, says } = await place({ bad: "bad-plugin", good: "good-plugin" });
    for (const name of ["bad", "good"]) registry.publish(backendSource(name, "1.0.0"));
    await run("plugins", "install", "bad", "good");
    registry.publish({ ...backendSource("bad", "2.0.0"), files: {} });
    registry.publish(backendSource("good", "2.0.0"));
    expect((await run("plugins", "update")).code).toBe(1);
    expect([await says("bad"), await says("good")]).toEqual(["bad 1.0.0", "good 2.0.0"]);
  });
});

describe("plugins recipes sync", () => {
  /** A folder with a registry of recipes, whose packages lie beside it. */
  function recipes(...names: string[]): { file: string; folder(name: string): string } {
    const root = tempFolder("recipes");
    const folder = (name: string): string => join(root, name);
    for (const name of names) {
      mkdirSync(folder(name));
      const manifest = { name: `${name}-recipe`, version: "1.0.0", type: "module" };
      const entryPoints = { "d0ttino.recipes": { [name]: "./index.js" } };
      writeFileSync(join(folder(name), "package.json"), JSON.stringify({ ...manifest, entryPoints }));
      writeFileSync(join(folder(name), "index.js"), `export const run = () => ["echo ${name} 1"];\n`);
    }
    const entry = (name: string): object => ({ package: `${name}-recipe`, path: `./${name}` });
    const file = join(root, "plugin-registry.json");
    const entries = Object.fromEntries(names.map((name) => [name, entry(name)]));
    writeFileSync(file, JSON.stringify({ ecosystem: "npm", plugins: {}, recipes: entries }));
    return { file, folder };
  }

  it("brings every recipe, keeps the old copy of one that fails, and is quiet about what is unchanged", async () => {
    const { file, folder } = recipes("one", "two");
    const run = {
      home: tempFolder("home"),
      env: { PLUGIN_REGISTRY_URL: file, npm_config_registry: "http://127.0.0.1:9/" },
    };
    expect(await runCli(["plugins", "recipes", "sync"], run)).toMatchObject({
      code: 0,
      stderr: "one-recipe 1.0.0 is installed (one).\ntwo-recipe 1.0.0 is installed (two).\n",
    });
    expect((await runCli(["recipe", "two", "--yes"], run)).stdout).toBe("two 1\n");
    writeFileSync(join(folder("one"), "index.js"), 'export const run = () => ["echo one 2"];\n');
    rmSync(join(folder("two"), "index.js"));
    const again = await runCli(["plugins", "recipes", "sync"], run);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain("two-recipe was not installed: its file index.js is missing");
    expect((await runCli(["recipe", "one", "--yes"], run)).stdout).toBe("one 2\n");
    expect((await runCli(["recipe", "two", "--yes"], run)).stdout).toBe("two 1\n");
    const third = await runCli(["plugins", "recipes", "sync", "--json"], run);
    expect(JSON.parse(third.stdout)).toMatchObject([{ name: "one", before: "1.0.0" }, { name: "two" }]);
  });

  it("goes to another folder when that is asked for", async () => {
    const { file } = recipes("one");
    const dest = join(tempFolder("dest"), "here");
    const run = { home: tempFolder("home"), env: { PLUGIN_REGISTRY_URL: file } };
    expect((await runCli(["plugins", "recipes", "sync", "--dest", dest], run)).code).toBe(0);
    expect(existsSync(join(dest, "current"))).toBe(true);
    expect((await runCli(["recipe", "one"], run)).stderr).toContain('There is no recipe "one"');
    expect((await runCli(["plugins", "sync"], run)).code).toBe(2);
    expect((await runCli(["plugins", "list", "--dest", dest], run)).code).toBe(2);
  });
});

describe("the plug-in home", () => {
  it("records eight installs at once", async () => {
    const names = Array.from({ length: 8 }, (_, at) => `p${at}`);
    const { registry, run, says } = await place();
    for (const name of names) registry.publish(backendSource(name, "1.0.0"));
    const results = await Promise.all(names.map((name) => run("plugins", "install", "--yes", `npm:${name}-plugin`)));
    // With what they said, because who fails says why.
    expect(results.map(({ code, stderr }) => [code, stderr])).toEqual(
      names.map((name) => [0, expect.stringContaining(`${name}-plugin 1.0.0 is installed (${name}).\n`) as string]),
    );
    for (const name of names) expect(await says(name)).toBe(`${name} 1.0.0`);
  });

  it("is whole after kill -9 at any moment, and the next command works at once", async () => {
    const { registry, run, says, home } = await place();
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

  it("ends at Ctrl-C while npm's registry does not answer, and the next command works at once", async () => {
    const { registry, run, says, home } = await place();
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

  it("lets a plug-in be removed that cannot be imported", async () => {
    const { registry, run, says } = await place();
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

describe("plugins list", () => {
  it("shows what the registry has and what is installed, for a person and for a program", async () => {
    const { registry, run } = await place({
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
