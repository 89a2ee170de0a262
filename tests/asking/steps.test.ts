import { describe, expect, it } from "vitest";
import { atTerminal, KEY } from "../support/recipe-terminal.ts";

const NONE = "echo r''an > /dev/null; mkdir made";
const MARKED = [
  ["medium risk", "mkdir made; sudo -n true || true"],
  ["high risk", "mkdir made; rm -rf ./made/../../nothing-of-that-name"],
  ["confirm", { run: NONE, confirm: true }],
] as const;

describe("a step that needs no care", () => {
  it.concurrent.for([
    ["y", "y"],
    ["Y", "Y"],
    ["Enter", KEY.enter],
    ["a", "a"],
    ["y with Enter behind it", `y${KEY.enter}`],
  ] as const)("runs at %s", async ([, key]) => {
    const terminal = atTerminal([NONE]);
    expect(await terminal.shows("Run it? ")).toContain("Steps   1, none needs care\n1/1\n  $ echo r''an");
    expect(await terminal.shows(": ")).toContain("[Y]es");
    terminal.type(key);
    expect(await terminal.end).toEqual({ code: 0, signal: null });
    expect(terminal.has("made")).toBe(true);
  });

  it.concurrent.for([
    ["s", "s", 0],
    ["n", "n", 0],
    ["q", "q", 130],
    ["Ctrl-D", KEY.ctrlD, 130],
    ["Ctrl-C", KEY.ctrlC, 130],
  ] as const)("does not run at %s", async ([, key, code]) => {
    const terminal = atTerminal([NONE]);
    await terminal.shows("[h]elp: ");
    terminal.type(key);
    expect(await terminal.end).toEqual({ code, signal: null });
    expect(terminal.has("made")).toBe(false);
  });

  it.concurrent("takes no other key for an answer", async () => {
    const terminal = atTerminal([NONE]);
    for (const key of ["x", " ", "1", KEY.backspace, "é"]) {
      await terminal.shows("[h]elp: ");
      terminal.type(key);
      await terminal.shows("That key has no meaning here");
    }
    await terminal.shows("[h]elp: ");
    // Pasted text of which the first letter has no meaning, and the others would.
    terminal.type("x yay");
    await terminal.shows("That key has no meaning here");
    await terminal.shows("[h]elp: ");
    terminal.type(`${KEY.up}q`);
    expect(await terminal.end).toEqual({ code: 130, signal: null });
    expect(terminal.has("made")).toBe(false);
  });
});

describe.each(MARKED)("a step marked by %s", (_mark, step) => {
  it.concurrent.for([
    ["Enter", KEY.enter, "Enter alone does not do here. Press y"],
    ["a", "a", "This step does."],
  ] as const)("does not run at %s, and runs at y", async ([, key, remark]) => {
    const terminal = atTerminal([step]);
    expect(await terminal.shows("[h]elp: ")).toContain("Steps   1, 1 needs care: 1\n");
    terminal.type(key);
    await terminal.shows(remark);
    expect(await terminal.shows("[h]elp: ")).toContain("[y]es");
    expect(terminal.has("made")).toBe(false);
    terminal.type("y");
    await terminal.end;
    expect(terminal.has("made")).toBe(true);
  });
});

