import { expect, it } from "vitest";
import { answering, backendPackage, makePlugin } from "../support/make-plugin.ts";
import { runCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

it.concurrent.for(["__proto__", "a/b", "", " ", "a b", "-x", ".x", "é", "x".repeat(65), "../x", "sample\n"])(
  "refuses the name %j, and the plug-in's other names work",
  async (name) => {
    const entries = `{${JSON.stringify(name)}: "./index.js", "fine": "./index.js"}`;
    const plugin = backendPackage("odd", answering("fine", "hello"), {
      manifest: { entryPoints: JSON.parse(`{"llm.plugins": ${entries}}`) as unknown },
    });
    const plugins = [plugin];
    expect(await runCli(["send", "hello", "-b", "fine"], { plugins })).toMatchObject({ code: 0, stdout: "hello\n" });
    const { code, stderr } = await runCli(["send", "hello", `--backend=${name}`], { plugins });
    expect([1, 2]).toContain(code);
    expect(stderr).not.toContain("Unexpected error");
    const { stdout } = await runCli(["backends"], { plugins });
    expect(stdout).toContain(`${JSON.stringify(name)} is not a valid name`);
  },
);

it.concurrent.for(["constructor", "toString", "hasOwnProperty", "valueOf", "0", "x".repeat(64), "a.b_c-d"])(
  "takes the name %s like any other",
  async (name) => {
    const plugins = [backendPackage(name, answering(name, "hello"))];
    expect(await runCli(["send", "hello", "-b", name], { plugins })).toMatchObject({
      code: 0,
      stdout: "hello\n",
      stderr: "",
    });
  },
);

it.concurrent.for(["__proto__", "constructor", "toString"])("knows no backend %s where there is none", async (name) => {
  const { code, stderr } = await runCli(["send", "hello", "-b", name]);
  expect(code).toBe(2);
  expect(stderr).toContain(`There is no backend "${name.toLowerCase()}"`);
});

it.concurrent("shows no escape sequence of a package's name or version", async () => {
  const name = "evil\u001b[2J\u009b31m\u202e";
  const plugin = makePlugin(tempFolder("evil"), {
    name,
    version: "1\u001b]0;owned\u0007",
    backends: { evil: "./index.js", gone: "./gone.js" },
    recipes: { evil: "./index.js" },
    files: { "index.js": answering("evil", "hello") + `export const run = () => ["true"];` },
  });
  const runs = await Promise.all(
    [
      ["backends"],
      ["backends", "--json"],
      ["recipes"],
      ["send", "hello", "-b", "evil"],
      ["send", "hello", "-b", "gone"],
      ["send", "hello", "-b", "evul"],
      ["recipe", "evil", "--dry-run"],
      ["recipe", "evil", "--yes"],
    ].map((args) => runCli(args, { plugins: [plugin] })),
  );
  for (const { stdout, stderr } of runs) expect(stdout + stderr).not.toMatch(/[[\p{Bidi_Control}\p{Cc}]--[\n]]/v);
});

it.concurrent("lets no line break in a name or version forge a line of a list or a message", async () => {
  const plugin = makePlugin(tempFolder("evil"), {
    name: "evil\nforged-line",
    version: "1\r\nforged-line",
    backends: { evil: "./index.js", "bad\nforged-line": "./index.js" },
    files: { "index.js": `throw new Error("no\\r\\nforged-line")` },
  });
  const plugins = [plugin];
  const runs = await Promise.all([
    runCli(["backends"], { plugins }),
    runCli(["send", "hello", "-b", "evil"], { plugins }),
    runCli(["send", "hello", "-b", "nobody"], { plugins }),
    runCli(["completion", "--", "--", "send", "-b", ""], { plugins }),
  ]);
  for (const { stdout, stderr } of runs) {
    expect((stdout + stderr).split(/\r?\n|\r/).filter((line) => line.startsWith("forged-line"))).toEqual([]);
  }
});

// Completed names go into a command line, so a name that is refused must not be offered.
it("completes no name that is not a valid one", async () => {
  const plugin = backendPackage("evil", "", { backends: { "$(touch x)": "./index.js", "a;b": "./index.js" } });
  const { stdout } = await runCli(["completion", "--", "--", "send", "-b", ""], { plugins: [plugin] });
  expect(stdout.split("\n")).toContain("sample");
  expect(stdout).not.toMatch(/[$;]/);
});
