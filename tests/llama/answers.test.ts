import { copyFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { runCli, startCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { homeWithModels, testModel } from "../support/test-model.ts";

/** With one thread, because other tests take the cores while an answer is written, which is far slower with two. */
const ASKED = ["send", "-b", "llama", "-o", "threads=1"];
const TIMEOUT = 120_000;
const CUT = /^The answer was cut off at its greatest length;.*\n/m;
/** Another test may have the model. */
const WAITED = /^(?:llama: another process is answering; waiting for it\.\n)?$/;
const file = testModel ?? "";

interface Answered {
  readonly text: string;
  readonly model: string;
  readonly finishReason: string;
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number };
}

async function answer(...args: string[]): Promise<Answered> {
  const { code, stdout, stderr } = await runCli([...ASKED, ...args, "--json"], {
    home: homeWithModels({ smollm2: file }),
    timeout: TIMEOUT,
  });
  expect(code).toBe(0);
  expect(stderr.replace(CUT, "")).toMatch(WAITED);
  return JSON.parse(stdout) as Answered;
}

describe.skipIf(testModel === undefined)("the real model", { timeout: TIMEOUT }, () => {
  it("answers, streamed, and says how much it wrote", async () => {
    const home = homeWithModels({ smollm2: file });
    const args = [...ASKED, "What is the capital of France?", "-o", "temperature=0", "-o", "maxTokens=50"];
    const { code, stdout, stderr } = await runCli(args, {
      home,
      timeout: TIMEOUT,
    });
    expect(code).toBe(0);
    expect(stderr.replace(CUT, "")).toMatch(WAITED);
    expect(stdout).toContain("Paris");
    const { usage, model, finishReason } = await answer("Name three rivers.", "-o", "temperature=0");
    expect({ model, finishReason }).toEqual({ model: "smollm2", finishReason: "stop" });
    expect(usage.inputTokens).toBeGreaterThan(10);
    expect(usage.outputTokens).toBeGreaterThan(3);
  });

  it("is what answers when nothing is configured, and no prompt leaves the machine", async () => {
    const run = {
      home: homeWithModels({ smollm2: file }),
      env: { OLLAMA_BASE_URL: "http://127.0.0.1:1" },
      timeout: TIMEOUT,
    };
    const { code, stdout, stderr } = await runCli(
      ["send", "Say hello.", "--local", "-o", "threads=1", "-o", "maxTokens=5"],
      run,
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/\w/);
    expect(stderr).toMatch(/Answered by llama \(smollm2\): \d+ tokens in \d+\.\d seconds\.\n$/);
    expect((await runCli(["send", "Say hello.", "--remote"], run)).stderr).toContain("no API key is set");
    expect((await runCli(["models"], run)).stdout).toBe("llama/smollm2  (default)\n");
  });

  it("gives the same answer at temperature 0, and with the same seed", async () => {
    const ask = (): Promise<Answered> => answer("Tell me a story.", "-o", "temperature=0", "-o", "maxTokens=20");
    expect((await ask()).text).toBe((await ask()).text);
    const withSeed = (seed: string): Promise<Answered> =>
      answer("Tell me a story.", "-o", "temperature=2", "-o", `seed=${seed}`, "-o", "maxTokens=20");
    expect((await withSeed("7")).text).toBe((await withSeed("7")).text);
    expect((await withSeed("7")).text).not.toBe((await withSeed("8")).text);
  });

  it("stops at its greatest length, and before a text that it must not write", async () => {
    const short = await answer("Count from one to twenty.", "-o", "maxTokens=3");
    expect(short).toMatchObject({ finishReason: "length", usage: { outputTokens: 3 } });
    const greedy = ["Write: one, two, three, four", "-o", "temperature=0", "-o", "maxTokens=40"];
    expect((await answer(...greedy)).text).toContain(",");
    const stopped = await answer(...greedy, "-o", "stop=,");
    expect(stopped.text).not.toContain(",");
    expect(stopped.finishReason).toBe("stop");
  });

  it("is given the system prompt, by the template in its file", async () => {
    const plain = await answer("Hello", "-o", "maxTokens=1");
    const long = await answer("Hello", "-s", "You speak like a pirate. ".repeat(20), "-o", "maxTokens=1");
    // The template has a system prompt of its own where none is given.
    expect(plain.usage.inputTokens).toBeGreaterThan(25);
    expect(long.usage.inputTokens).toBeGreaterThan(plain.usage.inputTokens + 50);
  });

  it("can be named by the path of its file", async () => {
    const cwd = tempFolder("work");
    mkdirSync(join(cwd, "here"));
    copyFileSync(file, join(cwd, "here/my model.gguf"));
    const args = [...ASKED, "-m", "here/my model.gguf", "Hello", "-o", "maxTokens=2"];
    const { code, stdout } = await runCli(args, { cwd, timeout: TIMEOUT });
    expect(code).toBe(0);
    expect(stdout).not.toBe("");
  });

  it("refuses a prompt that is longer than its context, and says by how much", async () => {
    const home = homeWithModels({ smollm2: file });
    const ask = (stdin: string, ...args: string[]) =>
      runCli([...ASKED, "-", ...args], { home, stdin, timeout: TIMEOUT });
    const long = await ask("hello world ".repeat(5000));
    expect([long.code, long.stdout]).toEqual([1, ""]);
    expect(long.stderr).toMatch(
      /the prompt has 100\d\d tokens, and the model has room for 8192 tokens\.\nShorten it, /,
    );
    const huge = await ask("hello world ".repeat(500_000));
    expect(huge.stderr).toMatch(/the prompt has 60\d{5} characters, and the model has room for 8192 tokens/);
    const small = await ask("hello world ".repeat(200), "-o", "contextSize=256");
    expect(small.stderr).toMatch(/the prompt has 4\d\d tokens, and the model has room for 256 tokens/);
  });

  it("ends its answer where the context ends", async () => {
    const told = await answer(
      "Write a very long story about a lighthouse.",
      "-o",
      "contextSize=256",
      "-o",
      "temperature=0",
    );
    expect(told.finishReason).toBe("length");
    expect(told.usage.inputTokens + told.usage.outputTokens).toBeLessThanOrEqual(256);
  });

  it("answers two processes at once, one after the other", async () => {
    const ask = (): Promise<Answered> => answer("Tell me a story.", "-o", "maxTokens=20");
    const [one, other] = await Promise.all([ask(), ask()]);
    expect([one.usage.outputTokens, other.usage.outputTokens]).toEqual([20, 20]);
  });

  it("is free again when a process that had it was killed", async () => {
    const home = homeWithModels({ smollm2: file });
    const killed = startCli([...ASKED, "Write a very long story about a lighthouse."], { home, timeout: TIMEOUT });
    await new Promise((resolve) => killed.child.stdout?.once("data", resolve));
    killed.child.kill("SIGKILL");
    expect((await answer("Hello", "-o", "maxTokens=2")).text).not.toBe("");
  });

  it("stops at Ctrl-C, in the midst of an answer and while it is loaded", async () => {
    const home = homeWithModels({ smollm2: file });
    const running = startCli([...ASKED, "Write a very long story about a lighthouse."], { home, timeout: TIMEOUT });
    await new Promise((resolve) => running.child.stdout?.once("data", resolve));
    running.child.kill("SIGINT");
    const ended = await running.result;
    expect(ended.code).toBe(130);
    expect(ended.stdout).not.toBe("");
    const early = startCli([...ASKED, "Hello"], { home, timeout: TIMEOUT });
    setTimeout(() => early.child.kill("SIGINT"), 400);
    expect((await early.result).code).toBe(130);
  });

  it.each([
    ["truncated", (copy: string) => truncateSync(copy, 50_000_000), /model is corrupted or incomplete/],
    ["cut within its header", (copy: string) => truncateSync(copy, 1000), /cannot be loaded/],
    ["empty", (copy: string) => truncateSync(copy, 0), /cannot be loaded/],
    ["no GGUF", (copy: string) => writeFileSync(copy, "<html>not found</html>"), /Invalid GGUF magic/],
  ])("that is %s is told apart from one that works", async (_what, damage, told) => {
    const copy = join(tempFolder("model"), "damaged.gguf");
    copyFileSync(file, copy);
    damage(copy);
    const { code, stdout, stderr } = await runCli([...ASKED, "Hello", "-m", copy], { timeout: TIMEOUT });
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(told);
    expect(stderr).toContain(copy);
    expect(stderr).toContain("Download it again");
    expect(readFileSync(copy).length).toBeLessThan(98_000_000);
  });
});

describe("without a model", () => {
  it("says that there is none and how to get one", async () => {
    const { code, stdout, stderr } = await runCli([...ASKED, "Hello"]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("there is no model on this machine");
    expect(stderr).toContain("ai-cli models pull smollm2");
  });

  it.each([
    ["nope", "the model nope is not on this machine"],
    ["./nope.gguf", "nope.gguf"],
    ["/", "/ is a folder"],
  ])("says what is wrong with -m %s", async (model, told) => {
    const { code, stdout, stderr } = await runCli([...ASKED, "Hello", "-m", model]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(told);
  });

  it.each([
    ["temperature=warm", 'temperature is "warm"'],
    ["temperature=-1", "temperature is -1"],
    ["maxTokens=0", "maxOutputTokens is 0"],
    ["maxTokens=1.5", "maxOutputTokens is 1.5"],
    ["seed=-1", "seed is -1"],
    ["frobnicate=1", "there is no setting frobnicate"],
  ])("says what is wrong with -o %s", async (option, told) => {
    const { code, stdout, stderr } = await runCli([...ASKED, "Hello", "-m", "x.gguf", "-o", option]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(told);
  });

  it("with llama.cpp out of order, says so in one line and lets the others work", async () => {
    const plugin = tempFolder("llama");
    copyFileSync("plugins/llama/package.json", join(plugin, "package.json"));
    mkdirSync(join(plugin, "dist"));
    copyFileSync("plugins/llama/dist/backend.js", join(plugin, "dist/backend.js"));
    const broken = join(plugin, "node_modules/node-llama-cpp");
    mkdirSync(broken, { recursive: true });
    writeFileSync(join(broken, "package.json"), '{"name":"node-llama-cpp","type":"module","exports":"./index.js"}');
    writeFileSync(
      join(broken, "index.js"),
      'export const LlamaLogLevel = {};\nexport function getLlama() { throw new Error("NoBinaryFound\\nlong advice"); }\n',
    );
    const home = homeWithModels({ tiny: resolve("package.json") });
    const run = { home, plugins: [plugin] };
    const { code, stderr } = await runCli([...ASKED, "Hello", "-m", join(home, "models/tiny.gguf")], run);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^ai-cli: llama failed: llama\.cpp cannot run on this machine: NoBinaryFound\.\n[^\n]+\n$/);
    expect((await runCli(["send", "-b", "sample", "hello"], run)).stdout).toBe("You said: hello\n");
    const env = { LLM_PRIMARY_BACKEND: "llama", LLM_FALLBACK_BACKEND: "sample" };
    expect(await runCli(["send", "hello"], { ...run, env })).toMatchObject({ code: 0, stdout: "You said: hello\n" });
  });
});