describe("a critical step", () => {
  const step = "mkdir made; exit 0; rm -rf /";

  it.concurrent.for([
    ["yes and Enter", `yes${KEY.enter}`],
    ["YES and Enter", `YES${KEY.enter}`],
    ["a corrected yes", `ya${KEY.backspace}es${KEY.enter}`],
  ] as const)("runs at %s", async ([, keys]) => {
    const terminal = atTerminal([step]);
    const question = await terminal.shows("[h]elp: ");
    expect(question).toContain("    (critical risk: ");
    expect(question).toContain("Run it? [yes] in full, ");
    terminal.type(keys);
    expect(await terminal.end).toEqual({ code: 0, signal: null });
    expect(terminal.has("made")).toBe(true);
  });

  it.concurrent.for([
    ["Enter", KEY.enter, "Type yes, or press another key"],
    ["y and Enter", `y${KEY.enter}`, "Only the whole word will do: yes."],
    ["ye and Enter", `ye${KEY.enter}`, "Only the whole word will do: yes."],
    ["yess and Enter", `yess${KEY.enter}`, "Only the whole word will do: yes."],
    ["a", "a", "This step does."],
    ["a letter taken back", `y${KEY.backspace}`, "y"],
  ] as const)("does not run at %s", async ([, keys, remark]) => {
    const terminal = atTerminal([step]);
    await terminal.shows("[h]elp: ");
    terminal.type(keys);
    await terminal.shows(remark);
    await terminal.shows("[h]elp: ");
    terminal.type("s");
    expect(await terminal.end).toEqual({ code: 0, signal: null });
    expect(terminal.has("made")).toBe(false);
  });

  it.concurrent.for([
    ["q", "q", 130],
    ["Ctrl-C", KEY.ctrlC, 130],
    ["Ctrl-D", KEY.ctrlD, 130],
    ["Ctrl-C in the word", `ye${KEY.ctrlC}`, 130],
    ["Ctrl-D in the word", `ye${KEY.ctrlD}`, 130],
  ] as const)("ends the run at %s", async ([, keys, code]) => {
    const terminal = atTerminal([step]);
    await terminal.shows("[h]elp: ");
    terminal.type(keys);
    expect(await terminal.end).toEqual({ code, signal: null });
    expect(terminal.has("made")).toBe(false);
  });

  it.concurrent("is what an edited step can become", async () => {
    const terminal = atTerminal(["mkdir made"]);
    await terminal.shows("[h]elp: ");
    terminal.type("e");
    await terminal.shows("  $ mkdir made");
    terminal.type(`; exit 0; rm -rf ~${KEY.enter}`);
    expect(await terminal.shows("[h]elp: ")).toContain("[yes] in full, ");
    terminal.type(`y${KEY.enter}`);
    await terminal.shows("Only the whole word will do: yes.");
    await terminal.shows("[h]elp: ");
    expect(terminal.has("made")).toBe(false);
    terminal.type(`yes${KEY.enter}`);
    expect(await terminal.end).toEqual({ code: 0, signal: null });
    expect(terminal.has("made")).toBe(true);
  });
});

describe("several steps", () => {
  const mark = { run: "mkdir second", confirm: true };
  const steps = ["mkdir first", mark, "mkdir third"];

  it.concurrent.for([
    ["s", "s"],
    ["Enter", KEY.enter],
  ] as const)("are asked about one by one after %s", async ([, key]) => {
    const terminal = atTerminal(steps);
    const plan = await terminal.shows("[h]elp: ");
    expect(plan).toContain("Steps   3, 1 needs care: 2\n");
    expect(plan).toMatch(/1\/3\n {2}\$ mkdir first\n2\/3\n {2}\$ mkdir second\n {4}\(must be confirmed\)\n3\/3\n/);
    expect(plan).toContain("[S]tep by step");
    terminal.type(key);
    expect(await terminal.shows("[h]elp: ")).toContain("1/3\n  $ mkdir first\nRun it?");
    terminal.type("s");
    expect(await terminal.shows("[h]elp: ")).toContain("Step 1 is skipped: you said so.\n2/3\n");
    terminal.type("y");
    expect(await terminal.shows("[h]elp: ")).toContain("3/3\n");
    terminal.type("q");
    expect(await terminal.end).toEqual({ code: 130, signal: null });
    expect([terminal.has("first"), terminal.has("second"), terminal.has("third")]).toEqual([false, true, false]);
  });

  it.concurrent("stop only at those that need care after a for the plan", async () => {
    const terminal = atTerminal(steps);
    await terminal.shows("[h]elp: ");
    terminal.type("a");
    expect(await terminal.shows("[h]elp: ")).toMatch(/1\/3\n {2}\$ mkdir first\n2\/3\n.*\n.*\nRun it\?/);
    expect([terminal.has("first"), terminal.has("second")]).toEqual([true, false]);
    terminal.type("y");
    expect(await terminal.end).toEqual({ code: 0, signal: null });
    expect([terminal.has("second"), terminal.has("third")]).toEqual([true, true]);
  });

  it.concurrent("stop only at those that need care after a for a step", async () => {
    const terminal = atTerminal(["mkdir zero", ...steps]);
    for (const key of ["s", "y", "a"]) {
      await terminal.shows("[h]elp: ");
      terminal.type(key);
    }
    expect(await terminal.shows("[h]elp: ")).toContain("3/4\n");
    terminal.type("s");
    expect(await terminal.end).toEqual({ code: 0, signal: null });
    expect(["zero", "first", "second", "third"].map((name) => terminal.has(name))).toEqual([true, true, false, true]);
  });

  it.concurrent.for([
    ["q", "q"],
    ["Ctrl-C", KEY.ctrlC],
    ["Ctrl-D", KEY.ctrlD],
  ] as const)("do not run after %s for the plan", async ([, key]) => {
    const terminal = atTerminal(steps);
    await terminal.shows("[h]elp: ");
    terminal.type(key);
    expect(await terminal.end).toEqual({ code: 130, signal: null });
    expect(terminal.has("first")).toBe(false);
  });
});

