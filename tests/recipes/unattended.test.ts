import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { planning, recipePackage } from "../support/make-plugin.ts";
import { runCli, type RunResult } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

const NONE = "echo none";
const LOW = "mkdir low";
const MEDIUM = "sudo true";
const HIGH = "rm -r ../kept";
const CRITICAL = "echo ran > ran; exit 0; rm -rf /";

interface Run extends RunResult {
  readonly cwd: string;
}

async function run(steps: unknown, args: readonly string[]): Promise<Run> {
  const cwd = tempFolder("work");
  const result = await runCli(["recipe", "it", ...args], {
    plugins: [recipePackage("it", planning("it", steps))],
    cwd,
  });
  return { ...result, cwd };
}

it.concurrent("runs steps of no or low risk with --yes", async () => {
  const { code, stdout, cwd } = await run([NONE, LOW], ["--yes"]);
  expect([code, stdout, existsSync(join(cwd, "low"))]).toEqual([0, "none\n", true]);
});

it.concurrent("refuses a plan with higher risks before its first step, and names every such step and why", async () => {
  const { code, stdout, stderr, cwd } = await run([LOW, MEDIUM, NONE, HIGH], ["--yes"]);
  expect(code).toBe(2);
  expect(stdout).toContain("4/4\n  $ rm -r ../kept\n    (high risk: ");
  expect(stderr).toMatch(
    /^ai-cli: 2 steps of 4 must not run without a person's consent, so nothing was run\.\n {2}Step 2: medium risk: .+\.\n {2}Step 4: high risk: .+\.\n/,
  );
  expect(stderr).toContain("add --allow high");
  expect(existsSync(join(cwd, "low"))).toBe(false);
});

it.concurrent.for([
  ["low", 2],
  ["medium", 2],
  ["high", 2],
  ["critical", 0],
] as const)("allows a critical step with --allow %s: exit code %i", async ([level, expected]) => {
  const { code, cwd } = await run([CRITICAL], ["--yes", "--allow", level]);
  expect([code, existsSync(join(cwd, "ran"))]).toEqual([expected, expected === 0]);
});

it.concurrent("tells a program of a refusal behind the plan", async () => {
  const { code, stdout, stderr } = await run([HIGH], ["--yes", "--json"]);
  const [plan, error] = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect([code, stderr]).toEqual([2, ""]);
  expect(plan).toMatchObject({ type: "plan", steps: [{ run: HIGH, risk: { level: "high" } }] });
  expect(error).toMatchObject({ error: { code: "step-refused" } });
});

it.concurrent("gives a plan's risks with --dry-run --json", async () => {
  const { code, stdout } = await run([NONE, { run: LOW, why: "to see" }, HIGH], ["--dry-run", "--json"]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    recipe: "it",
    goal: "",
    shell: "bash",
    steps: [
      { run: NONE, risk: { level: "none", reasons: [] } },
      { run: LOW, why: "to see", risk: { level: "low", reasons: [expect.any(String)] } },
      { run: HIGH, risk: { level: "high", reasons: expect.arrayContaining([expect.any(String)]) } },
    ],
  });
});

it.concurrent("says in the heading how many steps need care, and which", async () => {
  const { stdout } = await run([NONE, MEDIUM, LOW, { run: NONE, confirm: true }], ["--dry-run"]);
  expect(stdout).toMatch(
    /^Recipe {2}it \(it 1\.0\.0\)\nShell {3}bash\nFolder {2}\/.+\nSteps {3}4, 2 need care: 2, 4\n/,
  );
});

it.concurrent.for([
  [["--allow", "high"], "--allow says what --yes may run."],
  [["--yes", "--allow", "all"], '--allow takes low, medium, high, critical, not "all".'],
] as const)("refuses %j", async ([args, message]) => {
  const { code, stderr, cwd } = await run([LOW], args);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
  expect(existsSync(join(cwd, "low"))).toBe(false);
});
