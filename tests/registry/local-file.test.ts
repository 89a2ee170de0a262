import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { loadRegistry } from "../../packages/ai-cli/src/manager/registry/load-registry.ts";
import type { Registry } from "../../packages/ai-cli/src/manager/registry/registry.ts";
import { tempFolder } from "../support/temp-folder.ts";

let folder: string;
let file: string;
let home: string;
beforeEach(() => {
  folder = tempFolder("registry");
  file = join(folder, "my registry.json");
  home = tempFolder("home");
  vi.stubEnv("D0TTINO_HOME", home);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

function load(wanted = file, cwd?: string): Promise<Registry> {
  vi.stubEnv("PLUGIN_REGISTRY_URL", wanted);
  const onWarning = (line: string): never => {
    throw new Error(line);
  };
  return loadRegistry({ shipped: "/nowhere/plugin-registry.json", onWarning, cwd });
}

function write(value: unknown): void {
  writeFileSync(file, typeof value === "string" || value instanceof Uint8Array ? value : JSON.stringify(value));
}

describe("a registry on this machine", () => {
  it("is read each time, and never kept", async () => {
    write({ plugins: { a: "x" } });
    const elsewhere = tempFolder("elsewhere");
    for (const [wanted, cwd] of [
      [file, elsewhere],
      ["my registry.json", folder],
      ["./my registry.json", folder],
      [join("..", "registry", "my registry.json"), folder],
      [pathToFileURL(file).href, elsewhere],
    ] as const) {
      const registry = await load(wanted, cwd);
      expect(registry.find("backend", "a")?.spec).toBe("x");
      expect(registry.origin).toEqual({ kind: "file", path: file });
    }
    write({ plugins: { b: "x" } });
    expect((await load()).entries.map(({ name }) => name)).toEqual(["b"]);
    expect(readdirSync(home)).toEqual([]);
  });

  it("needs to say no ecosystem", async () => {
    write({ my_backend: "my-package" });
    expect((await load()).entries).toHaveLength(1);
  });

  it("may be the one of this repository", async () => {
    const registry = await load("plugin-registry.json", resolve(import.meta.dirname, "../.."));
    expect(registry.find(undefined, "openrouter")?.dir).toBe(
      resolve(import.meta.dirname, "../../examples/plugins/openrouter"),
    );
  });
});

describe("its faults are errors", () => {
  it.each([
    ["is not there", () => {}, "there is no such file"],
    ["is a folder", () => mkdirSync(file), "it is a folder"],
    ["is a pipe that nobody writes to", () => execFileSync("mkfifo", [file]), "it is not a file"],
    ["is too large", () => write(Buffer.alloc(2 * 1024 * 1024 + 1, " ")), "larger than the 2 MiB"],
    ["is not UTF-8", () => write(Buffer.from([0x22, 0xff, 0x22])), "it is not UTF-8"],
  ])("when it %s", async (_what, make, why) => {
    make();
    await expect(load()).rejects.toMatchObject({
      code: "bad-config",
      message: expect.stringMatching(new RegExp(`my registry\\.json cannot be read: .*${why}`)),
      hint: expect.stringContaining("PLUGIN_REGISTRY_URL"),
    });
  });

  it("with file and line", async () => {
    write('{"plugins": {\n"a": "x",\n"b": "git+ssh://x",\n}}');
    await expect(load()).rejects.toThrow(`${file}:4: this is not JSON`);
    write('{"plugins": {\n"a": "x",\n"b": "git+ssh://x"\n}}');
    await expect(load()).rejects.toThrow(`${file}:3: "git+ssh://x", the package of "b", is not a package of npm.`);
  });
});

describe("a folder beside it", () => {
  /** Where the entry of a path leads. */
  async function folderAt(path: string): Promise<string | undefined> {
    write({ plugins: { a: { package: "x", path } } });
    return (await load()).find("backend", "a")?.dir;
  }

  it("is found, whatever the current directory is", async () => {
    mkdirSync(join(folder, "plugins/..odd"), { recursive: true });
    expect(await folderAt("./plugins")).toBe(join(folder, "plugins"));
    expect(await folderAt("plugins/../plugins/..odd/")).toBe(join(folder, "plugins/..odd"));
    expect(await folderAt(join(folder, "plugins"))).toBe(join(folder, "plugins"));
    mkdirSync(join(folder, "..odd"));
    expect(await folderAt("..odd")).toBe(join(folder, "..odd"));
    symlinkSync("plugins", join(folder, "link"));
    expect(await folderAt("link")).toBe(join(folder, "plugins"));
  });

  it("is beside the file that a link to it leads to", async () => {
    mkdirSync(join(folder, "plugin"));
    write({ plugins: { a: { package: "x", path: "plugin" } } });
    const link = join(tempFolder("links"), "link.json");
    symlinkSync(file, link);
    expect((await load(link)).entries[0]?.dir).toBe(join(folder, "plugin"));
  });

  it.each(["..", "../", "../outside", "plugin/../../outside", "/", "/etc", "link", "link/deeper"])(
    "is not one outside: %s",
    async (path) => {
      mkdirSync(join(folder, "../outside/deeper"), { recursive: true });
      mkdirSync(join(folder, "plugin"));
      symlinkSync("../outside", join(folder, "link"));
      await expect(folderAt(path)).rejects.toThrow(
        `${file}:1: "path" of "a" is ${JSON.stringify(path)}, which leads out of the folder of the registry.`,
      );
    },
  );

  it.each(["gone", "file.txt", "loop"])("is a folder: %s", async (path) => {
    writeFileSync(join(folder, "file.txt"), "");
    symlinkSync("loop", join(folder, "loop"));
    await expect(folderAt(path)).rejects.toThrow(`is "${path}", which is not a folder beside the registry.`);
  });

  it("has no name that cuts another short", async () => {
    mkdirSync(join(folder, "plugin"));
    await expect(folderAt("plugin\0/../..")).rejects.toThrow('"path" of "a" must be a folder beside the registry.');
  });
});