it.concurrent("explains the keys of each question", async () => {
  const terminal = atTerminal(["false", "true"]);
  await terminal.shows("[h]elp: ");
  terminal.type("h");
  expect(await terminal.shows("[h]elp: ")).toMatch(
    /help\n {2}S {4}ask.*\n {2}a {4}run all.*\n {2}q {4}.*\n {2}h {4}.*\nHow\?/,
  );
  terminal.type("s");
  await terminal.shows("[h]elp: ");
  terminal.type("?");
  expect(await terminal.shows("[h]elp: ")).toMatch(/help\n {2}Y {4}run it.*\n(?: {2}[seaoqh] {4}\w.*\n){6}Run it\?/);
  terminal.type("y");
  await terminal.shows("[h]elp: ");
  terminal.type("h");
  expect(await terminal.shows("[h]elp: ")).toMatch(/help\n(?: {2}[resoqh] {4}\w.*\n){6}What now\?/);
  terminal.type("q");
  expect(await terminal.end).toEqual({ code: 1, signal: null });
});

it.concurrent("opens a shell where the step would run, and asks again", async () => {
  const terminal = atTerminal([{ run: NONE, cwd: "/tmp", env: { A: "of the step" }, confirm: true }]);
  await terminal.shows("[h]elp: ");
  terminal.type("o");
  await terminal.shows("A shell in /tmp; exit comes back here.\n");
  terminal.type(`echo "[$PWD $A]"; exit 3${KEY.enter}`);
  await terminal.shows("[/tmp of the step]");
  await terminal.shows("Run it?");
  await terminal.shows("[h]elp: ");
  terminal.type("q");
  expect(await terminal.end).toEqual({ code: 130, signal: null });
});

it.concurrent("drops what was typed before a question", async () => {
  const terminal = atTerminal(["echo s''tarted; sleep 0.5", "mkdir made"]);
  await terminal.shows("[h]elp: ");
  terminal.type("s");
  await terminal.shows("[h]elp: ");
  terminal.type("y");
  await terminal.shows("started\n");
  terminal.type(`y${KEY.enter}aay`);
  await terminal.shows("[h]elp: ");
  terminal.type("q");
  expect(await terminal.end).toEqual({ code: 130, signal: null });
  expect(terminal.has("made")).toBe(false);
});

it.concurrent("leaves the terminal to a step that reads from it", async () => {
  const terminal = atTerminal(['read -r line && mkdir "$line"', "mkdir other"]);
  await terminal.shows("[h]elp: ");
  terminal.type("s");
  await terminal.shows("[h]elp: ");
  terminal.type("y");
  await terminal.shows("run\n");
  terminal.type(`typed${KEY.enter}`);
  await terminal.shows("[h]elp: ");
  terminal.type("y");
  expect(await terminal.end).toEqual({ code: 0, signal: null });
  expect([terminal.has("typed"), terminal.has("other")]).toEqual([true, true]);
});
