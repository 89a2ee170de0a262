import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { planning, recipePackage, writeFiles } from "../support/make-plugin.ts";
import { openTerminal, type TerminalOptions } from "../support/pseudo-terminal.ts";
import { ALL_STEPS, runCli, type RunOptions, type RunResult } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

const plugin = (steps: unknown): string => recipePackage("it", planning("it", steps));

function run(steps: unknown, args: readonly string[] = ALL_STEPS, options: RunOptions = {}): Promise<RunResult> {
  return runCli(["recipe", "it", ...args], { plugins: [plugin(steps)], ...options });
}

const events = (stdout: string): Record<string, unknown>[] =>
  stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

it.concurrent("runs steps in order and ends with the code of the first that fails", async () => {
  const { code, stdout, stderr } = await run(["echo one", "exit 7", "echo three"]);
  expect([code, stdout]).toEqual([7, "one\n"]);
  expect(stderr).toContain("1/3\n  $ echo one\n");
  expect(stderr).toContain("Step 2 failed with exit code 7.");
  expect(stderr).not.toContain("echo three");
});

it.concurrent.for([
  ["TERM", 143],
  ["KILL", 137],
  ["INT", 130],
] as const)("ends with 128 + n for a step that signal %s ended", async ([name, code]) => {
  const ended = await run([`kill -${name} $$`]);
  expect(ended.code).toBe(code);
  expect(ended.stderr).toContain(`it was ended by SIG${name}`);
});

it.concurrent("goes on behind a step that may fail, and ends with 0", async () => {
  const { code, stdout, stderr } = await run([{ run: "exit 7", allowFail: true }, "echo on"]);
  expect([code, stdout]).toEqual([0, "on\n"]);
  expect(stderr).toContain("(may fail)");
});

it.concurrent("runs nothing with --dry-run, not even a guard, and shows every step whole", async () => {
  const cwd = tempFolder("work");
  const steps = [
    {
      run: "touch ran\ntouch ran-too",
      why: "to show it",
      unless: "touch guarded",
      creates: "made",
      cwd: "sub",
      env: { A: "b" },
      timeout: 5,
      confirm: true,
    },
  ];
  const text = await run(steps, ["--dry-run"], { cwd });
  expect(text.code).toBe(0);
  for (const part of [
    "to show it",
    "$ touch ran\n  > touch ran-too",
    "in sub",
    "with A=b",
    "unless this succeeds: touch guarded",
    "unless there is made",
    "within 5 seconds",
    "must be confirmed",
  ]) {
    expect(text.stdout).toContain(part);
  }
  const json = await run(steps, ["--dry-run", "--json", ...ALL_STEPS], { cwd });
  expect(JSON.parse(json.stdout)).toEqual({
    recipe: "it",
    goal: "",
    shell: "bash",
    steps: [{ ...steps[0], risk: expect.objectContaining({ level: expect.any(String) }) }],
  });
  for (const name of ["ran", "ran-too", "guarded", "sub"]) expect(existsSync(join(cwd, name))).toBe(false);
});

it.concurrent.for([[[]], [["--json"]]])(
  "shows the plan, runs nothing and ends with 2 without a terminal and %j",
  async ([args = []]) => {
    const cwd = tempFolder("work");
    const { code, stdout, stderr } = await run(["touch ran"], args, { cwd });
    expect(code).toBe(2);
    expect(stdout).toContain("touch ran");
    expect(stdout + stderr).toContain("There is no terminal to ask at, so nothing was run.");
    expect(existsSync(join(cwd, "ran"))).toBe(false);
  },
);

