import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { recipePackage } from "../support/make-plugin.ts";
import { openTerminal, type PseudoTerminal } from "../support/pseudo-terminal.ts";
import { KEY } from "../support/recipe-terminal.ts";
import { runCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

/** A recipe that decides its steps one by one: the second by what the first has printed. */
const DECIDING = `export async function* run() {
  const { output } = yield "echo found; mkdir one";
  yield { run: "mkdir " + output.trim(), why: "because of the first" };
  yield "rm -rf ../gone-with-it; mkdir three";
}`;

interface Opened extends PseudoTerminal {
  has(name: string): boolean;
}

function open(source: string, args: readonly string[] = []): Opened {
  const cwd = tempFolder("work");
  const terminal = openTerminal(["recipe", "it", ...args], { plugins: [recipePackage("it", source)], cwd });
  return { ...terminal, has: (name) => existsSync(join(cwd, name)) };
}

it.concurrent("shows each step when it is decided, and asks about it", async () => {
  const terminal = open(DECIDING);
  expect(await terminal.shows("[h]elp: ")).toMatch(
    /Steps {3}decided one by one.*\n1\.\n {2}\$ echo found; mkdir one\nRun it\?/,
  );
  expect(terminal.has("one")).toBe(false);
  terminal.type("y");
  expect(await terminal.shows("[h]elp: ")).toContain("2. because of the first\n  $ mkdir found\nRun it? [Y]es");
  terminal.type("a");
  expect(await terminal.shows("[h]elp: ")).toMatch(/3\.\n {2}\$ rm .*\n {4}\(high risk: .*\)\nRun it\? \[y\]es/);
  expect([terminal.has("found"), terminal.has("three")]).toEqual([true, false]);
  terminal.type("y");
  expect(await terminal.end).toEqual({ code: 0, signal: null });
  expect(terminal.has("three")).toBe(true);
});

it.concurrent("stops with --yes before a step of higher risk that comes later, and says why", async () => {
  const terminal = open(DECIDING, ["--yes"]);
  expect(await terminal.end).toEqual({ code: 1, signal: null });
  expect(terminal.text()).toContain("The next step must not run without a person's consent: high risk: ");
  expect([terminal.has("one"), terminal.has("found"), terminal.has("three")]).toEqual([true, true, false]);
});

it.concurrent("tells a program of each step and its risk before it runs", async () => {
  const plugins = [recipePackage("it", DECIDING)];
  const { code, stdout } = await runCli(["recipe", "it", "--yes", "--allow", "high", "--json"], { plugins });
  const events = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { type: string });
  expect(code).toBe(0);
  expect(events[0]).toMatchObject({ type: "plan", steps: [] });
  const types = events.map(({ type }) => type).filter((type) => type === "step" || type === "start");
  expect(types).toEqual(["step", "start", "step", "start", "step", "start"]);
  expect(events.filter(({ type }) => type === "step")).toEqual([
    { type: "step", step: 1, run: "echo found; mkdir one", risk: expect.objectContaining({ level: "low" }) },
    expect.objectContaining({ step: 2, run: "mkdir found", why: "because of the first" }),
    expect.objectContaining({ step: 3, risk: expect.objectContaining({ level: "high" }) }),
  ]);
});

it.concurrent("says after a while that a recipe still plans, and ends at Ctrl-C", async () => {
  const terminal = open("export const run = () => new Promise(() => setInterval(() => {}, 1000));");
  await terminal.shows("The recipe it is still planning. Ctrl-C ends it.\n");
  terminal.type(KEY.ctrlC);
  const { code, signal } = await terminal.end;
  expect(signal ?? code).toBe("SIGINT");
});

it.concurrent("ends at Ctrl-C when a recipe never decides its second step", async () => {
  const terminal = open(
    `export async function* run() { yield "mkdir one"; await new Promise(() => setInterval(() => {}, 1000)); }`,
  );
  await terminal.shows("[h]elp: ");
  terminal.type("y");
  await terminal.shows("The recipe it is still planning. Ctrl-C ends it.\n");
  terminal.type(KEY.ctrlC);
  expect(await terminal.end).toEqual({ code: 130, signal: null });
  expect(terminal.has("one")).toBe(true);
});

it.concurrent.for([
  ["throws", `throw new Error("no idea")`, "no idea."],
  ["gives no step", "yield 5", "step 2 is no step: "],
  ["gives a NUL character", 'yield "echo a\\0b"', "NUL"],
] as const)("ends with 1 when a recipe %s behind a step that has run", async ([, source, message]) => {
  const terminal = open(`export async function* run() { yield "mkdir one"; ${source}; yield "mkdir three"; }`, [
    "--yes",
  ]);
  expect(await terminal.end).toEqual({ code: 1, signal: null });
  expect(terminal.text()).toContain(message);
  expect([terminal.has("one"), terminal.has("three")]).toEqual([true, false]);
});

it.concurrent("says at a terminal that there is nothing to do", async () => {
  const terminal = open("export const run = () => [];");
  expect(await terminal.end).toEqual({ code: 0, signal: null });
  expect(terminal.text()).toContain("The recipe it has nothing to do for this goal.");
});
