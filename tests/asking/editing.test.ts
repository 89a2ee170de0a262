import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { planning, recipePackage } from "../support/make-plugin.ts";
import { openTerminal } from "../support/pseudo-terminal.ts";
import { atTerminal, KEY } from "../support/recipe-terminal.ts";
import { runCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

/** An editor that a script is. */
function editor(script: string): string {
  const file = join(tempFolder("editor"), "my editor");
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return `'${file}'`;
}

const TWO_LINES = "mkdir made\nmkdir too";

it.concurrent("puts the command at the prompt, shows what became of it and asks again", async () => {
  const terminal = atTerminal([{ run: "mkdir made", why: "to have it" }]);
  await terminal.shows("[h]elp: ");
  terminal.type("e");
  await terminal.shows("  $ mkdir made");
  terminal.type(`-${KEY.backspace}-indeed${KEY.enter}`);
  expect(await terminal.shows("[h]elp: ")).toContain("1/1 to have it\n  $ mkdir made-indeed\nRun it?");
  expect(terminal.has("made-indeed")).toBe(false);
  terminal.type("y");
  expect(await terminal.end).toEqual({ code: 0, signal: null });
  expect([terminal.has("made"), terminal.has("made-indeed")]).toEqual([false, true]);
});

it.concurrent("asks with the risk of what the command became, also when all the rest was agreed to", async () => {
  const terminal = atTerminal(["mkdir made", "mkdir other"]);
  await terminal.shows("[h]elp: ");
  terminal.type("s");
  await terminal.shows("[h]elp: ");
  terminal.type("e");
  await terminal.shows("  $ mkdir made");
  terminal.type(`; rm -rf ../gone${KEY.enter}`);
  const shown = await terminal.shows("[h]elp: ");
  expect(shown).toMatch(/1\/2\n {2}\$ mkdir made; rm -rf \.\.\/gone\n {4}\(high risk: .+\)\nRun it\? \[y\]es/);
  terminal.type("a");
  await terminal.shows("This step does.\n");
  await terminal.shows("[h]elp: ");
  terminal.type(KEY.enter);
  await terminal.shows("Enter alone does not do here.");
  await terminal.shows("[h]elp: ");
  expect(terminal.has("made")).toBe(false);
  terminal.type("y");
  expect(await terminal.end).toEqual({ code: 0, signal: null });
  expect([terminal.has("made"), terminal.has("other")]).toEqual([true, true]);
});

it.concurrent.for([
  ["Ctrl-C", KEY.ctrlC],
  ["Enter", KEY.enter],
  ["Ctrl-U and Ctrl-D", `\u0015${KEY.ctrlD}`],
] as const)("leaves the step as it is after %s, and asks again", async ([, keys]) => {
  const terminal = atTerminal(["mkdir made"]);
  await terminal.shows("[h]elp: ");
  terminal.type("e");
  await terminal.shows("  $ mkdir made");
  terminal.type(keys);
  await terminal.shows("The step stays as it is.\n");
  await terminal.shows("[h]elp: ");
  terminal.type("y");
  expect(await terminal.end).toEqual({ code: 0, signal: null });
  expect(terminal.has("made")).toBe(true);
});

it.concurrent("takes nothing for a step", async () => {
  const terminal = atTerminal(["mkdir made"]);
  await terminal.shows("[h]elp: ");
  terminal.type("e");
  await terminal.shows("  $ mkdir made");
  terminal.type(`\u0015 ${KEY.enter}`);
  await terminal.shows("That is no step: ");
  await terminal.shows("[h]elp: ");
  terminal.type("q");
  expect(await terminal.end).toEqual({ code: 130, signal: null });
});

it.concurrent.for([["VISUAL"], ["EDITOR"]] as const)("opens %s for a command of several lines", async ([variable]) => {
  const copy = join(tempFolder("copy"), "copy");
  const edit = editor(`test -t 0 && cp "$1" "${copy}" && sed -i s/made/edited/ "$1"`);
  const terminal = atTerminal([TWO_LINES], [], { env: { EDITOR: "false", [variable]: edit } });
  await terminal.shows("[h]elp: ");
  terminal.type("e");
  expect(await terminal.shows("[h]elp: ")).toContain("1/1\n  $ mkdir edited\n  > mkdir too\n");
  expect(readFileSync(copy, "utf8")).toBe(TWO_LINES);
  terminal.type("y");
  expect(await terminal.end).toEqual({ code: 0, signal: null });
  expect([terminal.has("edited"), terminal.has("too")]).toEqual([true, true]);
});

it.concurrent("opens the editor for a command with invisible characters, which a prompt would not show", async () => {
  const edit = editor(`printf 'mkdir made\\n' > "$1"`);
  const terminal = atTerminal(["mkdir\u00a0made\u200b"], [], { env: { EDITOR: edit } });
  await terminal.shows("[h]elp: ");
  terminal.type("e");
  expect(await terminal.shows("[h]elp: ")).toContain("  $ mkdir made\nRun it?");
  terminal.type("y");
  expect(await terminal.end).toEqual({ code: 0, signal: null });
  expect(terminal.has("made")).toBe(true);
});

it.concurrent("keeps the step when the editor fails, and says which", async () => {
  const terminal = atTerminal([TWO_LINES], [], { env: { EDITOR: "no-such-editor" } });
  await terminal.shows("[h]elp: ");
  terminal.type("e");
  await terminal.shows("The editor no-such-editor failed with exit code 127");
  await terminal.shows("VISUAL or EDITOR names the one to use.");
  await terminal.shows("The step stays as it is.\n");
  await terminal.shows("[h]elp: ");
  terminal.type("y");
  expect(await terminal.end).toEqual({ code: 0, signal: null });
  expect(terminal.has("made")).toBe(true);
});

it.concurrent("has the command typed anew at a terminal that cannot move its cursor", async () => {
  const terminal = atTerminal(["mkdir made"], [], { type: "dumb" });
  await terminal.shows("[h]elp: ");
  terminal.type("e");
  await terminal.shows("  $ ");
  terminal.type(`mkdir other${KEY.enter}`);
  await terminal.shows("1/1\n  $ mkdir other\n");
  await terminal.shows("[h]elp: ");
  terminal.type("y");
  expect(await terminal.end).toEqual({ code: 0, signal: null });
  expect([terminal.has("made"), terminal.has("other")]).toEqual([false, true]);
  expect(terminal.raw()).not.toContain("\u001b");
});

it.concurrent("keeps what ran for whoever looks at the run, or goes on with it", async () => {
  const home = tempFolder("home");
  const plugins = [recipePackage("it", planning("it", ["mkdir made", "test -e mended", "true"]))];
  const cwd = tempFolder("work");
  const terminal = openTerminal(["recipe", "it"], { home, plugins, cwd });
  await terminal.shows("[h]elp: ");
  terminal.type("s");
  for (const more of ["-indeed", "/now"]) {
    await terminal.shows("[h]elp: ");
    terminal.type("e");
    await terminal.shows("  $ ");
    terminal.type(`${more}${KEY.enter}`);
    await terminal.shows("[h]elp: ");
    terminal.type("y");
  }
  await terminal.shows("What now?");
  terminal.type("q");
  await terminal.end;

  const shown = await runCli(["runs", "show", "last"], { home });
  expect(shown.stdout).toContain(`1/3
  $ mkdir made-indeed
    = changed from: mkdir made
    = ended with 0
2/3
  $ test -e mended/now
    = changed from: test -e mended
    = failed with exit code 1
3/3
  $ true
    = not done
`);
  const json = await runCli(["runs", "show", "last", "--json"], { home });
  expect(JSON.parse(json.stdout)).toMatchObject({
    plan: [
      { run: "mkdir made-indeed", planned: "mkdir made", outcome: "ran" },
      { run: "test -e mended/now", planned: "test -e mended", outcome: "failed" },
      { run: "true", outcome: "left" },
    ],
  });
  // The step that failed is asked about as it was planned.
  const resumed = await runCli(["recipe", "--resume", "last"], { home, plugins, cwd });
  expect(resumed.stdout).toContain("1/3\n  $ mkdir made-indeed\n2/3\n  $ test -e mended\n3/3\n  $ true\n");
});