it.concurrent.for(["confirm", "interactive"])(
  "runs nothing of a plan with a step marked %s without a terminal",
  async (mark) => {
    const cwd = tempFolder("work");
    const { code, stderr } = await run(["touch ran", { run: "true", [mark]: true }], ALL_STEPS, { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain("1 step of 2 must not run without a person's consent, so nothing was run.\n  Step 2: ");
    expect(stderr).toContain("Run it from a terminal.");
    expect(existsSync(join(cwd, "ran"))).toBe(false);
  },
);

it.concurrent("skips a step whose guard says that it is done, and runs the others", async () => {
  const cwd = writeFiles(tempFolder("work"), { "sub/made": "" });
  const { code, stdout, stderr } = await run(
    [
      { run: "echo 1", creates: "sub/made" },
      { run: "echo 2", creates: "made", cwd: "sub" },
      { run: "echo 3", creates: "made" },
      { run: "echo 4", unless: "test -e sub/made; echo noise" },
      { run: "echo 5", unless: "test -e made", cwd: "sub" },
      { run: "echo 6", unless: "false; exit 1" },
      { run: "echo 7", unless: '[ "$A" = b ]', env: { A: "b" } },
    ],
    ALL_STEPS,
    { cwd },
  );
  expect([code, stdout]).toEqual([0, "3\n6\n"]);
  expect(stderr.match(/Step \d is skipped: it is done already\./g)).toHaveLength(5);
});

it.concurrent("runs each step in its own folder and with its own variables, beside those of the caller", async () => {
  const cwd = writeFiles(tempFolder("work"), { "sub/x": "" });
  const steps = [
    "pwd",
    { run: "pwd", cwd: "sub" },
    { run: "pwd", cwd: "/" },
    { run: 'echo "$A|$OUTER"', env: { A: "a 'b' \"c\" $d" } },
    'echo "[$A]"',
    "cd sub",
    "pwd",
  ];
  const { stdout } = await run(steps, ALL_STEPS, { cwd, env: { OUTER: "outer" } });
  const here = realpathSync(cwd);
  const sub = join(here, "sub");
  expect(stdout.split("\n")).toEqual([here, sub, "/", `a 'b' "c" $d|outer`, "[]", sub, ""]);
});

it.concurrent("gives a program one JSON object a line, with the steps' output among them", async () => {
  const { code, stdout, stderr } = await run(
    ["printf out; printf err >&2", { run: "true", unless: "true" }, { run: "exit 3", allowFail: true }, "exit 4"],
    [...ALL_STEPS, "--json"],
  );
  expect([code, stderr]).toEqual([4, ""]);
  const told = events(stdout);
  expect(told[0]).toMatchObject({ type: "plan", recipe: "it", goal: "", shell: "bash" });
  const output = told.filter((event) => event["type"] === "output");
  expect(output).toHaveLength(2);
  expect(output).toEqual(
    expect.arrayContaining([
      { type: "output", step: 1, stream: "stdout", data: "out" },
      { type: "output", step: 1, stream: "stderr", data: "err" },
    ]),
  );
  expect(told.filter((event) => event["type"] !== "output" && event["type"] !== "plan")).toEqual([
    { type: "start", step: 1, run: "printf out; printf err >&2" },
    { type: "end", step: 1, exitCode: 0 },
    { type: "skip", step: 2, because: "done" },
    { type: "start", step: 3, run: "exit 3" },
    { type: "end", step: 3, exitCode: 3 },
    { type: "start", step: 4, run: "exit 4" },
    { type: "end", step: 4, exitCode: 4 },
    { type: "result", exitCode: 4 },
  ]);
});

it.concurrent("keeps letters whole that come in two pieces", async () => {
  const { stdout } = await run(["printf '\\303'; sleep 0.2; printf '\\251'"], [...ALL_STEPS, "--json"]);
  const text = events(stdout)
    .map((event) => (typeof event["data"] === "string" ? event["data"] : ""))
    .join("");
  expect(text).toBe("é");
});

it.concurrent("passes a step's output through unchanged, whatever bytes it is", async () => {
  const { stdout } = await run(["printf 'a\\000b\\033[1m'; head -c 300000 /dev/zero | tr '\\0' x"]);
  expect(stdout === `a\0b\u001b[1m${"x".repeat(300_000)}`).toBe(true);
});

it.concurrent("writes steps and output to the log file, behind what it holds, for its owner alone", async () => {
  const cwd = writeFiles(tempFolder("work"), {});
  const args = [...ALL_STEPS, "--log", "run.log"];
  const first = await run(["echo out; echo err >&2", "exit 5"], args, { cwd });
  expect([first.code, first.stdout]).toEqual([5, "out\n"]);
  expect(first.stderr).toContain("err\n");
  const log = readFileSync(join(cwd, "run.log"), "utf8");
  for (const part of [
    "$ echo out; echo err >&2",
    "\nout\n",
    "\nerr\n",
    "Step 2 failed with exit code 5",
    "The run ended with exit code 5.",
  ]) {
    expect(log).toContain(part);
  }
  expect(statSync(join(cwd, "run.log")).mode & 0o777).toBe(0o600);
  await run(["echo again"], args, { cwd });
  expect(readFileSync(join(cwd, "run.log"), "utf8").startsWith(log)).toBe(true);
});

it.concurrent("runs nothing when the log file cannot be opened", async () => {
  const cwd = tempFolder("work");
  const { code, stderr } = await run(["touch ran"], [...ALL_STEPS, "--log", "not/there.log"], { cwd });
  expect(code).toBe(1);
  expect(stderr).toContain("The log file cannot be opened: ");
  expect(existsSync(join(cwd, "ran"))).toBe(false);
});

it.concurrent("has colours on a terminal, and elsewhere only when they are wanted", async () => {
  const plugins = [recipePackage("it", planning("it", ["rm -rf ~/x"]))];
  const shown = async (env: Record<string, string>): Promise<string> =>
    (await runCli(["recipe", "it", "--dry-run"], { plugins, env })).stdout;
  const red = "\u001B[31m    (high risk: ";
  expect(await shown({})).not.toContain("\u001B");
  expect(await shown({ FORCE_COLOR: "1" })).toContain(red);
  expect(await shown({ FORCE_COLOR: "0" })).not.toContain("\u001B");
  expect(await shown({ FORCE_COLOR: "1", NO_COLOR: "1" })).not.toContain("\u001B");
  const painted = async (options: TerminalOptions): Promise<string> => {
    const terminal = openTerminal(["recipe", "it", "--dry-run"], { plugins, ...options });
    await terminal.end;
    return terminal.raw();
  };
  expect(await painted({})).toContain(red);
  expect(await painted({ env: { NO_COLOR: "1" } })).not.toContain("\u001B[31m");
  expect(await painted({ type: "dumb" })).not.toContain("\u001B[31m");
});

it.concurrent("says that the run's folder is gone when a step has removed it, and starts no other", async () => {
  const home = tempFolder("home");
  const cwd = tempFolder("work");
  const remove = `rm -rf '${home}/runs'`;
  const runHere = (steps: unknown): Promise<RunResult> => run(steps, ALL_STEPS, { home, cwd });
  const { code, stderr } = await runHere([remove, "touch ran"]);
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /ai-cli: The run's folder .* is gone\.\nA step may have removed it\. Step 2 was not started\.\n$/,
  );
  expect(existsSync(join(cwd, "ran"))).toBe(false);
  expect((await runHere([remove])).code).toBe(0);
  const failed = await runHere([`${remove}; exit 3`]);
  expect(failed.code).toBe(3);
  expect(failed.stderr).not.toContain("--resume");
});
