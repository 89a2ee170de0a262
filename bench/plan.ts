/**
 * How long it takes until a plan of 1,000 steps is shown, with the risk of each, and until the command has ended, against
 * bare Node, in milliseconds.
 * Run: npm run bench:plan [-- RUNS]
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { timeCommands, timingTable, type TimedCommand } from "./time-commands.ts";

const RUNS = Number(process.argv[2] ?? 15);
const STEPS = 1000;
const BIN = join(import.meta.dirname, "../packages/ai-cli/bin/ai-cli.cjs");

/** Commands as recipes have them: each step is another, so that nothing can be remembered. */
const COMMANDS: readonly ((at: number) => string)[] = [
  (at) => `echo "step ${at} of many"`,
  (at) => `mkdir -p build/part-${at} && cp -n "src/part ${at}.c" build/part-${at}/`,
  (at) => `git -C repositories/r${at} log --oneline -n ${at} | head -n 5`,
  (at) => `find . -name '*.${at}.log' -mtime +${at} -print0 | xargs -0 -r ls -l`,
  (at) => `if [ -f config-${at}.json ]; then sed -n '1,${at}p' config-${at}.json; else echo none >&2; fi`,
  (at) => `for name in a b c; do gcc -O2 -c "$name-${at}.c" -o "$name-${at}.o" || exit 1; done`,
  (at) => `curl -fsS https://example.org/file-${at}.tar.gz -o file-${at}.tar.gz`,
  (at) => `sudo systemctl restart service-${at}`,
  (at) => `rm -rf build/part-${at}/tmp`,
  (at) => `docker run --rm -v "$PWD/data-${at}:/data" image:${at} tar -czf /data/out.tgz /srv`,
];

const root = mkdtempSync(join(tmpdir(), "d0ttino-bench-"));

/** Writes the package of a recipe called `long`. */
function makeRecipe(): void {
  const steps = Array.from({ length: STEPS }, (_, at) => COMMANDS[at % COMMANDS.length]?.(at));
  const entryPoints = { "d0ttino.recipes": { long: "./index.js" } };
  writeFileSync(
    join(root, "package.json"),
    JSON.stringify({ name: "long", version: "1.0.0", type: "module", entryPoints }),
  );
  writeFileSync(join(root, "index.js"), `export const run = () => ${JSON.stringify(steps)};\n`);
}

function cli(name: string, ...args: string[]): TimedCommand {
  const env = { D0TTINO_HOME: join(root, "home"), D0TTINO_PLUGIN_PATH: root };
  return { name, command: process.execPath, args: [BIN, ...args], env };
}

/** Runs a command; gives how long it takes until it has printed all that it prints, in milliseconds. */
function untilShown({ name, command, args, env }: TimedCommand): Promise<number> {
  const started = process.hrtime.bigint();
  let shown = started;
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "inherit"] });
  child.stdout.on("data", () => (shown = process.hrtime.bigint()));
  return new Promise((resolve, reject) => {
    child.on("close", (code) =>
      code === 0 ? resolve(Number(shown - started) / 1e6) : reject(new Error(`${name} ended with ${code}`)),
    );
  });
}

try {
  makeRecipe();
  const plan = cli(`ai-cli recipe --dry-run, ${STEPS} steps`, "recipe", "long", "--dry-run");
  const commands: TimedCommand[] = [
    { name: "node -e 0", command: process.execPath, args: ["-e", "0"] },
    cli("ai-cli recipe sample --dry-run, 1 step", "recipe", "sample", "hello", "--dry-run"),
    plan,
    cli(`ai-cli recipe --dry-run --json, ${STEPS} steps`, "recipe", "long", "--dry-run", "--json"),
  ];
  process.stdout.write(`Node ${process.version}, ${cpus().length} cores, ${RUNS} runs of each in turn\n`);
  process.stdout.write(`${timingTable(timeCommands(commands, RUNS))}\n`);
  const shown: number[] = [];
  for (let run = 0; run < RUNS; run += 1) shown.push(await untilShown(plan));
  const [least = 0, median = 0] = [shown.toSorted((a, b) => a - b)[0], shown.toSorted((a, b) => a - b)[RUNS >> 1]];
  process.stdout.write(`until the plan is shown: median ${median.toFixed(1)}, least ${least.toFixed(1)}\n`);
} finally {
  rmSync(root, { recursive: true, force: true });
}
