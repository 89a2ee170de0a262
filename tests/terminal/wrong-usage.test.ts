import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { backendPackage } from "../support/make-plugin.ts";
import { COMMANDS } from "../../packages/ai-cli/src/commands/command-table.ts";
import { PLUGIN_VERBS } from "../../packages/ai-cli/src/commands/plugins/verbs.ts";
import { cliCommand, runCli } from "../support/run-cli.ts";

it.concurrent.for([
  [["send", "x", "-b", "smaple"], 'There is no backend "smaple".', 'Did you mean "sample"?'],
  [["send", "x", "-b", "nothing-like-it"], 'There is no backend "nothing-like-it".', "Those there are: "],
  [["send", "x", "-b", "Smaple"], 'There is no backend "smaple".', 'Did you mean "sample"?'],
  [["send", "x", "-m", "smaple/echo"], 'There is no backend "smaple" for the model smaple/echo.', '"sample/echo"'],
  [["send", "x", "-m", ""], '"" names no model.', "-m BACKEND/MODEL"],
  [["send", "x", "-m", "sample/"], '"sample/" names no model.', "-m BACKEND/MODEL"],
  [["send", "x", "-b", "sample", "-m", " "], '" " names no model.', "-m BACKEND/MODEL"],
  [["recipe", "sample", "x", "--dry-run", "--log", "f"], "--dry-run runs nothing that could be logged.", "--log"],
  [["recipe", "smaple"], 'There is no recipe "smaple".', 'Did you mean "sample"?'],
  [["recipe", "disk-usgae", "."], 'There is no recipe "disk-usgae".', 'Did you mean "disk-usage"?'],
  [["recipe"], "There is no recipe named.", "For example: "],
  [["send", "x", "--backed", "sample"], "There is no option --backed.", "Did you mean --backend?"],
  [["send", "x", "--frobnicate"], "There is no option --frobnicate.", '"--"'],
  [["send", "x", "-Z"], "There is no option -Z.", '"--"'],
  [["send", "x", "--__proto__"], "There is no option --__proto__.", '"--"'],
  [["send", "x", "-b"], "-b needs a value", ""],
  [["send", "x", "--json=yes"], "--json takes no value.", ""],
  [["send", "x", "-b", "sample", "-o", "temperature"], "-o temperature is not KEY=VALUE.", "For example: "],
  [["sen", "x"], 'There is no command "sen".', 'Did you mean "send"?'],
  [["recipies"], 'There is no command "recipies".', 'Did you mean "recipes"?'],
  [["frobnicate"], 'There is no command "frobnicate".', "ai-cli --help"],
  [["__proto__"], 'There is no command "__proto__".', "ai-cli --help"],
  [[""], 'There is no command "".', "ai-cli --help"],
  [["--frobnicate"], 'There is no option "--frobnicate".', "ai-cli --help"],
  [["backends", "extra"], "ai-cli backends takes no arguments.", ""],
  [["completion", "tcsh"], "Name one shell: bash, zsh or fish.", "For example: "],
  [["completion", "toString"], "Name one shell: bash, zsh or fish.", "For example: "],
] as const)("answers %j with exit code 2, what is wrong and what to do", async ([args, wrong, remedy]) => {
  const { code, stdout, stderr } = await runCli(args);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr.startsWith(`ai-cli: ${wrong}`)).toBe(true);
  expect(stderr).toContain(remedy);
  expect(stderr).not.toMatch(/^\s+at /m);
});

it.concurrent.for([
  [["send", "x", "-b", "smaple", "--json"], 2, "unknown-backend"],
  [["recipe", "smaple", "--json"], 2, "unknown-recipe"],
  [["send", "", "--json"], 2, "empty-prompt"],
  [["send", "x", "--json", "--frobnicate"], 2, "usage"],
  [["send", "x", "--json"], 1, "no-backend"],
  [["send", "x", "--json", "-b", "bad"], 1, "plugin-failed"],
  [["send", "x", "--json", "-b", "failing"], 1, "backend-failed"],
] as const)("tells a program of the error of %j on standard output", async ([args, exitCode, errorCode]) => {
  const plugins = [
    backendPackage("bad", `throw new Error("no luck");`),
    backendPackage("failing", `export const run = () => { throw new Error("no luck"); };`),
  ];
  const env = errorCode === "no-backend" ? { OLLAMA_BASE_URL: "http://127.0.0.1:9" } : {};
  const { code, stdout } = await runCli(args, { plugins, env });
  const told = JSON.parse(stdout) as { error: { code: string; message: string; hint: string | null } };
  expect([code, told.error.code]).toEqual([exitCode, errorCode]);
  expect(told.error.message).toMatch(/\S/);
  expect(Object.keys(told.error)).toEqual(["code", "message", "hint"]);
});

