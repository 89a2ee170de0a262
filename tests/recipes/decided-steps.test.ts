import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { startChatServer } from "../support/chat-server.ts";
import { recipePackage } from "../support/make-plugin.ts";
import { openTerminal } from "../support/pseudo-terminal.ts";
import { ALL_STEPS, runCli, startCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

const deciding = (body: string): string => recipePackage("it", `export async function* run(goal, context) { ${body} }`);

it.concurrent("decides each step when the one before has ended, and knows how it ended", async () => {
  const plugins = [
    deciding(`
      const first = yield "echo out; echo err >&2; exit 3";
      throw first.exitCode === 3 && first.output.includes("out\\n") && first.output.includes("err\\n") ? new Error("right") : new Error(JSON.stringify(first));`),
  ];
  const failing = await runCli(["recipe", "it", ...ALL_STEPS], { plugins });
  expect(failing.code).toBe(3);
  const going = [
    deciding(`
      const first = yield { run: "echo out; exit 3", allowFail: true };
      const second = yield { run: "true", creates: "." };
      yield \`echo '\${JSON.stringify([first, second])}'\`;`),
  ];
  const { code, stdout } = await runCli(["recipe", "it", ...ALL_STEPS], { plugins: going });
  expect(code).toBe(0);
  expect(stdout.split("\n")).toEqual([
    "out",
    '[{"exitCode":3,"output":"out\n"},{"exitCode":null,"output":""}]'.replace("\n", "\\n"),
    "",
  ]);
});

it.concurrent("lets a recipe clean up when no more of its steps are wanted", async () => {
  const cwd = tempFolder("work");
  const around = (steps: string, cleaning: string): string =>
    deciding(`const { writeFileSync } = await import("node:fs"); try { ${steps} } finally { ${cleaning} }`);
  const steps = 'yield "true"; yield "exit 3"; yield "true";';
  const plugins = [around(steps, `writeFileSync(${JSON.stringify(join(cwd, "clean"))}, "")`)];
  expect((await runCli(["recipe", "it", ...ALL_STEPS], { plugins, cwd })).code).toBe(3);
  expect(existsSync(join(cwd, "clean"))).toBe(true);
  const faulty = await runCli(["recipe", "it", ...ALL_STEPS], { plugins: [around(steps, 'throw new Error("stuck")')] });
  expect(faulty.code).toBe(3);
  expect(faulty.stderr).toContain("The recipe it could not end as it wanted: stuck.");
});

it.concurrent.for(["throw new Error('late')", "Promise.reject(new Error('late'))"])(
  "ends the step that is running when the recipe's code does this behind its back: %s",
  async (fault) => {
    const cwd = tempFolder("work");
    const source = `import { existsSync } from "node:fs";
      export const run = () => {
        const timer = setInterval(() => { if (existsSync("begun")) { clearInterval(timer); ${fault}; } }, 20);
        return ["touch begun; sleep 3; touch ended", "touch next"];
      };`;
    const plugins = [recipePackage("it", source)];
    const { code, stderr } = await runCli(["recipe", "it", ...ALL_STEPS], { plugins, cwd });
    expect(code).toBe(1);
    expect(stderr).toContain("Step 1 failed with exit code 143: it was ended by SIGTERM.");
    expect(stderr).toMatch(/To go on from there: ai-cli recipe --resume \S+\nai-cli: .*late/);
    expect([existsSync(join(cwd, "ended")), existsSync(join(cwd, "next"))]).toEqual([false, false]);
  },
);

it.concurrent("ends the step that is running when the recipe's code ends the program", async () => {
  const cwd = tempFolder("work");
  const source = `import { existsSync } from "node:fs";
    export const run = () => {
      setInterval(() => { if (existsSync("begun")) process.exit(0); }, 20);
      return ["echo $$ >begun; exec sleep 30"];
    };`;
  const { code, stderr } = await runCli(["recipe", "it", ...ALL_STEPS], {
    plugins: [recipePackage("it", source)],
    cwd,
  });
  expect(code).toBe(1);
  expect(stderr).toContain("The program ended before its work was done.");
  const pid = Number(readFileSync(join(cwd, "begun"), "utf8"));
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow("ESRCH"), { timeout: 5000 });
});

it.concurrent("tells the end of what a step has printed", async () => {
  const plugins = [
    deciding(`
      const { output } = yield "head -c 1000000 /dev/zero | tr '\\\\0' x; echo end";
      yield "echo " + output.length + " " + output.slice(-4);`),
  ];
  const { stdout } = await runCli(["recipe", "it", ...ALL_STEPS], { plugins });
  expect(stdout.slice(-20)).toBe("xxxxxxend\n65536 end\n");
});

