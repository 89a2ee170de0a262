/**
 * How long `send` takes until its request reaches a server on this machine, against the whole run of a bare Node
 * process, in milliseconds; and what choosing a route costs.
 * Run: npm run bench:request [-- RUNS]
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { chooseRoute } from "../packages/llm/src/routing/choose-route.ts";

const RUNS = Number(process.argv[2] ?? 25);
const BIN = join(import.meta.dirname, "../packages/ai-cli/bin/ai-cli.cjs");
const home = mkdtempSync(join(tmpdir(), "d0ttino-bench-"));

let arrived: (() => void) | undefined;
const server = createServer((request, response) => {
  arrived?.();
  request.resume();
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.end('data: {"choices":[{"delta":{"content":"ok"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;

/** The time from starting a program until its request arrives. */
async function untilRequest(args: readonly string[]): Promise<number> {
  const started = process.hrtime.bigint();
  const { promise, resolve } = Promise.withResolvers<number>();
  arrived = () => resolve(Number(process.hrtime.bigint() - started) / 1e6);
  const env = { ...process.env, D0TTINO_HOME: home, OPENROUTER_BASE_URL: url, OPENROUTER_API_KEY: "key" };
  const child = spawn(process.execPath, args, { env, stdio: "ignore" });
  const time = await promise;
  if (child.exitCode === null) await new Promise((ended) => child.once("exit", ended));
  return time;
}

function bareNode(): number {
  const started = process.hrtime.bigint();
  spawnSync(process.execPath, ["-e", "0"]);
  return Number(process.hrtime.bigint() - started) / 1e6;
}

const BARE_CLIENT = `process.getBuiltinModule("node:http").request(${JSON.stringify(url)}, { method: "POST" }).end("{}")`;
const times: Record<string, number[]> = { "node -e 0": [], "bare node:http request": [], "ai-cli send": [] };
for (let run = -1; run < RUNS; run += 1) {
  const once = [
    bareNode(),
    await untilRequest(["-e", BARE_CLIENT]),
    await untilRequest([BIN, "send", "-b", "openrouter", "hello"]),
  ];
  if (run >= 0) for (const [at, list] of Object.values(times).entries()) list.push(once[at] as number);
}
server.close();
rmSync(home, { recursive: true, force: true });

process.stdout.write(`Node ${process.version}, ${cpus().length} cores, ${RUNS} runs of each in turn\n`);
const medians = Object.entries(times).map(
  ([name, list]) => [name, list.toSorted((a, b) => a - b)[list.length >> 1] as number] as const,
);
const base = medians[0]?.[1] ?? Number.NaN;
for (const [name, median] of medians) {
  process.stdout.write(`${name.padEnd(28)}${median.toFixed(1).padStart(8)}  +${(median - base).toFixed(1)}\n`);
}

const CALLS = 200_000;
const settings = {
  route: ["openrouter/auto", "ollama"],
  mode: "auto",
  threshold: 50,
  aliases: { fast: "ollama/tiny" },
} as const;
const known = { exists: () => true, isLocal: () => false };
const prompt = "What is the tallest mountain on earth, and who climbed it first? ".repeat(10);
const started = process.hrtime.bigint();
let entries = 0;
for (let call = 0; call < CALLS; call += 1) entries += chooseRoute(settings, {}, prompt, known)?.entries.length ?? 0;
const microseconds = Number(process.hrtime.bigint() - started) / 1e3 / CALLS;
process.stdout.write(
  `chooseRoute, prompt of 120 words: ${microseconds.toFixed(1)} microseconds a call (${entries / CALLS} entries)\n`,
);
