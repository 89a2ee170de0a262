import { expect, it } from "vitest";
import { atTerminal, KEY, type RecipeTerminal } from "../support/recipe-terminal.ts";

/** Fails with 3 until it has been run twice. */
const TWICE = 'mkdir "run$(ls -d run* 2>/dev/null | wc -l)"; test -d run1 || exit 3';

/** Brings two steps to the failure of the first. */
async function failed(first: unknown = TWICE): Promise<RecipeTerminal> {
  const terminal = atTerminal([first, "mkdir second"]);
  await terminal.shows("[h]elp: ");
  terminal.type("s");
  await terminal.shows("[h]elp: ");
  terminal.type("y");
  await terminal.shows("Step 1 failed with exit code 3.\n");
  expect(await terminal.shows("[h]elp: ")).toContain("What now? [r]etry, ");
  return terminal;
}

it.concurrent("runs the step once more at r", async () => {
  const terminal = await failed();
  terminal.type("r");
  expect(await terminal.shows("[h]elp: ")).toContain("2/2\n");
  terminal.type("y");
  expect(await terminal.end).toEqual({ code: 0, signal: null });
  expect([terminal.has("run1"), terminal.has("second")]).toEqual([true, true]);
});

it.concurrent("shows and asks about the changed step at e, then runs that", async () => {
  const terminal = await failed("exit 3");
  terminal.type("e");
  await terminal.shows("  $ exit 3");
  terminal.type(`${KEY.backspace}0; mkdir edited${KEY.enter}`);
  await terminal.shows("1/2\n  $ exit 0; mkdir edited\n");
  await terminal.shows("[h]elp: ");
  expect(terminal.has("edited")).toBe(false);
  terminal.type("y");
  expect(await terminal.shows("[h]elp: ")).toContain("2/2\n");
  terminal.type("s");
  expect(await terminal.end).toEqual({ code: 0, signal: null });
});

it.concurrent("asks what now when the editing was given up", async () => {
  const terminal = await failed("exit 3");
  terminal.type("e");
  await terminal.shows("  $ exit 3");
  terminal.type(KEY.ctrlC);
  expect(await terminal.shows("[h]elp: ")).toContain("What now?");
  terminal.type("q");
  expect(await terminal.end).toEqual({ code: 3, signal: null });
});

it.concurrent.for([
  ["s", 3, true],
  ["n", 3, true],
  ["q", 3, false],
  [KEY.ctrlD, 3, false],
  [KEY.ctrlC, 130, false],
] as const)("goes on or ends at %j, with exit code %i", async ([key, code, goesOn]) => {
  const terminal = await failed();
  terminal.type(key);
  if (goesOn) {
    expect(await terminal.shows("[h]elp: ")).toContain("2/2\n");
    terminal.type("y");
  }
  expect(await terminal.end).toEqual({ code, signal: null });
  expect(terminal.has("second")).toBe(goesOn);
});

it.concurrent("opens a shell at o, and asks again", async () => {
  const terminal = await failed();
  terminal.type("o");
  await terminal.shows("exit comes back here.\n");
  terminal.type(`mkdir by-hand; exit${KEY.enter}`);
  await terminal.shows("What now?");
  await terminal.shows("[h]elp: ");
  expect(terminal.has("by-hand")).toBe(true);
  terminal.type("q");
  expect(await terminal.end).toEqual({ code: 3, signal: null });
});

it.concurrent.for([
  ["Enter", KEY.enter, "Enter alone does not do here. Press r"],
  ["y", "y", "That key has no meaning here"],
] as const)("takes %s for no answer", async ([, key, remark]) => {
  const terminal = await failed();
  terminal.type(key);
  await terminal.shows(remark);
  await terminal.shows("[h]elp: ");
  terminal.type("q");
  expect(await terminal.end).toEqual({ code: 3, signal: null });
});

it.concurrent("asks nothing about a step that may fail", async () => {
  const terminal = atTerminal([{ run: "exit 3", allowFail: true }]);
  await terminal.shows("[h]elp: ");
  terminal.type("y");
  expect(await terminal.end).toEqual({ code: 0, signal: null });
});

it.concurrent("drops what was typed while the step ran", async () => {
  const terminal = atTerminal(["echo s''tarted; sleep 0.5; exit 3"]);
  await terminal.shows("[h]elp: ");
  terminal.type("y");
  await terminal.shows("started\n");
  terminal.type("rsrs");
  await terminal.shows("What now?");
  await terminal.shows("[h]elp: ");
  terminal.type("q");
  expect(await terminal.end).toEqual({ code: 3, signal: null });
});
