/**
 * What a step costs over `sh -c` of the same, in milliseconds.
 * Run: npm run bench:steps [-- STEPS]
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { spawn as openTerminal } from "@lydell/node-pty";

const STEPS = Number(process.argv[2] ?? 200);
const ROUNDS = 5;
const BIN = join(import.meta.dirname, "../packages/ai-cli/bin/ai-cli.cjs");
const home = mkdtempSync(join(tmpdir(), "d0ttino-bench-"));
const recipe = join(home, "recipe");
mkdirSync(recipe);
writeFileSync(
  join(recipe, "package.json"),
  JSON.stringify({
    name: "bench",
    version: "1.0.0",
    type: "module",
    entryPoints: { "d0ttino.recipes": { bench: "./index.js" } },
  }),
);
writeFileSync(
  join(recipe, "index.js"),
  'export const run = (goal) => Array.from({ length: Number(goal) }, () => "true");',
);
const env = { ...process.env, D0TTINO_HOME: home, D0TTINO_PLUGIN_PATH: recipe };

const milliseconds = (since: bigint): number => Number(process.hrtime.bigint() - since) / 1e6;
const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[list.length >> 1] as number;

/** One `sh -c true` after the other, as any Node program would start them; milliseconds a step. */
async function bareShells(shell: string): Promise<number> {
  const started = process.hrtime.bigint();
  for (let step = 0; step < STEPS; step += 1) {
    const child = spawn(shell, ["-c", "true"], { stdio: "ignore" });
    await new Promise((resolve) => child.on("exit", resolve));
  }
  return milliseconds(started) / STEPS;
}

function recipeRun(args: readonly string[]): number {
  const started = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, [BIN, "recipe", "bench", ...args], {
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  if (status !== 0) throw new Error(stderr.toString());
  return milliseconds(started);
}

/** The same at a terminal; without TERM the steps have that terminal itself, and nothing keeps what they show. */
async function terminalRun(args: readonly string[], TERM: string | undefined): Promise<number> {
  const started = process.hrtime.bigint();
  const words = ["-c", TERM === undefined ? 'unset TERM; exec "$@"' : 'exec "$@"', "sh"];
  const terminal = openTerminal("/bin/sh", [...words, process.execPath, BIN, "recipe", "bench", ...args], { env });
  const { exitCode } = await new Promise<{ exitCode: number }>((resolve) => terminal.onExit(resolve));
  if (exitCode !== 0) throw new Error(`a run at a terminal ended with ${exitCode}`);
  return milliseconds(started);
}

const times = {
  sh: [] as number[],
  bash: [] as number[],
  step: [] as number[],
  own: [] as number[],
  inside: [] as number[],
};
for (let round = 0; round <= ROUNDS; round += 1) {
  const [sh, bash] = [await bareShells("/bin/sh"), await bareShells("/bin/bash")];
  const step = (recipeRun([String(STEPS), "--yes"]) - recipeRun(["0", "--yes"])) / STEPS;
  const atTerminal = async (TERM: string | undefined): Promise<number> =>
    ((await terminalRun([String(STEPS), "--yes"], TERM)) - (await terminalRun(["1", "--yes"], TERM))) / (STEPS - 1);
  const [own, inside] = [await atTerminal(undefined), await atTerminal("xterm")];
  // The first round warms the caches.
  if (round === 0) continue;
  for (const [name, time] of Object.entries({ sh, bash, step, own, inside }))
    times[name as keyof typeof times].push(time);
}
rmSync(home, { recursive: true, force: true });

const row = (what: string, time: number, over = ""): string =>
  `${what.padEnd(34)}${time.toFixed(2).padStart(8)}  ${over}\n`;
const [sh, bash, step] = [median(times.sh), median(times.bash), median(times.step)];
const [own, inside] = [median(times.own), median(times.inside)];
process.stdout.write(
  `Node ${process.version}, ${cpus().length} cores, ${ROUNDS} rounds of ${STEPS} steps; milliseconds\n`,
);
process.stdout.write(row("sh -c true", sh));
process.stdout.write(row("bash -c true", bash));
process.stdout.write(
  row("a step that is `true`", step, `+${(step - sh).toFixed(2)} over sh, +${(step - bash).toFixed(2)} over bash`),
);
process.stdout.write(row("the same at a terminal of its own", inside, `+${(inside - sh).toFixed(2)} over sh`));
process.stdout.write(row("the same at the person's terminal", own, `+${(own - sh).toFixed(2)} over sh`));
