import { expect, it } from "vitest";
import { answering, backendPackage, makePlugin, recipePackage } from "../support/make-plugin.ts";
import { runCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

const send = (name: string, plugins: readonly string[]): ReturnType<typeof runCli> =>
  runCli(["send", "hello", "-b", name], { plugins });

it.concurrent.for([
  ["an Error", `throw new Error("no luck")`, "no luck"],
  ["an Error of several lines with escape sequences", `throw new Error("no\\n\\u001b[2J  luck")`, "no ^[[2J  luck"],
  ["undefined", `throw undefined`, "undefined"],
  ["null", `throw null`, "null"],
  ["an object that cannot be read", `throw new Proxy({}, { get() { throw 1 } })`, "1"],
  ["an object without a prototype", `throw Object.create(null)`, "unknown error"],
  ["a syntax error", `export default )`, "Unexpected token"],
  ["a package that is not there", `import "is-not-there"`, "Install its dependencies"],
] as const)("tells in one line of a plug-in that throws %s while it is imported", async ([, source, told]) => {
  const { code, stdout, stderr } = await send("bad", [backendPackage("bad", source)]);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(/^ai-cli: plug-in bad \(import\): it failed while it was loaded: .+\n.+\n$/);
  expect(stderr).toContain(told);
  expect(stderr).not.toContain("\u001b");
});

// messageOf takes an error's message for a text, whatever it is.
it("tells in one line of a plug-in that throws an Error whose message is no text", async () => {
  const { stderr } = await send("bad", [backendPackage("bad", `throw Object.assign(new Error(), { message: 5 })`)]);
  expect(stderr).toMatch(/^ai-cli: plug-in bad \(import\): /);
});

it.concurrent("gives up on a plug-in that waits for ever while it is imported", async () => {
  const { code, signal, stdout, stderr } = await send("stuck", [
    backendPackage("stuck", `setInterval(() => {}, 1000); await new Promise(() => {});`),
  ]);
  expect([code, signal, stdout]).toEqual([1, null, ""]);
  expect(stderr).toMatch(/^ai-cli: plug-in stuck \(import\): it did not finish loading within 10 seconds\.\n.+\n$/);
});

it.concurrent("gives up on a plug-in that waits for ever and keeps nothing open", async () => {
  const { code, stderr } = await send("stuck", [backendPackage("stuck", `await new Promise(() => {});`)]);
  expect(code).toBe(1);
  expect(stderr).toContain("plug-in stuck (import): it did not finish loading");
});

it.concurrent("keeps what a plug-in prints off standard output", async () => {
  const chatty = backendPackage(
    "chatty",
    `import process, { stdout } from "node:process";
     import { registerBackend } from "@d0ttino/plugin-sdk";
     console.log("console at import");
     process.stdout.write("stream at import\\n");
     stdout.write("named stream at import\\n");
     setTimeout(() => console.log("console later"), 1);
     registerBackend("chatty", async () => {
       console.info("console at the prompt");
       await new Promise((resolve) => setTimeout(resolve, 20));
       return "the answer";
     });`,
  );
  const { code, stdout, stderr } = await send("chatty", [chatty]);
  expect([code, stdout]).toEqual([0, "the answer\n"]);
  expect(stderr.trim().split("\n").toSorted()).toEqual([
    "console at import",
    "console at the prompt",
    "console later",
    "named stream at import",
    "stream at import",
  ]);
});

it.concurrent("keeps what a recipe prints while it plans out of the plan", async () => {
  const chatty = recipePackage(
    "chatty",
    `console.log("at import"); export function run() { console.log("at planning"); return ["true"]; }`,
  );
  const { stdout, stderr } = await runCli(["recipe", "chatty", "--dry-run", "--json"], { plugins: [chatty] });
  expect(JSON.parse(stdout)).toMatchObject({ recipe: "chatty", steps: [{ run: "true" }] });
  expect(stderr).toBe("at import\nat planning\n");
});

it.concurrent("ends with its own exit code, whatever a plug-in sets", async () => {
  const setter = backendPackage("setter", `process.exitCode = 7; ${answering("setter", "fine")}`);
  expect(await send("setter", [setter])).toMatchObject({ code: 0, stdout: "fine\n" });
});

// Nothing notices that the program ends before its command has.
it.each([0, 3])(
  "says which plug-in it was that ends the process with code %i, at import or later",
  async (exitCode) => {
    const quitters = [`process.exit(${exitCode});`, `export const run = () => process.exit(${exitCode});`];
    for (const source of quitters) {
      const { code, stderr } = await send("quitter", [backendPackage("quitter", source)]);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^ai-cli: The program ended before its work was done\. Code of quitter was running\.\n/);
    }
  },
);

it("tells a program, too, that a plug-in has ended the process", async () => {
  const quitter = recipePackage("quitter", `export const run = () => process.exit(3);`);
  const { code, stdout } = await runCli(["recipe", "quitter", "--dry-run", "--json"], { plugins: [quitter] });
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: "plugin-failed" } });
});

// As above: the event loop is empty, so Node ends the process with code 0.
it("does not call it a success when a backend never answers and nothing is left to wait for", async () => {
  const silent = backendPackage("silent", `export const run = () => new Promise(() => {});`);
  const { code, stderr } = await send("silent", [silent]);
  expect(code).toBe(1);
  expect(stderr).not.toBe("");
});

// As above.
it("does not call it a success when a recipe never gives its plan and nothing is left to wait for", async () => {
  const silent = recipePackage("silent", `export const run = () => new Promise(() => {});`);
  const { code } = await runCli(["recipe", "silent", "--yes"], { plugins: [silent] });
  expect(code).toBe(1);
});

it.concurrent("tells of a file that is missing, and what to do", async () => {
  const plugin = makePlugin(tempFolder("unbuilt"), { name: "unbuilt", backends: { unbuilt: "./dist/index.js" } });
  const { code, stderr } = await send("unbuilt", [plugin]);
  expect(code).toBe(1);
  expect(stderr).toBe(
    `ai-cli: plug-in unbuilt (file): its file dist/index.js is missing in ${plugin}.\nBuild the plug-in.\n`,
  );
});

it.concurrent("marks a plug-in whose file is missing as broken in lists", async () => {
  const plugin = makePlugin(tempFolder("unbuilt"), { name: "unbuilt", backends: { unbuilt: "./dist/index.js" } });
  const { code, stdout } = await runCli(["backends", "--json"], { plugins: [plugin] });
  const rows = JSON.parse(stdout) as { name: string }[];
  expect(code).toBe(0);
  expect(rows.find((row) => row.name === "unbuilt")).toMatchObject({ status: "broken", package: "unbuilt" });
});

it.concurrent("takes no module for a plug-in because it exports a function called then", async () => {
  const plugin = backendPackage("thenable", `export function then(resolve) { resolve(null); }`);
  const { code, stderr } = await send("thenable", [plugin]);
  expect(code).toBe(1);
  expect(stderr).toContain('plug-in thenable (register): it did not register the backend "thenable"');
});

it.concurrent("passes over a plug-in that fails when there is another backend to ask", async () => {
  const plugins = [
    backendPackage("bad", `throw new Error("no luck")`),
    backendPackage("good", answering("good", "fine")),
  ];
  const env = { LLM_PRIMARY_BACKEND: "bad", LLM_FALLBACK_BACKEND: "good" };
  const { code, stdout, stderr } = await runCli(["send", "hello"], { plugins, env });
  expect([code, stdout]).toEqual([0, "fine\n"]);
  expect(stderr).toContain("no luck");
  expect(stderr).toContain("Answered by good, not by bad.");
});
