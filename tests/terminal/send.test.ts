import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { answering, backendPackage, writeFiles } from "../support/make-plugin.ts";
import { CLI_PACKAGE, runCli, startCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

it.concurrent.for(["", " ", "\t\n  "])("refuses the empty prompt %j", async (prompt) => {
  const argument = await runCli(["send", prompt, "-b", "sample"]);
  const piped = await runCli(["send", "-", "-b", "sample"], { stdin: prompt });
  for (const { code, stdout, stderr } of [argument, piped]) {
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toBe("ai-cli: The prompt is empty.\nGive it as an argument, or pipe it in.\n");
  }
});

it.concurrent("says what is missing when there is no prompt at all", async () => {
  const { code, stderr } = await runCli(["send", "-b", "sample"]);
  expect(code).toBe(2);
  expect(stderr).toContain("There is no prompt.");
});

it.concurrent("takes a prompt of 10 MB from standard input, whole and in order", async () => {
  const prompt = Array.from({ length: 1_250_000 }, (_, at) => String(at).padStart(7, "0")).join(" ");
  const { code, stdout, stderr } = await runCli(["send", "-b", "sample"], { stdin: prompt });
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout.length).toBe("You said: ".length + prompt.length + 1);
  expect(stdout === `You said: ${prompt}\n`).toBe(true);
});

it.concurrent("takes a prompt of 10 MB without a space or a line break", async () => {
  const prompt = "é".repeat(5 * 1024 * 1024);
  const { code, stdout } = await runCli(["send", "-", "-b", "sample", "--json"], { stdin: prompt });
  expect(code).toBe(0);
  expect((JSON.parse(stdout) as { text: string }).text === `You said: ${prompt}`).toBe(true);
});

it.concurrent("passes NUL bytes, control characters and broken UTF-8 through without failing", async () => {
  const nul = await runCli(["send", "-", "-b", "sample"], { stdin: "a\0b\u0007\u001b[1mc" });
  expect(nul).toEqual({ code: 0, signal: null, stdout: "You said: a\0b\u0007\u001b[1mc\n", stderr: "" });
  const broken = await runCli(["send", "-", "-b", "sample"], { stdin: Buffer.from([0x61, 0xff, 0xc3, 0x62]) });
  expect(broken.stdout).toBe("You said: a\uFFFD\uFFFDb\n");
});

it.concurrent("puts piped input behind the argument", async () => {
  const { stdout } = await runCli(["send", "Summarise", "this:", "-b", "sample"], { stdin: "a text\n" });
  expect(stdout).toBe("You said: Summarise this:\n\na text\n");
});

it.concurrent("sends a prompt that begins with a dash and has spaces, and any behind --", async () => {
  expect(await runCli(["send", "-5 degrees is how cold?", "-b", "sample"])).toMatchObject({
    stdout: "You said: -5 degrees is how cold?\n",
  });
  expect(await runCli(["send", "-b", "sample", "--", "--help"])).toMatchObject({ stdout: "You said: --help\n" });
});

it.concurrent("ends every answer with exactly one line break", async () => {
  const plugins = [
    backendPackage("lines", answering("lines", "one\ntwo\n")),
    backendPackage("none", answering("none", "")),
  ];
  expect(await runCli(["send", "x", "-b", "lines"], { plugins })).toMatchObject({ code: 0, stdout: "one\ntwo\n" });
  expect(await runCli(["send", "x", "-b", "lines", "--no-stream"], { plugins })).toMatchObject({
    stdout: "one\ntwo\n",
  });
});

it.concurrent.for([
  ["", "The provider's content filter held the answer back.\n"],
  ["Once", "The provider's content filter cut the answer off.\n"],
])("says that a filter ended the answer %j", async ([text, told]) => {
  const answer = { content: [{ type: "text", text }], finishReason: { unified: "content-filter", raw: "filter" } };
  const model = `{ specificationVersion: "v4", doGenerate: async () => (${JSON.stringify(answer)}) }`;
  const source = `import { registerBackend } from "@d0ttino/plugin-sdk"; registerBackend("prim", ${model});`;
  const { code, stderr } = await runCli(["send", "x", "-b", "prim"], { plugins: [backendPackage("prim", source)] });
  expect([code, stderr]).toEqual([0, told]);
});

