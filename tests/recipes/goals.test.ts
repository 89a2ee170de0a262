import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { askProgram } from "../support/run-library.ts";
import { runCli } from "../support/run-cli.ts";
import { recipePackage } from "../support/make-plugin.ts";
import { tempFolder } from "../support/temp-folder.ts";

const GOALS: readonly string[] = [
  "; rm -rf ~",
  "$(touch X)",
  "`touch X`",
  "'; touch X; '",
  '"; touch X; "',
  "' \"'\"' '' \"\"",
  "two\nlines",
  "\n\n",
  "ends with a line break\n",
  "\r\n carriage",
  "-n",
  "-e",
  "-E x",
  "--help",
  "--",
  "-neE -- x",
  "back\\slash",
  "\\n \\t \\c \\0101",
  "ends with a backslash\\",
  "%s %d %%",
  "$HOME ${HOME} $$ $? $!",
  "!! !x ^a^b",
  "~ ~root * ? [a-z] {a,b}",
  "a & b | c > X < d",
  "# no comment",
  "tab\there",
  " leading and trailing ",
  "日本語 é 🦊 \u200b zero width",
  "\u001b[31mred\u001b[0m \u0007",
  "\u202eright to left",
  "a  b   c",
  "<<EOF\nx\nEOF",
  "x".repeat(50_000),
];

it.concurrent.for(GOALS.map((goal) => [JSON.stringify(goal.slice(0, 40)), goal] as const))(
  "recipe sample gives back %s exactly as it went in",
  async ([, goal]) => {
    const cwd = tempFolder("work");
    const { code, stdout } = await runCli(["recipe", "sample", "--yes", "--", goal], { cwd });
    expect([code, stdout]).toEqual([0, `${goal}\n`]);
    expect(readdirSync(cwd)).toEqual([]);
  },
);

it.concurrent("prints nothing but a line break for an empty goal", async () => {
  expect(await runCli(["recipe", "sample", "--yes"])).toMatchObject({ code: 0, stdout: "\n" });
  expect(await runCli(["recipe", "sample", "--yes", ""])).toMatchObject({ code: 0, stdout: "\n" });
});

it.concurrent("joins the words of a goal that was not quoted", async () => {
  expect(await runCli(["recipe", "sample", "--yes", "two", "words"])).toMatchObject({ stdout: "two words\n" });
});

it.concurrent.for(["; rm -rf ~", "-5 degrees", "a b"])("takes the goal %j without --", async (goal) => {
  expect(await runCli(["recipe", "sample", goal, "--yes"])).toMatchObject({ code: 0, stdout: `${goal}\n` });
});

const SHELLS = ["/bin/sh", "/bin/bash", "/bin/dash", "/bin/zsh", "/bin/ksh", "/bin/busybox"].filter((file) =>
  existsSync(file),
);
let plans: string[];

beforeAll(async () => {
  plans = (await askProgram(
    `const sample = await llm.discoverRecipes().find((one) => one.name === "sample").load();
     const plans = [];
     for (const goal of ${JSON.stringify(GOALS)}) plans.push(...(await sample.plan(goal, { shell: "sh" })));
     tell(plans);`,
  )) as string[];
});

it.for(SHELLS)("the sample's command gives every goal back under %s", (shell) => {
  const cwd = tempFolder("work");
  const before = shell.endsWith("busybox") ? ["sh", "-c"] : ["-c"];
  const shown = plans.map((command) => execFileSync(shell, [...before, command], { cwd, encoding: "utf8" }));
  expect(shown).toEqual(GOALS.map((goal) => `${goal}\n`));
  expect(readdirSync(cwd)).toEqual([]);
});

it.concurrent.for(["bash", "sh"])("a goal that a plug-in quotes with sh stays data under %s", async (shell) => {
  const plugin = recipePackage(
    "quoting",
    `import { registerRecipe, sh } from "@d0ttino/plugin-sdk";
     registerRecipe("quoting", (goal) => [sh\`printf '[%s]' \${goal} \${[goal, "b c"]}\`], { shell: ${JSON.stringify(shell)} });`,
  );
  const cwd = tempFolder("work");
  const goals = GOALS.slice(0, 12);
  const shown = await Promise.all(
    goals.map((goal) => runCli(["recipe", "quoting", "--yes", "--", goal], { plugins: [plugin], cwd })),
  );
  expect(shown.map((one) => one.stdout)).toEqual(goals.map((goal) => `[${goal}][${goal}][b c]`));
  expect(existsSync(join(cwd, "X"))).toBe(false);
});

it.concurrent("shows a goal's invisible characters in the plan, and never the raw ones", async () => {
  const { code, stdout } = await runCli(["recipe", "sample", "--dry-run", "--", "a\u001b[2Jb\u202ec\u200bd"]);
  expect(code).toBe(0);
  expect(stdout).toContain("a^[[2Jb<U+202E>c<U+200B>d");
  expect(stdout).not.toContain("\u001b");
});
