import { spawnSync } from "node:child_process";
import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { addFile } from "../../packages/llm/src/models/add-file.ts";
import { ggufFile, ggufHeader } from "../support/gguf.ts";
import { runCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

const LICENCE = { "general.license": "apache-2.0" };

/** A file in a folder of its own. */
function fileWith(name: string, bytes: Uint8Array): string {
  const path = join(tempFolder("files"), name);
  writeFileSync(path, bytes);
  return path;
}

describe("models add PATH", () => {
  it("links a file, and tells programs of it", async () => {
    const [home, cwd] = [tempFolder("home"), tempFolder("work")];
    const path = fileWith("My Model (v2).gguf", ggufFile(3000, LICENCE));
    symlinkSync(path, join(cwd, "relative"));
    const added = await runCli(["models", "add", "./relative", "--name", "Mine", "--json"], { home, cwd });
    const linked = join(home, "models/mine.gguf");
    expect([added.code, JSON.parse(added.stdout)]).toEqual([
      0,
      {
        name: "mine",
        path: linked,
        bytes: 3000,
        sha256: null,
        source: path,
        licence: "apache-2.0",
        kind: "linked",
        wasThere: false,
      },
    ]);
    expect(readlinkSync(linked)).toBe(path);
    expect((await runCli(["models", "add", path], { home })).stderr).toBe(
      `my-model-v2 is a link to ${path} now (0.0 MB).\n`,
    );
    expect((await runCli(["models", "list"], { home })).stdout).toBe(
      "NAME         SIZE    LICENCE     FROM\n" +
        `mine         0.0 MB  apache-2.0  ${path} (linked)\n` +
        `my-model-v2  0.0 MB  apache-2.0  ${path} (linked)\n`,
    );
  });

  it("succeeds again with the same file, and takes no other under its name", async () => {
    const home = tempFolder("home");
    const path = fileWith("m.gguf", ggufFile(3000));
    const other = fileWith("m.gguf", ggufFile(3000));
    await runCli(["models", "add", path], { home });
    expect(await runCli(["models", "add", path], { home })).toMatchObject({
      code: 0,
      stderr: `m is on this machine already: ${path} (0.0 MB).\n`,
    });
    const refused = await runCli(["models", "add", other, "--json"], { home });
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({
      error: { code: "model-exists", hint: expect.stringContaining("ai-cli models rm m") },
    });
    expect(readlinkSync(join(home, "models/m.gguf"))).toBe(path);
  });

  it("is done once by two at once", async () => {
    const home = tempFolder("home");
    const path = fileWith("m.gguf", ggufFile(3000));
    const runs = await Promise.all([1, 2].map(() => runCli(["models", "add", path], { home })));
    expect(runs.map((run) => run.code)).toEqual([0, 0]);
    expect(runs.filter((run) => run.stderr.includes("already"))).toHaveLength(1);
  });

  it.each<[string, () => string, string]>([
    ["a missing file", () => join(tempFolder(), "gone.gguf"), "There is no file "],
    ["a folder", () => tempFolder("a-folder"), " is a folder.\nName the GGUF file in it."],
    ["an empty file", () => fileWith("m.gguf", Buffer.alloc(0)), "m.gguf is empty."],
    ["something else", () => fileWith("m.gguf", Buffer.from("PK\u0003\u0004")), "m.gguf is no GGUF file"],
    ["a web page", () => fileWith("m.gguf", Buffer.from("<html>")), "m.gguf is a web page and no GGUF file"],
    ["magic alone", () => fileWith("m.gguf", Buffer.from("GGUF")), "m.gguf is cut off: it ends within its header."],
    ["half a header", () => fileWith("m.gguf", ggufHeader(LICENCE).subarray(0, -5)), "m.gguf is cut off"],
    ["a device", () => "/dev/null", "/dev/null is no regular file."],
    [
      "a pipe",
      () => {
        const pipe = join(tempFolder(), "pipe");
        spawnSync("mkfifo", [pipe]);
        return pipe;
      },
      "pipe is no regular file.",
    ],
  ])("refuses %s", async (_what, make, message) => {
    const home = tempFolder("home");
    const { code, stdout, stderr } = await runCli(["models", "add", make()], { home });
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(message);
    expect(existsSync(join(home, "models"))).toBe(false);
  });

  it.each([
    [["add"], "Give one path or URL"],
    [["add", "a", "b"], "Give one path or URL"],
    [["add", "m.gguf", "--name", "../m"], "cannot be the name of a model"],
    [["add", "---.gguf"], "--help lists the options"],
    [["add", "./-.gguf"], "No name can be made"],
    [["add", "ftp://host/m.gguf"], "is not an http or https URL"],
    [["add", "http://user:word@host/m.gguf"], "a user name or a password, which are never sent"],
    [["list", "m"], "takes no names"],
    [["rm"], "Name what to remove"],
    [["rm", "../m"], "cannot be the name of a model"],
    [["pull"], "The catalogue has smollm2"],
    [["list", "--name", "m"], "--name goes with"],
  ])("is told as wrong usage: %j", async (args, message) => {
    const { code, stdout, stderr } = await runCli(["models", ...args]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });

  it("says so when the folder of models cannot be written", async () => {
    const home = tempFolder("home");
    writeFileSync(join(home, "models"), "");
    const { code, stderr } = await runCli(["models", "add", fileWith("m.gguf", ggufFile(3000))], { home });
    expect(code).toBe(1);
    expect(stderr).toContain(join(home, "models"));
    expect(stderr).not.toContain("Unexpected");
  });
});

describe("addModel", () => {
  const refusing = (): never => {
    throw Object.assign(new Error("not permitted"), { code: "EPERM" });
  };

  it.each([
    ["a hard link where no symbolic one is allowed", [refusing, linkSync], "linked"],
    ["a copy where no link is allowed", [refusing, refusing], "copied"],
  ] as const)("makes %s", async (_what, links, kind) => {
    vi.stubEnv("D0TTINO_HOME", tempFolder("home"));
    const path = fileWith("m.gguf", ggufFile(3000));
    const options = { signal: new AbortController().signal, onNote: vi.fn(), links };
    const added = await addFile(path, "m", options);
    expect(added).toMatchObject({ kind, wasThere: false });
    expect(lstatSync(added.path).isFile()).toBe(true);
    expect(readFileSync(added.path).equals(readFileSync(path))).toBe(true);
    expect(await addFile(path, "m", options)).toMatchObject({ wasThere: true });
    const other = addFile(fileWith("m.gguf", ggufFile(3000)), "m", options);
    await expect(other).rejects.toMatchObject({ code: "model-exists" });
  });

  it("copies nothing where there is no room, and leaves nothing behind", async () => {
    const home = tempFolder("home");
    vi.stubEnv("D0TTINO_HOME", home);
    const path = fileWith("m.gguf", ggufFile(3000));
    const options = { signal: new AbortController().signal, onNote: vi.fn(), links: [refusing] };
    await expect(addFile(path, "m", { ...options, freeSpace: async () => 2999 })).rejects.toMatchObject({
      code: "io-failed",
      message: expect.stringContaining("The disk has no room for it"),
    });
    expect(readdirSync(join(home, "models"))).toEqual([".m.lock"]);
  });
});

describe("models rm", () => {
  it("removes the link and not the file, and succeeds where there is nothing", async () => {
    const home = tempFolder("home");
    const path = fileWith("m.gguf", ggufFile(3000));
    await runCli(["models", "add", path], { home });
    const { code, stderr } = await runCli(["models", "rm", "M", "gone"], { home });
    expect([code, stderr]).toEqual([
      0,
      "The link m is removed; the file that it led to stays.\nNo model called gone is on this machine.\n",
    ]);
    expect(existsSync(path)).toBe(true);
    expect(readdirSync(join(home, "models"))).toEqual([".m.lock"]);
    expect(JSON.parse((await runCli(["models", "rm", "m", "--json"], { home })).stdout)).toEqual([
      { name: "m", removed: "nothing" },
    ]);
  });

  it("removes what somebody put there, whatever it is called", async () => {
    const home = tempFolder("home");
    mkdirSync(join(home, "models"));
    writeFileSync(join(home, "models/My Model.gguf"), ggufFile(3000));
    expect((await runCli(["models", "list"], { home })).stdout).toContain("My Model  0.0 MB  unknown  unknown\n");
    expect((await runCli(["models", "rm", "My Model"], { home })).stderr).toBe("My Model is removed.\n");
    expect(existsSync(join(home, "models/My Model.gguf"))).toBe(false);
  });
});

describe("a linked model whose file is gone", () => {
  it("is listed as missing, and can be removed or linked anew", async () => {
    const home = tempFolder("home");
    const path = fileWith("m.gguf", ggufFile(3000, LICENCE));
    const other = fileWith("m.gguf", ggufFile(3000));
    await runCli(["models", "add", path], { home });
    rmSync(path);
    expect((await runCli(["models", "list"], { home })).stdout).toContain(
      `m     missing  apache-2.0  ${path} (linked)\n`,
    );
    expect(JSON.parse((await runCli(["models", "list", "--json"], { home })).stdout)).toMatchObject([
      { name: "m", status: "missing", bytes: null, linked: true },
    ]);
    expect((await runCli(["models", "add", other], { home })).code).toBe(1);
    expect((await runCli(["models", "rm", "m"], { home })).code).toBe(0);
    expect(lstatSync(join(home, "models/m.gguf"), { throwIfNoEntry: false })).toBeUndefined();
    expect((await runCli(["models", "add", other], { home })).code).toBe(0);
  });
});

it("models list says how to get one where there is none", async () => {
  const { code, stdout, stderr } = await runCli(["models", "list"]);
  expect([code, stdout]).toEqual([0, ""]);
  expect(stderr).toContain("ai-cli models pull NAME");
});