it.concurrent("runs what came before a recipe fails to decide, and says so", async () => {
  const cwd = tempFolder("work");
  for (const body of [`throw new Error("no idea");`, "yield 5;", 'yield "a\\0b";']) {
    const plugins = [deciding(`yield "touch ran"; ${body}`)];
    const { code, stderr } = await runCli(["recipe", "it", ...ALL_STEPS], { plugins, cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('The recipe "it" could not plan: ');
    expect(existsSync(join(cwd, "ran"))).toBe(true);
  }
});

it.concurrent("shows with --dry-run what comes when every step succeeds, and ends with a recipe that does not", async () => {
  const plugins = [deciding(`const { exitCode } = yield "exit 1"; yield exitCode === 0 ? "echo well" : "echo badly";`)];
  const { code, stdout, stderr } = await runCli(["recipe", "it", "--dry-run"], { plugins });
  expect(code).toBe(0);
  expect(stdout).toContain("$ echo well");
  expect(stderr).toContain("these come when each succeeds");
});

it.concurrent("says with --dry-run that there are more steps than it shows, and only then", async () => {
  const endless = [deciding('for (;;) yield "true";')];
  const text = await runCli(["recipe", "it", "--dry-run"], { plugins: endless });
  expect([text.code, text.stderr]).toEqual([
    0,
    expect.stringContaining("These are the first 1000 steps. There are more"),
  ]);
  for (const [plugins, more] of [
    [endless, true],
    [[deciding('for (let at = 0; at < 1000; at += 1) yield "true";')], undefined],
  ] as const) {
    const { stdout, stderr } = await runCli(["recipe", "it", "--dry-run", "--json"], { plugins });
    const plan = JSON.parse(stdout) as { steps: unknown[]; more?: boolean };
    expect([plan.steps.length, plan.more]).toEqual([1000, more]);
    expect(stderr.includes("There are more")).toBe(more === true);
  }
});

it.concurrent("refuses a step when it comes that must not run unattended", async () => {
  const cwd = tempFolder("work");
  const plugins = [deciding('yield "echo fine"; yield "rm -rf /"; yield "touch ran";')];
  const { code, stdout, stderr } = await runCli(["recipe", "it", "--yes"], { plugins, cwd });
  expect([code, stdout]).toEqual([1, "fine\n"]);
  expect(stderr).toContain("The next step must not run without a person's consent");
  expect(existsSync(join(cwd, "ran"))).toBe(false);
});

it.concurrent("shows and asks about each step when it comes", async () => {
  const terminal = openTerminal(["recipe", "it"], {
    plugins: [deciding('const { output } = yield "echo o\'\'ne"; yield "echo after-" + output.trim();')],
  });
  await terminal.shows("decided one by one");
  await terminal.shows("Run it?");
  terminal.type("y");
  await terminal.shows("\none\n");
  await terminal.shows("$ echo after-one");
  await terminal.shows("Run it?");
  terminal.type("y");
  await terminal.shows("\nafter-one\n");
  expect((await terminal.end).code).toBe(0);
});

it.concurrent("ends at Ctrl-C while a recipe decides without end", async () => {
  const cli = startCli(["recipe", "it", ...ALL_STEPS], {
    plugins: [deciding("yield \"echo s''tarted\"; await new Promise((resolve) => setTimeout(resolve, 1e9));")],
  });
  await cli.shows("started");
  await new Promise((resolve) => setTimeout(resolve, 300));
  cli.child.kill("SIGINT");
  expect((await cli.result).code).toBe(130);
});

const RESUMED = `
  const first = yield "echo once >> made; echo known";
  if (first.output !== "known\\n") throw new Error("forgotten");
  yield "test -e mended";
  yield "echo " + (process.env.WORD ?? "last") + " >> made";`;

it.concurrent("resumes by telling the recipe again how its steps ended, and running none twice", async () => {
  const here = { home: tempFolder("home"), cwd: tempFolder("work"), plugins: [deciding(RESUMED)] };
  expect((await runCli(["recipe", "it", ...ALL_STEPS], here)).code).toBe(1);
  writeFileSync(join(here.cwd, "mended"), "");
  const { code, stderr } = await runCli(["recipe", "--resume", "last", ...ALL_STEPS], here);
  expect([code, stderr]).toEqual([0, expect.stringContaining("going on with step 2.")]);
  expect(readFileSync(join(here.cwd, "made"), "utf8")).toBe("once\nlast\n");
});

it.concurrent("refuses to resume when the recipe decides otherwise than before", async () => {
  const here = { home: tempFolder("home"), cwd: tempFolder("work") };
  await runCli(["recipe", "it", ...ALL_STEPS], { ...here, plugins: [deciding('yield "true"; yield "false";')] });
  const { code, stderr } = await runCli(["recipe", "--resume", "last", ...ALL_STEPS], {
    ...here,
    plugins: [deciding('yield "echo other"; yield "touch ran";')],
  });
  expect([code, stderr]).toEqual([1, expect.stringContaining("The plan has changed: step 1 is another")]);
  expect(existsSync(join(here.cwd, "ran"))).toBe(false);
});

it.concurrent("asks the routed model for a recipe, once for a run and its resumption", async () => {
  const server = await startChatServer(["test -e ", "mended"]);
  const here = {
    home: tempFolder("home"),
    cwd: tempFolder("work"),
    plugins: [recipePackage("it", "export const run = async (goal, { ask }) => [await ask(goal), 'echo ran'];")],
    env: { OPENROUTER_BASE_URL: server.url, OPENROUTER_API_KEY: "key", LLM_PRIMARY_BACKEND: "openrouter" },
  };
  expect((await runCli(["recipe", "it", "What to run?", ...ALL_STEPS], here)).code).toBe(1);
  const asked = server.requests.filter((one) => one.path.endsWith("/chat/completions"));
  expect(asked).toHaveLength(1);
  expect(asked[0]?.body).toContain("What to run?");
  writeFileSync(join(here.cwd, "mended"), "");
  const again = await runCli(["recipe", "--resume", "last", ...ALL_STEPS], here);
  expect([again.code, again.stdout]).toEqual([0, "ran\n"]);
  expect(server.requests.filter((one) => one.path.endsWith("/chat/completions"))).toHaveLength(1);
});
