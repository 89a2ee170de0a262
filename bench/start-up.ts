/**
 * How long commands take from start to end, against bare Node, in milliseconds.
 * Run: npm run bench [-- RUNS]; D0TTINO_BENCH_PEER="llm --version" times another program beside them.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { timeCommands, timingTable, type TimedCommand } from "./time-commands.ts";

const RUNS = Number(process.argv[2] ?? 25);
const PLUGINS = 1000;
const BIN = join(import.meta.dirname, "../packages/ai-cli/bin/ai-cli.cjs");
const root = mkdtempSync(join(tmpdir(), "d0ttino-bench-"));

/** A home whose plug-in home holds so many plug-ins. */
function makeHome(name: string, count: number): string {
  const home = join(root, name);
  const generation = join(home, "plugins", "generations", "1");
  mkdirSync(generation, { recursive: true });
  const packages = Array.from({ length: count }, (_, at) => {
    const dir = join("node_modules", `plugin-${at}`);
    mkdirSync(join(generation, dir), { recursive: true });
    writeFileSync(join(generation, dir, "index.js"), "throw new Error('this plug-in must not be imported');\n");
    const entries = [{ group: "llm.plugins", name: `backend-${at}`, file: "index.js", export: null }];
    return { name: `plugin-${at}`, version: "1.0.0", dir, linked: false, sdk: "^0.1.0", entries };
  });
  writeFileSync(join(generation, "index.json"), JSON.stringify({ formatVersion: 1, packages }));
  writeFileSync(join(home, "plugins", "current"), "1\n");
  return home;
}

function cli(name: string, home: string, ...args: string[]): TimedCommand {
  return { name, command: process.execPath, args: [BIN, ...args], env: { D0TTINO_HOME: home } };
}

try {
  const empty = makeHome("empty", 0);
  const full = makeHome("full", PLUGINS);
  const peer = process.env["D0TTINO_BENCH_PEER"]?.split(" ") ?? [];
  const commands: TimedCommand[] = [
    { name: "node -e 0", command: process.execPath, args: ["-e", "0"] },
    cli("ai-cli --version", empty, "--version"),
    cli("ai-cli --help", empty, "--help"),
    cli("ai-cli backends, no plug-in", empty, "backends"),
    cli(`ai-cli backends, ${PLUGINS} plug-ins`, full, "backends"),
    cli("ai-cli send -b sample", empty, "send", "-b", "sample", "hello"),
    cli(`ai-cli send -b sample, ${PLUGINS} plug-ins`, full, "send", "-b", "sample", "hello"),
    cli("ai-cli recipe sample --dry-run", empty, "recipe", "sample", "hello", "--dry-run"),
    ...(peer[0] === undefined ? [] : [{ name: peer.join(" "), command: peer[0], args: peer.slice(1) }]),
  ];
  process.stdout.write(`Node ${process.version}, ${cpus().length} cores, ${RUNS} runs of each in turn\n`);
  process.stdout.write(`${timingTable(timeCommands(commands, RUNS))}\n`);
} finally {
  rmSync(root, { recursive: true, force: true });
}
