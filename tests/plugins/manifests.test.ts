import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { answering, backendPackage, makePlugin, writeFiles } from "../support/make-plugin.ts";
import { runCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

/** What the CLI says when it meets a package beside a good one; the good one must answer all the same. */
async function metBeside(bad: string): Promise<string> {
  const good = backendPackage("good", answering("good", "fine"));
  const { code, stdout, stderr } = await runCli(["send", "hello", "-b", "good"], { plugins: [bad, good] });
  expect([code, stdout]).toEqual([0, "fine\n"]);
  return stderr;
}

const folder = (text: string): string => writeFiles(tempFolder("bad"), { "package.json": text });

it.concurrent("names the line of a package.json that is not JSON", async () => {
  const dir = folder('{\n  "name": "bad",\n  "version": 1.0.0\n}\n');
  expect(await metBeside(dir)).toMatch(
    /^plug-in bad \(manifest\): its package\.json is not JSON: \S+package\.json:3: .+\. Correct that line, or reinstall the package\.\n$/,
  );
});

it.concurrent("leaves a package.json of more than 1 MiB unread", async () => {
  const dir = backendPackage("large", answering("large", "hello"), { manifest: { filler: "x".repeat(1024 * 1024) } });
  expect(await metBeside(dir)).toMatch(/^plug-in large \(manifest\): its package\.json is 1024 KiB large.+\n$/);
});

it.concurrent.for([
  ["is a list", "[]", "does not hold an object"],
  ["is null", "null", "does not hold an object"],
  ["is empty", "", "the file is empty"],
  ["has no entry points", "{}", 'has no "entryPoints"'],
] as const)("tells of a package.json that %s", async ([, text, told]) => {
  const stderr = await metBeside(folder(text));
  expect(stderr).toMatch(/^plug-in bad \(manifest\): .+\n$/);
  expect(stderr).toContain(told);
});

it.concurrent.for([
  null,
  [],
  ["./index.js"],
  "./index.js",
  5,
  true,
  { "llm.plugins": null },
  { "llm.plugins": ["./index.js"] },
  { "llm.plugins": "x" },
  { "llm.plugins": {} },
])("tells of entry points that are %j", async (entryPoints) => {
  const stderr = await metBeside(folder(JSON.stringify({ name: "bad", entryPoints })));
  expect(stderr).toMatch(/^plug-in bad \(manifest\): its package\.json has no "entryPoints".+\n$/);
});

it.concurrent("reads a package.json that begins with a byte order mark", async () => {
  const dir = backendPackage("marked", answering("marked", "hello"));
  writeFiles(dir, {
    "package.json": `\uFEFF{"type": "module", "entryPoints": {"llm.plugins": {"marked": "index.js"}}}`,
  });
  expect(await runCli(["send", "hello", "-b", "marked"], { plugins: [dir] })).toMatchObject({
    code: 0,
    stdout: "hello\n",
    stderr: "",
  });
});

it.concurrent.for([null, 5, "", ["./index.js"], { default: "./index.js" }])(
  "refuses an entry point whose target is %j",
  async (target) => {
    const plugin = backendPackage("odd", answering("odd", "hello"), { backends: { odd: target } });
    const { code, stderr } = await runCli(["send", "hello", "-b", "odd"], { plugins: [plugin] });
    expect(code).toBe(1);
    expect(stderr).toContain('plug-in odd (manifest): the entry "odd" is not a path');
  },
);

it.concurrent("refuses an entry point that names an export and no file", async () => {
  const plugin = backendPackage("odd", answering("odd", "hello"), { backends: { odd: "#backend" } });
  const { code, stderr } = await runCli(["send", "hello", "-b", "odd"], { plugins: [plugin] });
  expect(code).toBe(1);
  expect(stderr).toContain('plug-in odd (manifest): the entry "odd" names no file');
});

it.concurrent.for([
  "../evil.js",
  "./a/../../evil.js",
  "..\\evil.js",
  "/etc/evil.js",
  "file:///etc/evil.js",
  "node:fs",
  "data:text/javascript,0",
  "..",
])("refuses an entry point that points outside the package: %s", async (target) => {
  const plugin = backendPackage("odd", answering("odd", "hello"), { backends: { odd: target } });
  writeFileSync(join(plugin, "..", "evil.js"), `console.error("the code ran");`);
  const { code, stderr } = await runCli(["send", "hello", "-b", "odd"], { plugins: [plugin] });
  expect(code).toBe(1);
  expect(stderr).toContain('plug-in odd (manifest): the entry "odd" points outside the package');
  expect(stderr).not.toContain("the code ran");
});

it.concurrent("refuses an entry point that a symbolic link leads outside the package", async () => {
  const outside = writeFiles(tempFolder("outside"), { "evil.js": `console.error("the code ran");` });
  const plugin = backendPackage("odd", "", { backends: { file: "./link.js", folder: "./link/evil.js" } });
  symlinkSync(join(outside, "evil.js"), join(plugin, "link.js"));
  symlinkSync(outside, join(plugin, "link"));
  for (const name of ["file", "folder"]) {
    const { code, stderr } = await runCli(["send", "hello", "-b", name], { plugins: [plugin] });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^ai-cli: plug-in odd \(file\): its file \S+ is a link that points outside the package\.\n/);
    expect(stderr).not.toContain("the code ran");
  }
});