// The whole command line is searched for --json, also what stands behind --.
it("takes --json behind -- for text, also when it tells of an error", async () => {
  const { code, stdout, stderr } = await runCli(["send", "-b", "smaple", "--", "--json"]);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain('There is no backend "smaple"');
});

it.concurrent("shows causes with --debug only", async () => {
  const plugins = [backendPackage("bad", `throw new Error("no luck", { cause: new Error("the reason") });`)];
  const [plain, debug] = await Promise.all([
    runCli(["send", "x", "-b", "bad"], { plugins }),
    runCli(["send", "x", "-b", "bad", "--debug"], { plugins }),
  ]);
  expect([plain.code, debug.code]).toEqual([1, 1]);
  expect(plain.stderr).not.toContain("the reason");
  expect(debug.stderr).toContain("caused by: Error: the reason");
});

it.concurrent("shows no escape sequence of what was typed", async () => {
  const typed = "\u001b[2J\u0007";
  const runs = await Promise.all(
    [
      [typed],
      ["send", "x", "-b", typed],
      ["send", "x", `--${typed}`],
      ["recipe", typed],
      ["send", "x", "-o", typed],
    ].map((args) => runCli(args)),
  );
  for (const { code, stderr } of runs) {
    expect(code).toBe(2);
    expect(stderr).not.toContain("\u001b");
    expect(stderr).not.toContain("\u0007");
  }
});

it.concurrent("prints help on standard output with exit code 0, and the version", async () => {
  const [help, version, command] = await Promise.all([
    runCli(["--help"]),
    runCli(["--version"]),
    runCli(["recipe", "--help"]),
  ]);
  expect([help.code, help.stderr, version.code, command.code]).toEqual([0, "", 0, 0]);
  expect(help.stdout).toContain("Usage: ai-cli COMMAND");
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(command.stdout).toContain("ai-cli recipe NAME");
});

it.concurrent("tells of a verb what concerns it, and of all verbs what they are for", async () => {
  const [all, install, sync, plugin] = await Promise.all([
    runCli(["plugins", "--help"]),
    runCli(["plugins", "install", "openrouter", "--help"]),
    runCli(["plugins", "recipes", "sync", "-h"]),
    runCli(["help", "plugin", "rollback"]),
  ]);
  expect([all.code, install.code, sync.code, plugin.code]).toEqual([0, 0, 0, 0]);
  for (const verb of Object.keys(PLUGIN_VERBS)) expect(all.stdout).toMatch(new RegExp(`^  ${verb} +[A-Z]`, "m"));
  expect(all.stdout).not.toContain("--allow-scripts");
  expect(install.stdout).toContain("ai-cli plugins [backends|recipes] install NAME...");
  expect(install.stdout).toMatch(/--allow-scripts PACKAGE(?:.|\n)*--json(?:.|\n)*NAME@VERSION/);
  expect(install.stdout).not.toMatch(/--dest|--fix/);
  expect(sync.stdout).toContain("--dest DIR");
  expect(plugin.stdout).toContain("Go back to the state before the last change.");
});

it("knows every option that a verb is said to have", () => {
  for (const { verbs = {}, options } of COMMANDS)
    for (const verb of Object.values(verbs))
      expect(options.map(({ name }) => name)).toEqual(expect.arrayContaining([...verb.options]));
});

it("says that the current directory is gone, where it is needed", () => {
  const inGone = (...words: string[]) => {
    const { file, args, env, cwd } = cliCommand(words, {});
    return spawnSync("/bin/sh", ["-c", 'rmdir "$PWD" && exec "$@"', "sh", file, ...args], {
      cwd,
      env,
      encoding: "utf8",
    });
  };
  expect(inGone("backends").status).toBe(0);
  expect(inGone("plugins", "list", "--offline").status).toBe(0);
  const recipe = inGone("recipe", "sample", "x", "--yes");
  expect(recipe.status).toBe(1);
  expect(recipe.stderr).toContain("The current directory is not there any more.\nChange to another one");
});