it.concurrent("ends quietly when the reader of a long answer leaves", async () => {
  const home = tempFolder("home");
  const child = spawn(
    "bash",
    [
      "-c",
      `set -o pipefail; "$0" "$1" send - -b sample < "$2" | head -c 10`,
      process.execPath,
      join(CLI_PACKAGE, "bin/ai-cli.cjs"),
      join(writeFiles(home, { prompt: "many words ".repeat(500_000) }), "prompt"),
    ],
    {
      env: { PATH: process.env["PATH"], D0TTINO_HOME: home },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const shown = { stdout: "", stderr: "" };
  child.stdout.on("data", (data: Buffer) => (shown.stdout += data.toString()));
  child.stderr.on("data", (data: Buffer) => (shown.stderr += data.toString()));
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect([code, shown]).toEqual([0, { stdout: "You said: ", stderr: "" }]);
});

it.concurrent.for([["backends"], ["--help"], ["completion", "bash"], ["send", "x", "-b", "sample", "--json"]])(
  "ends quietly when nobody reads what %j prints",
  async (args) => {
    const cli = startCli(args);
    cli.child.stdout?.destroy();
    const { signal, stderr } = await cli.result;
    expect([signal, stderr]).toEqual([null, ""]);
  },
);

// The error is told on the closed standard output, and nobody catches what follows from that.
it("ends quietly when nobody reads the error that is told to a program", async () => {
  const cli = startCli(["send", "", "--json"]);
  cli.child.stdout?.destroy();
  expect((await cli.result).stderr).toBe("");
});

const slow = (): string =>
  backendPackage(
    "slow",
    `export async function* run() { yield "the beginning"; await new Promise((resolve) => setTimeout(resolve, 60_000)); yield "the end"; }`,
  );

it.concurrent("ends with 130 at Ctrl-C and keeps the part of the answer that came", async () => {
  const cli = startCli(["send", "hello", "-b", "slow"], { plugins: [slow()] });
  await cli.shows("the beginning");
  cli.child.kill("SIGINT");
  expect(await cli.result).toEqual({ code: 130, signal: null, stdout: "the beginning\n", stderr: "" });
});

it.concurrent("tells a program of an interruption as JSON", async () => {
  const source = `export async function run() { console.error("asked"); await new Promise((resolve) => setTimeout(resolve, 60_000)); }`;
  const cli = startCli(["send", "hello", "-b", "slow", "--json"], { plugins: [backendPackage("slow", source)] });
  await cli.shows("asked");
  cli.child.kill("SIGINT");
  const { code, stdout } = await cli.result;
  expect(code).toBe(130);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: "interrupted" } });
});

it.concurrent("gives a backend the chance to clean up at Ctrl-C", async () => {
  const source = `export async function run(_prompt, _model, { signal }) {
    signal.addEventListener("abort", () => console.error("cleaned up"));
    console.error("asked");
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  }`;
  const cli = startCli(["send", "hello", "-b", "tidy"], { plugins: [backendPackage("tidy", source)] });
  await cli.shows("asked");
  cli.child.kill("SIGINT");
  expect(await cli.result).toMatchObject({ code: 130, stderr: "asked\ncleaned up\n" });
});

it.concurrent("does not fall over to another backend at Ctrl-C", async () => {
  const plugins = [slow(), backendPackage("other", answering("other", "not asked for"))];
  const env = { LLM_PRIMARY_BACKEND: "slow", LLM_FALLBACK_BACKEND: "other" };
  const cli = startCli(["send", "hello"], { plugins, env });
  await cli.shows("the beginning");
  cli.child.kill("SIGINT");
  expect(await cli.result).toMatchObject({ code: 130, stdout: "the beginning\n" });
});

it.concurrent.for([
  ["it spins while it is imported", `console.error("spinning"); while (true);`],
  [
    "it waits while it is imported",
    `console.error("spinning"); await new Promise((resolve) => setTimeout(resolve, 60_000));`,
  ],
] as const)("dies at Ctrl-C while a plug-in keeps it busy: %s", async ([, source]) => {
  const cli = startCli(["send", "hello", "-b", "busy"], { plugins: [backendPackage("busy", source)], timeout: 8000 });
  await cli.shows("spinning");
  cli.child.kill("SIGINT");
  const { code, signal } = await cli.result;
  expect([code, signal]).toEqual([null, "SIGINT"]);
});