it.concurrent("is not fooled by a folder beside the package whose name begins like the package's", async () => {
  const plugin = backendPackage("odd", "", { backends: { odd: "./link.js" } });
  writeFiles(`${plugin}-evil`, { "evil.js": `console.error("the code ran");` });
  symlinkSync(join(`${plugin}-evil`, "evil.js"), join(plugin, "link.js"));
  const { code, stderr } = await runCli(["send", "hello", "-b", "odd"], { plugins: [plugin] });
  expect(code).toBe(1);
  expect(stderr).toContain("points outside the package");
  expect(stderr).not.toContain("the code ran");
});

it.concurrent("follows a symbolic link that stays inside the package", async () => {
  const plugin = backendPackage("linked-file", answering("linked-file", "hello"), {
    backends: { "linked-file": "./link.js" },
  });
  symlinkSync("index.js", join(plugin, "link.js"));
  expect(await runCli(["send", "hello", "-b", "linked-file"], { plugins: [plugin] })).toMatchObject({
    code: 0,
    stdout: "hello\n",
  });
});

it.concurrent("tells of an entry point that is a folder", async () => {
  const plugin = backendPackage("odd", answering("odd", "hello"), { backends: { odd: "./dist" } });
  mkdirSync(join(plugin, "dist"));
  const { code, stderr } = await runCli(["send", "hello", "-b", "odd"], { plugins: [plugin] });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^ai-cli: plug-in odd \(import\): .+\n.+\n$/);
});

it.concurrent("tells of a folder on the plug-in path that is not there", async () => {
  const stderr = await metBeside("/is/not/there");
  expect(stderr).toBe(
    "plug-in there (manifest): there is no /is/not/there/package.json. Name the folder that holds the plug-in's package.json.\n",
  );
});

it.concurrent("neither waits for a pipe nor reads a device in place of a package.json", async () => {
  const pipe = tempFolder("pipe");
  execFileSync("mkfifo", [join(pipe, "package.json")]);
  expect(await metBeside(pipe)).toContain("plug-in pipe (manifest): ");

  const device = tempFolder("device");
  symlinkSync("/dev/zero", join(device, "package.json"));
  expect(await metBeside(device)).toContain("plug-in device (manifest): ");

  const directory = makePlugin(join(tempFolder("directory"), "package.json"), { name: "inner" });
  expect(await metBeside(join(directory, ".."))).toContain("plug-in directory (manifest): ");
});
