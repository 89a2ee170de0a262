import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, readFileSync, renameSync, rmSync, statfsSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { managerPlace } from "../support/manager-place.ts";
import { canMount, makeReadOnly, mountedFolder } from "../support/mounted-folder.ts";
import { backendSource, writePackage } from "../support/npm-registry.ts";
import { CLI_PACKAGE, runCli, type RunResult } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

interface Machine {
  run(...args: string[]): Promise<RunResult>;
  says(backend: string): Promise<string>;
}

function machine(home: string, env: Readonly<Record<string, string>>): Machine {
  const run = (...args: string[]): Promise<RunResult> => runCli(args, { home, env });
  return { run, says: async (backend) => (await run("send", "-b", backend, "hi")).stdout.trim() };
}

describe("the plug-in home", () => {
  it("may have any name", async () => {
    const { registry, env } = await managerPlace();
    const home = join(tempFolder(), "a b %20%2f #x?y 'q' \"Q\" ünï 日本 🎉 $HOME `id` [g]*{a,b} -rf;&\n@x");
    mkdirSync(home);
    const { run, says } = machine(home, env);
    registry.publish(backendSource("hello", "1.0.0"));
    const dir = writePackage(backendSource("local", "1.0.0"));
    expect(await run("plugins", "install", "--yes", "npm:hello-plugin", dir)).toMatchObject({ code: 0 });
    expect([await says("hello"), await says("local")]).toEqual(["hello 1.0.0", "local 1.0.0"]);
    expect((await run("plugins", "remove", "hello")).code).toBe(0);
    expect((await run("plugins", "rollback")).code).toBe(0);
    expect([await says("hello"), await says("local")]).toEqual(["hello 1.0.0", "local 1.0.0"]);
  });

  it("may lie behind a link, and may be moved", async () => {
    const { registry, env } = await managerPlace();
    const root = tempFolder();
    mkdirSync(join(root, "real"));
    symlinkSync("real", join(root, "link"));
    registry.publish(backendSource("hello", "1.0.0"));
    const dir = writePackage(backendSource("local", "1.0.0"));
    const linked = machine(join(root, "link"), env);
    expect(await linked.run("plugins", "install", "--yes", "npm:hello-plugin", dir)).toMatchObject({ code: 0 });
    expect([await linked.says("hello"), await linked.says("local")]).toEqual(["hello 1.0.0", "local 1.0.0"]);
    renameSync(join(root, "real"), join(root, "moved"));
    const moved = machine(join(root, "moved"), env);
    expect([await moved.says("hello"), await moved.says("local")]).toEqual(["hello 1.0.0", "local 1.0.0"]);
    registry.publish(backendSource("hello", "2.0.0"));
    expect((await moved.run("plugins", "update", "hello")).code).toBe(0);
    expect([await moved.says("hello"), await moved.says("local")]).toEqual(["hello 2.0.0", "local 1.0.0"]);
  });

  it("needs no HOME", async () => {
    const { registry, env } = await managerPlace();
    registry.publish(backendSource("hello", "1.0.0"));
    const { run, says } = machine(tempFolder("home"), { ...env, HOME: "" });
    expect((await run("plugins", "install", "--yes", "npm:hello-plugin")).code).toBe(0);
    expect(await says("hello")).toBe("hello 1.0.0");
  });

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
    expect(readFileSync(join(home, "plugins/generations"), "utf8")).toBe("a file in the way");
  });

  it.skipIf(!canMount)(
    "that can only be read says so, and what is installed answers (skipped without root)",
    async () => {
      const { registry, env } = await managerPlace();
      const home = mountedFolder(8192);
      const { run, says } = machine(home, env);
      registry.publish(backendSource("kept", "1.0.0"));
      registry.publish(backendSource("more", "1.0.0"));
      await run("plugins", "install", "--yes", "npm:kept-plugin");
      makeReadOnly(home);
      for (const args of [
        ["install", "--yes", "npm:more-plugin"],
        ["remove", "kept"],
        ["rollback"],
        ["link", writePackage(backendSource("l", "1.0.0"))],
      ]) {
        const { code, stderr } = await run("plugins", ...args);
        if (args[0] === "rollback") expect([code, stderr]).toEqual([0, "There is no state before this one.\n"]);
        else
          expect([code, stderr]).toEqual([
            1,
            expect.stringContaining("cannot be written: EROFS: read-only file system"),
          ]);
      }
      expect(await says("kept")).toBe("kept 1.0.0");
      expect((await run("plugins", "list")).code).toBe(0);
    },
  );

  it.skipIf(!canMount)("on a full disk says so, and what is installed answers (skipped without root)", async () => {
    const { registry, env } = await managerPlace();
    const home = mountedFolder(4096);
    const { run, says } = machine(home, env);
    registry.publish(backendSource("kept", "1.0.0"));
    registry.publish(backendSource("small", "1.0.0"));
    registry.publish(backendSource("big", "1.0.0", { files: { big: randomBytes(5e6).toString("hex") } }));
    expect((await run("plugins", "install", "--yes", "npm:kept-plugin")).code).toBe(0);
    const big = await run("plugins", "install", "--yes", "npm:big-plugin");
    expect([big.code, big.stderr]).toEqual([1, expect.stringContaining("the disk is full.\nMake room")]);
    let refused = 0;
    for (const left of [0, 4, 12, 24, 36, 64]) {
      const { bavail, bsize } = statfsSync(home);
      writeFileSync(join(home, "filler"), Buffer.alloc(Math.max(0, bavail * bsize - left * 1024)));
      const { code, stderr } = await run("plugins", "install", "--yes", "npm:small-plugin");
      expect(await says("kept")).toBe("kept 1.0.0");
      if (code === 0) expect(await says("small")).toBe("small 1.0.0");
      else {
        refused += 1;
        expect([code, stderr]).toEqual([1, expect.stringContaining("the disk is full.\nMake room")]);
      }
      rmSync(join(home, "filler"));
      expect((await run("plugins", "remove", "small")).code).toBe(0);
    }
    expect(refused).toBeGreaterThan(2);
    expect((await run("plugins", "install", "--yes", "npm:small-plugin")).code).toBe(0);
  });
});

