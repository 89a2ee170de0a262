import { expect, it } from "vitest";
import { atTerminal, KEY } from "../support/recipe-terminal.ts";
import { runCli } from "../support/run-cli.ts";

it.concurrent("asks with keys alone in a window of 40 columns, and cuts nothing", async () => {
  const long = `true ${"abcdefghij ".repeat(30)}end`;
  const terminal = atTerminal([long, "mkdir made"], [], { columns: 40 });
  expect(await terminal.shows("How? [S/a/q/h]: ")).toContain(`  $ ${long}\n`);
  terminal.type(KEY.enter);
  expect(await terminal.shows("Run it? [Y/s/e/a/o/q/h]: ")).toContain(`  $ ${long}\n`);
  terminal.type("h");
  await terminal.shows("Run it? [Y/s/e/a/o/q/h]: ");
  terminal.type("s");
  await terminal.shows("Run it? [Y/s/e/a/o/q/h]: ");
  terminal.type("y");
  expect(await terminal.end).toEqual({ code: 0, signal: null });
  expect(terminal.has("made")).toBe(true);
});

it.concurrent("asks in the width that the window has when it asks", async () => {
  const terminal = atTerminal(["true", "true"]);
  await terminal.shows("[h]elp: ");
  // A key without meaning has it ask again.
  terminal.resize(40);
  terminal.type("x");
  await terminal.shows("How? [S/a/q/h]: ");
  terminal.resize(100);
  terminal.type("x");
  await terminal.shows("How? [S]tep by step, ");
  terminal.type("q");
  expect(await terminal.end).toEqual({ code: 130, signal: null });
});

it.concurrent("sends nothing that a typewriter could not show, whatever the recipe says", async () => {
  const step = { run: "true '\u001b[8mhidden\u0007'", why: "\u001b]0;title\u0007", confirm: true };
  const terminal = atTerminal([step], ["\u001b[2Jgoal"], { type: "dumb", env: { NO_COLOR: "1", LC_ALL: "C" } });
  expect(await terminal.shows("[h]elp: ")).toContain("  $ true '^[[8mhidden^G'\n");
  terminal.type("y");
  expect(await terminal.end).toEqual({ code: 0, signal: null });
  // oxlint-disable-next-line no-control-regex -- nothing but line breaks and letters is what is looked for
  expect(terminal.raw()).toMatch(/^[\r\n\u0020-\u007e]*$/);
});

it.concurrent("asks about a step marked confirm also with --yes, and about no other", async () => {
  const terminal = atTerminal(["mkdir one", { run: "mkdir two", confirm: true }, "mkdir three"], ["--yes"]);
  expect(await terminal.shows("[h]elp: ")).toContain("2/3\n  $ mkdir two\n    (must be confirmed)\nRun it? [y]es");
  expect(terminal.has("one")).toBe(true);
  terminal.type("y");
  expect(await terminal.end).toEqual({ code: 0, signal: null });
  expect([terminal.has("two"), terminal.has("three")]).toEqual([true, true]);
});

it.concurrent("runs a step that talks to the person with --yes", async () => {
  const terminal = atTerminal([{ run: "read -r line; mkdir $line", interactive: true }], ["--yes", "--allow", "high"]);
  await terminal.shows("(talks to you)\n");
  terminal.type(`made${KEY.enter}`);
  expect(await terminal.end).toEqual({ code: 0, signal: null });
  expect(terminal.has("made")).toBe(true);
});

it.concurrent("asks nothing with --yes when a step fails", async () => {
  const terminal = atTerminal(["exit 3", "mkdir made"], ["--yes", "--allow", "high"]);
  expect(await terminal.end).toEqual({ code: 3, signal: null });
  expect(terminal.text()).not.toContain("What now?");
  expect(terminal.has("made")).toBe(false);
});

it.concurrent("refuses with --yes what is of higher risk at a terminal, too", async () => {
  const terminal = atTerminal(["mkdir made", "rm -rf ../x"], ["--yes"]);
  expect(await terminal.end).toEqual({ code: 2, signal: null });
  expect(terminal.text()).toContain(
    "1 step of 2 must not run without a person's consent, so nothing was run.\n  Step 2: high risk: ",
  );
  expect(terminal.has("made")).toBe(false);
});

it.concurrent("asks nobody with --json, although there is a terminal", async () => {
  const terminal = atTerminal(["mkdir made"], ["--json"]);
  expect(await terminal.end).toEqual({ code: 2, signal: null });
  expect(terminal.text()).toContain('{"error":{"code":"no-terminal"');
  expect(terminal.has("made")).toBe(false);
});

it.concurrent.for([["q\n"], ["y\n"], [""]] as const)("takes no answer from a pipe: %j", async ([stdin]) => {
  const { code, stdout, stderr } = await runCli(["recipe", "sample", "goal"], { stdin });
  expect([code, stdout]).toEqual([2, expect.stringContaining("  $ echo 'goal'")]);
  expect(stderr).toContain("There is no terminal to ask at, so nothing was run.");
});

it.concurrent("shows a plan of a person who only looks on standard output", async () => {
  const terminal = atTerminal(["mkdir made"], ["--dry-run"]);
  expect(await terminal.end).toEqual({ code: 0, signal: null });
  expect(terminal.text()).toMatch(/^Recipe {2}it \(it 1\.0\.0\)\n(?:.+\n)+1\/1\n {2}\$ mkdir made\n$/);
  expect(terminal.has("made")).toBe(false);
});

it.concurrent("asks at the terminal when standard output is piped", async () => {
  const terminal = atTerminal(["echo to-the-pipe"], [], { script: '"$@" | tr a-z A-Z' });
  await terminal.shows("[h]elp: ");
  terminal.type("y");
  await terminal.shows("TO-THE-PIPE\n");
  expect(await terminal.end).toEqual({ code: 0, signal: null });
});

it.concurrent("asks nothing when the questions would go to a file", async () => {
  const terminal = atTerminal(["mkdir made"], [], { script: '"$@" 2>told; echo "code $?."' });
  await terminal.shows("code 2.");
  expect(terminal.has("made")).toBe(false);
});
