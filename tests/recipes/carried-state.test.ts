import { existsSync, mkdirSync, realpathSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { planning, recipePackage } from "../support/make-plugin.ts";
import { ALL_STEPS, runCli, type RunOptions, type RunResult } from "../support/run-cli.ts";
import { SHELLS } from "../support/shells.ts";
import { tempFolder } from "../support/temp-folder.ts";

/** Runs steps in a shell that the recipe pins. */
function runIn(shell: string | undefined, steps: unknown, options: RunOptions = {}): Promise<RunResult> {
  const source = `import { registerRecipe } from "@d0ttino/plugin-sdk";
    registerRecipe("it", () => ${JSON.stringify(steps)}, ${JSON.stringify({ shell })});`;
  return runCli(["recipe", "it", ...ALL_STEPS], { plugins: [recipePackage("it", source)], ...options });
}

/** Steps that leave something behind, and what `pwd` and $A are in the next. */
const CASES: readonly (readonly [string, string, string])[] = [
  ["leaves it as it is", "true", "/place|old"],
  ["changes both", "cd sub; export A=new", "/place/sub|new"],
  ["exits", "cd sub; export A=new; exit 0", "/place/sub|new"],
  ["does not export", "cd sub; B=1; unset A; A=new", "/place/sub|"],
  ["unsets a variable", "unset A", "/place|"],
  ["has a trap of its own", "trap 'true' EXIT; cd sub; export A=new", "/place/sub|new"],
  ["fails at once", "set -e; cd sub; export A=new; true", "/place/sub|new"],
  ["exports all", "set -a; cd sub; A=new", "/place/sub|new"],
  ["is strict and leaves all as it is", "set -euC", "/place|old"],
  ["is strict", "set -euC; cd sub; export A=new", "/place/sub|new"],
  ["closes its streams", "exec >&- 2>&-; cd sub; export A=new", "/place/sub|new"],
  ["takes its PATH away", "cd sub; export A=new; PATH=/nowhere", "/place/sub|new"],
  ["changes things in a subshell only", "(cd sub; export A=new)", "/place|old"],
  ["becomes another program", "cd sub; export A=new; exec true", "/place|old"],
  ["has an odd value", `export A="a'b\\"c $(printf '\\nd=e')"`, `/place|a'b"c \nd=e`],
  ["ends in a comment", "cd sub # the end", "/place/sub|old"],
  ["ends in a here-document", "cd sub; cat <<X\nX", "/place/sub|old"],
  ["counts its arguments", 'export A="${#}.${1-}"', "/place|0."],
];

it.concurrent.for(SHELLS)("%s carries on what a step leaves", async (shell) => {
  const cwd = realpathSync(tempFolder("work"));
  mkdirSync(join(cwd, "sub"));
  const steps = CASES.flatMap(([, step]) => [
    `cd '${cwd}'; export A=old PATH='${process.env["PATH"]}'`,
    step,
    `/usr/bin/printf '<%s|%s>' "$(/bin/pwd)" "\${A-}"`,
  ]);
  const { code, stdout } = await runIn(shell, steps, { cwd });
  const shown = stdout.replaceAll(cwd, "/place").match(/<[^>]*>/g) ?? [];
  expect(CASES.map(([what], at) => [what, shown[at]])).toEqual(CASES.map(([what, , left]) => [what, `<${left}>`]));
  expect(code).toBe(0);
});

it.concurrent.for(SHELLS)("%s stops when a step exports more than programs can be given", async (shell) => {
  for (const much of [
    "export K=$(seq 30000)",
    'i=0; while [ $i -lt 60 ]; do export "K$i=$(seq 12000)"; i=$((i+1)); done',
  ]) {
    const { code, stdout, stderr } = await runIn(shell, ["export A=1", `${much}; true`, "echo r''an"]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("What step 2 exports is more than this system can pass on to a program.");
    expect(stderr).toContain("do not export it");
  }
});

it.concurrent("says when a step has left nothing to go on from, unless nothing follows", async () => {
  const cwd = tempFolder("work");
  const steps = ["trap 'true' EXIT; cd /; exit 0", "cd /; exec true", "pwd; trap true EXIT; exit 0"];
  const person = await runIn("bash", steps, { cwd });
  expect([person.code, person.stdout]).toEqual([0, `${realpathSync(cwd)}\n`]);
  expect(person.stderr.match(/^Note on step \d: it has not told its folder and variables/gm)).toHaveLength(2);
  const { stdout } = await runCli(["recipe", "it", ...ALL_STEPS, "--json"], {
    plugins: [recipePackage("it", planning("it", steps))],
  });
  const events = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { type: string; step?: number });
  expect(events.filter(({ type }) => type === "note").map(({ step }) => step)).toEqual([1, 2]);
});

it.concurrent("says when what a step leaves is not text", async () => {
  const { code, stdout, stderr } = await runIn("bash", ["export Q=$(printf 'a\\377')", 'printf %s "$Q"']);
  expect([code, stdout]).toEqual([0, "a\uFFFD"]);
  expect(stderr).toContain("Note on step 1: its folder, or a variable that it exports, is not text in UTF-8.");
});

it.concurrent("takes a step's own folder and variables back behind it, unless it has changed them", async () => {
  const cwd = tempFolder("work");
  mkdirSync(join(cwd, "sub/deep"), { recursive: true });
  const { stdout } = await runIn(
    undefined,
    [
      { run: "true", cwd: "sub", env: { A: "step", B: "step" } },
      'echo "$(basename "$PWD") $A ${B-none}"',
      { run: "cd deep; export A=changed", cwd: "sub", env: { A: "step" } },
      'echo "$(basename "$PWD") $A"',
      { run: 'echo "$(basename "$PWD")"', cwd: ".." },
    ],
    { cwd, env: { A: "caller" } },
  );
  expect(stdout).toBe("work caller none\ndeep changed\nsub\n");
});

it.concurrent("carries on what a failed step has left when the run goes on", async () => {
  const { stdout } = await runIn(undefined, [{ run: "cd /usr; export A=1; false", allowFail: true }, 'echo "$PWD $A"']);
  expect(stdout).toBe("/usr 1\n");
});

it.concurrent("keeps cd -, functions that bash exports, and the depth of shells", async () => {
  const { stdout } = await runIn(
    "bash",
    ["cd /usr; cd /; f() { echo f; }; export -f f", 'f; cd -; echo "$SHLVL"', 'echo "$SHLVL"'],
    {
      env: { SHLVL: "3" },
    },
  );
  expect(stdout).toBe("f\n/usr\n4\n4\n");
});

// Zsh shows those of the trap that saves.
it.concurrent.for(SHELLS.filter((shell) => shell !== "zsh"))(
  "%s shows no commands but the step's own when those are to be shown",
  async (shell) => {
    const steps = ["set -x; true", "set -x; exit 0", "set -v; true", "echo end >&2"];
    const { stderr } = await runIn(shell, steps, { cwd: tempFolder("work") });
    expect(stderr.match(/^\+.*/gm)?.filter((line) => !/\b(?:true|exit 0)$/.test(line)) ?? []).toEqual([]);
    expect(stderr).toMatch(/\+.*true\n/);
    expect(stderr).not.toContain("D0TTINO_STEP");
  },
);

it.concurrent("carries on what a step leaves that has disturbed its own shell", async () => {
  const cwd = realpathSync(tempFolder("work"));
  const env = { A: "0" };
  const disturbing = [
    "trap 'echo \"+ $BASH_COMMAND\"' DEBUG",
    "read() { :; }",
    "export() { :; }; declare -x A",
    "printf() { :; }; pwd() { :; }; [() { return 1; }; exit() { :; }",
    "trap 'echo \"+ $BASH_COMMAND\"' DEBUG; set -eu",
    "readonly IFS",
    "set -o posix",
    "shopt -s extdebug",
  ];
  const steps = disturbing.flatMap((step, at) => [
    "true",
    `mkdir ${at}; ${step}; cd ${at}; A=${at + 1}`,
    'echo "<$PWD $A>"',
    `${step}; true`,
    'echo "<$PWD $A>"',
    `cd '${cwd}'; exit 0`,
  ]);
  const { stdout } = await runIn("bash", steps, { cwd, env });
  const lines = disturbing.flatMap((_, at) => [`<${cwd}/${at} ${at + 1}>`, `<${cwd}/${at} ${at + 1}>`]);
  expect(stdout.split("\n").filter((line) => line.startsWith("<"))).toEqual(lines);
});

it.concurrent("sees every change of variables and functions, after steps that changed none", async () => {
  const env = { "a.b": "odd", A: "first" };
  const show = 'echo "${A-none} ${B-none} $(f 2>/dev/null) $(env | grep ^a.b=)"';
  const { code, stdout } = await runIn(
    "bash",
    [
      ["true", show, "true", "A=second", show, "unset A; export A=third B", show, "export -n A; B=set; true", show],
      ["export B", show, "f() { echo f; }; export -f f", "true", show, "f() { echo g; }", show, "unset -f f", show],
      [{ run: "true", env: { "a.b": "other", A: "step" } }, { run: show, env: { A: "step" } }, "true", show],
      ["readonly A=kept; export A; true", show],
      ["export A=$'two\nlines'; true", "true", "[ \"$A\" = $'two\nlines' ]"],
    ].flat(),
    { env },
  );
  expect(stdout.trim().split("\n")).toEqual([
    "first none  a.b=odd",
    "second none  a.b=odd",
    "third none  a.b=odd",
    "none none  a.b=odd",
    "none none  a.b=odd",
    "none none f a.b=odd",
    "none none g a.b=odd",
    "none none  a.b=odd",
    "step none  a.b=odd",
    "none none  a.b=odd",
    "kept none  a.b=odd",
  ]);
  expect(code).toBe(0);
});

it.concurrent("keeps the name of a folder that a link leads to", async () => {
  const dir = tempFolder("real");
  const link = join(tempFolder("links"), "link");
  symlinkSync(dir, link);
  const { stdout } = await runIn("bash", ["pwd", "pwd"], { cwd: link, env: { PWD: link } });
  expect(stdout).toBe(`${link}\n${link}\n`);
});

it.concurrent("says which folder is gone when a step has removed the one it was in", async () => {
  const { code, stderr } = await runIn(undefined, ["mkdir gone; cd gone; rmdir ../gone", "touch /tmp/never-$$"]);
  expect(code).toBe(126);
  expect(stderr).toMatch(/Step 2 failed with exit code 126: it could not be started: there is no folder .*\/gone\./);
});

it.concurrent.for(SHELLS)("runs a step of 1 MB under %s, and carries on from it", async (shell) => {
  const long = `cd /usr; export A=1\n: '${"x".repeat(1_000_000)}'\nprintf '%s.' "$#"`;
  const { code, stdout } = await runIn(shell, [long, 'echo "$PWD $A"']);
  expect([code, stdout]).toEqual([0, "0./usr 1\n"]);
});

it.concurrent("names lines as the step has them", async () => {
  const { stderr } = await runIn("bash", ["no-such-command-1; true", "\nno-such-command-2; true"]);
  expect(stderr).toContain("bash: line 1: no-such-command-1: ");
  expect(stderr).toContain("bash: line 2: no-such-command-2: ");
});

it.concurrent("passes over a step in a shell of another kind as it is", async () => {
  const cwd = tempFolder("work");
  const { code, stdout } = await runIn("/usr/bin/env", ["ignored"], { cwd });
  expect(code).not.toBe(0);
  expect(stdout).toBe("");
  expect(existsSync(join(cwd, "ignored"))).toBe(false);
});