describe("a package", () => {
  it.skipIf(process.platform === "win32")("is refused when a file of it could not be written whole", async () => {
    const { registry, env } = await managerPlace();
    const home = tempFolder("home");
    const { run, says } = machine(home, env);
    registry.publish(backendSource("first", "1.0.0"));
    registry.publish(backendSource("large", "1.0.0", { files: { "z.js": `/* ${"x".repeat(2 ** 21)} */` } }));
    registry.publish({ ...backendSource("needy", "1.0.0"), dependencies: { "large-plugin": "1.0.0" } });
    const limited = async (spec: string): Promise<string> => {
      const command = `ulimit -f 2048; exec ${JSON.stringify(process.execPath)} "$@"`;
      const words = [join(CLI_PACKAGE, "bin/ai-cli.cjs"), "plugins", "install", "--yes", spec];
      const place = { ...env, PATH: process.env["PATH"], HOME: home, D0TTINO_HOME: home };
      const child = spawn("sh", ["-c", command, "sh", ...words], { env: place, stdio: ["ignore", "ignore", "pipe"] });
      let said = "";
      child.stderr.setEncoding("utf8").on("data", (part: string) => (said += part));
      const [status] = (await once(child, "close")) as [number | null];
      return `${status} ${said}`;
    };
    expect(await limited("npm:first-plugin")).toContain("0 first-plugin 1.0.0 is installed");
    expect(await limited("npm:large-plugin")).toContain(
      "1 ai-cli: large-plugin could not be installed: a file of it is larger",
    );
    expect(await limited("npm:needy-plugin")).toContain(
      "a file of it is larger than files may be here (ulimit -f) (large-plugin)",
    );
    expect(await says("first")).toBe("first 1.0.0");
    expect((await run("plugins", "install", "--yes", "npm:large-plugin")).code).toBe(0);
    expect(await says("large")).toBe("large 1.0.0");
  });
});

describe("npm", () => {
  it.each(["a file", "/proc/1/nothing"])("with %s for a cache is told, and nothing is asked for", async (cache) => {
    const { registry, env } = await managerPlace();
    const file = join(tempFolder(), "a file");
    writeFileSync(file, "");
    const place = { ...env, npm_config_cache: cache === "a file" ? file : cache };
    const { run } = machine(tempFolder("home"), place);
    registry.publish(backendSource("hello", "1.0.0"));
    const { code, stderr } = await run("plugins", "install", "--yes", "npm:hello-plugin");
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/npm's cache .* cannot be written: E.*\nMake it yours, or/),
    ]);
    expect(registry.asked).toEqual([]);
  });

  it("with settings that would change what is installed is held to ours", async () => {
    const { registry, env } = await managerPlace();
    const home = tempFolder("home");
    const { run, says } = machine(home, env);
    const odd = ["force", "global", "dry-run", "package-lock-only", "legacy-peer-deps", "bin-links", "ignore-scripts"];
    const rest = [
      "package-lock=false",
      "save=false",
      "engine-strict=false",
      "install-strategy=linked",
      "omit[]=optional",
    ];
    writeFileSync(
      join(home, ".npmrc"),
      [...odd.map((name) => `${name}=true`), ...rest, "lockfile-version=1"].join("\n"),
    );
    registry.publish({
      name: "dep",
      version: "1.0.0",
      type: "module",
      exports: "./i.js",
      files: { "i.js": "export default 1;" },
    });
    registry.publish(backendSource("hello", "1.0.0", { dependencies: { dep: "1.0.0" } }));
    registry.publish(backendSource("modern", "1.0.0", { engines: { node: ">=99" } }));
    for (let time = 0; time < 2; time += 1) {
      expect(await run("plugins", "install", "--yes", "npm:hello-plugin")).toMatchObject({ code: 0 });
      expect(await says("hello")).toBe("hello 1.0.0 dep=1");
      expect((await run("plugins", "remove", "hello")).code).toBe(0);
    }
    const { code, stderr } = await run("plugins", "install", "--yes", "npm:modern-plugin");
    expect([code, stderr]).toEqual([1, expect.stringContaining("does not run on this version of Node")]);
  });
});
