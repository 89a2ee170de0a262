import { execFile } from "node:child_process";
import { expect, it } from "vitest";

interface Run {
  readonly code: number;
  readonly output: string;
}

/** Runs a module in a Node process of its own, which resolves the SDK as a plug-in in this repository does. */
async function runModule(code: string): Promise<Run> {
  const { promise, resolve } = Promise.withResolvers<Run>();
  // Without vitest's variables, and without those by which one run of Node's tests tells another where to report.
  const { NODE_OPTIONS: _options, NODE_TEST_CONTEXT: _context, ...env } = process.env;
  const args = ["--conditions=d0ttino-source", "--input-type=module", "--eval", code];
  execFile(process.execPath, args, { cwd: import.meta.dirname, env }, (error, stdout, stderr) => {
    resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
  });
  return promise;
}

const MODULE = `
  import { sh } from "@d0ttino/plugin-sdk";
  import { checkBackend, checkRecipe } from "@d0ttino/plugin-sdk/testing";
  const backend = async (prompt) => "You said: " + prompt;
  const quoted = (goal) => [sh\`echo \${goal}\`];
  const raw = (goal) => ["echo " + goal];
`;

it("works in a plain script", async () => {
  const good = await runModule(`${MODULE}
    const { checks } = await checkBackend(backend);
    await checkRecipe(quoted);
    console.log(checks[1]);`);
  expect(good).toEqual({ code: 0, output: "{ name: 'answers a prompt', ok: true }\n" });

  const bad = await runModule(`${MODULE} await checkRecipe(raw);`);
  expect(bad.code).toBe(1);
  expect(bad.output).toMatch(/ContractError: the recipe fails 1 of \d+ checks/);
  expect(bad.output).toContain("- keeps the goal from running: expected the goal to stay data, but");
});

it("works in Node's test runner, which writes to stdout meanwhile", async () => {
  const { code, output } = await runModule(`${MODULE}
    import { setTimeout as sleep } from "node:timers/promises";
    import test from "node:test";
    const slow = async (prompt) => { await sleep(20); return prompt; };
    test("first", () => {});
    test("backend", () => checkBackend(slow));
    test("recipe", () => checkRecipe(quoted));
    test("broken", () => checkRecipe(raw));`);
  expect(code).toBe(1);
  expect(output).toMatch(/^(?:# |ℹ )pass 3$/m);
  expect(output).toMatch(/^(?:# |ℹ )fail 1$/m);
  expect(output).toContain("- keeps the goal from running: expected the goal to stay data, but");
});
