/**
 * How long after an abort the server sees the connection close, in milliseconds, at each phase of a call: by the
 * library's own client, by it over `fetch`, and by `ai-cli send` after Ctrl-C.
 * Run: npm run bench:abort [-- RUNS]
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { toLanguageModel } from "@d0ttino/plugin-sdk/host";
import { serverProvider } from "../packages/llm/src/backends/openai-compatible/server-provider.ts";

const RUNS = Number(process.argv[2] ?? 50);
const BIN = join(import.meta.dirname, "../packages/ai-cli/bin/ai-cli.cjs");
const HEAD = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";
const TOKEN = `data: ${JSON.stringify({ choices: [{ delta: { content: "x".repeat(1000) } }] })}\n\n`;

/** What the server has sent when the caller gives up. */
const PHASES = { "before the answer": "", "before the first token": HEAD, "in mid-stream": HEAD + TOKEN };
const BUSY = "while the reader is busy, 4 MB waiting";

interface Call {
  /** Settles when the server has got the request and sent what the phase says. */
  readonly begun: Promise<void>;
  /** When the server saw the connection close, as `performance.now` says. */
  readonly closed: Promise<number>;
}

let nextCall: (socket: Socket) => void = () => {};
const server: Server = createServer((socket) => {
  socket.on("error", () => {});
  socket.once("data", () => nextCall(socket));
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;

function expectCall(answer: string): Call {
  const begun = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<number>();
  nextCall = (socket) => {
    socket.once("close", () => closed.resolve(performance.now()));
    if (answer !== "") socket.write(answer);
    begun.resolve();
  };
  return { begun: begun.promise, closed: closed.promise };
}

/** Lets what was sent arrive. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));

async function abortOnce(answer: string, isBusy: boolean, fetch?: typeof globalThis.fetch): Promise<number> {
  const call = expectCall(answer);
  const row = { name: "bench", description: "", baseUrl, needsKey: false, local: true };
  const provider = serverProvider(row, fetch === undefined ? {} : { fetch });
  const stop = new AbortController();
  const first = Promise.withResolvers<void>();
  const read = async (): Promise<void> => {
    const parts = toLanguageModel("bench", provider, "m").doStream({ prompt: "hello", signal: stop.signal });
    for await (const _part of parts) {
      first.resolve();
      // Somebody who does not come back for more until he gives up.
      if (isBusy) await new Promise((resolve) => stop.signal.addEventListener("abort", resolve));
    }
  };
  const reading = read().catch(() => {});
  await call.begun;
  if (answer.length > HEAD.length) await first.promise;
  await settle();
  const aborted = performance.now();
  stop.abort();
  const took = (await call.closed) - aborted;
  await reading;
  return took;
}

const home = mkdtempSync(join(tmpdir(), "d0ttino-bench-"));

async function interruptOnce(answer: string): Promise<number> {
  const call = expectCall(answer);
  const env = { ...process.env, D0TTINO_HOME: home, OPENROUTER_BASE_URL: baseUrl, OPENROUTER_API_KEY: "key" };
  const args = [BIN, "send", "-b", "openrouter", "hello"];
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "ignore"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const printed = new Promise((resolve) => child.stdout.once("data", resolve));
  await call.begun;
  if (answer.length > HEAD.length) await printed;
  await settle();
  const aborted = performance.now();
  child.kill("SIGINT");
  const took = (await call.closed) - aborted;
  await ended;
  return took;
}

async function report(name: string, once: () => Promise<number>, runs: number): Promise<void> {
  const times: number[] = [];
  for (let run = -1; run < runs; run += 1) {
    const took = await once();
    if (run >= 0) times.push(took);
  }
  times.sort((a, b) => a - b);
  const [median, most] = [times[runs >> 1] ?? Number.NaN, times.at(-1) ?? Number.NaN];
  process.stdout.write(`${name.padEnd(66)}${median.toFixed(1).padStart(8)}${most.toFixed(1).padStart(8)}\n`);
}

process.stdout.write(`Node ${process.version}, ${cpus().length} cores, ${RUNS} runs of each\n`);
process.stdout.write(`${"milliseconds from the abort to the close".padEnd(66)}  median    most\n`);
for (const [client, fetch] of [
  ["own client", undefined],
  ["fetch", globalThis.fetch],
] as const) {
  for (const [phase, answer] of Object.entries(PHASES)) {
    await report(`${client}, ${phase}`, () => abortOnce(answer, false, fetch), RUNS);
  }
  await report(`${client}, ${BUSY}`, () => abortOnce(HEAD + TOKEN.repeat(4000), true, fetch), RUNS);
}
for (const [phase, answer] of Object.entries(PHASES)) {
  await report(`ai-cli send after Ctrl-C, ${phase}`, () => interruptOnce(answer), Math.ceil(RUNS / 2));
}
server.close();
rmSync(home, { recursive: true, force: true });
