/**
 * How long it takes until a plan of 1,000 steps is shown, with the risk of each, and until the command has ended, against
 * bare Node, in milliseconds.
 * Run: npm run bench:plan [-- RUNS]
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { timeCommands, timingOf, timingTable, type TimedCommand } from "./time-commands.ts";

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

/** Writes a package with a recipe of all these commands, called `long`, and one of the first of them alone, `plain`. */
function makeRecipes(): void {
  const entryPoints = { "d0ttino.recipes": { long: "./long.js", plain: "./plain.js" } };
  writeFileSync(
    join(root, "package.json"),
    JSON.stringify({ name: "bench", version: "1.0.0", type: "module", entryPoints }),
  );
  const plans = { long: COMMANDS, plain: COMMANDS.slice(0, 1) };
  for (const [name, commands] of Object.entries(plans)) {
    const steps = Array.from({ length: STEPS }, (_, at) => commands[at % commands.length]?.(at));
    writeFileSync(join(root, `${name}.js`), `export const run = () => ${JSON.stringify(steps)};\n`);
  }
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
  makeRecipes();
  const plain = cli(`${STEPS} steps with \`echo\``, "recipe", "plain", "--dry-run");
  const long = cli(`${STEPS} steps of ten kinds`, "recipe", "long", "--dry-run");
  const commands: TimedCommand[] = [
    { name: "node -e 0", command: process.execPath, args: ["-e", "0"] },
    cli("ai-cli recipe --dry-run, 1 step", "recipe", "sample", "hello", "--dry-run"),
    plain,
    long,
    cli(`${STEPS} steps of ten kinds, --json`, "recipe", "long", "--dry-run", "--json"),
  ];
  process.stdout.write(`Node ${process.version}, ${cpus().length} cores, ${RUNS} runs of each in turn\n`);
  const timings = timeCommands(commands, RUNS);
  const shown = [plain, long].map((command) => ({ command, times: [] as number[] }));
  for (let run = 0; run < RUNS; run += 1) for (const { command, times } of shown) times.push(await untilShown(command));
  const untilShownTimings = shown.map(({ command, times }) => timingOf(`${command.name}, until shown`, times));
  process.stdout.write(`${timingTable([...timings, ...untilShownTimings])}\n`);
} finally {
  rmSync(root, { recursive: true, force: true });
}
