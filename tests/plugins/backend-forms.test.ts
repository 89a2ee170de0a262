import { expect, it } from "vitest";
import { answering, backendPackage, makePlugin } from "../support/make-plugin.ts";
import { pluginHome, storedBackend, writeGeneration } from "../support/plugin-store.ts";
import { runCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

const imports = `import { Backend, registerBackend } from "@d0ttino/plugin-sdk";\n`;

const registered: Record<string, string> = {
  "a function": `registerBackend("it", (prompt) => "got " + prompt);`,
  "an async function": `registerBackend("it", async (prompt) => "got " + prompt);`,
  "an async generator": `registerBackend("it", async function* (prompt) { yield "got "; yield prompt; });`,
  "a promise of an async iterable": `registerBackend("it", async (prompt) => (async function* () { yield "got "; yield prompt; })());`,
  "a web stream": `registerBackend("it", (prompt) => new Blob(["got ", prompt]).stream().pipeThrough(new TextDecoderStream()));`,
  "an instance with run": `registerBackend("it", new (class extends Backend { #got = "got "; run(prompt) { return this.#got + prompt; } })());`,
  "an instance with an async run": `registerBackend("it", new (class extends Backend { async run(prompt) { return "got " + prompt; } })());`,
  "an instance with stream": `registerBackend("it", new (class extends Backend { async *stream(prompt) { yield "got "; yield prompt; } })());`,
  "an object of no class": `registerBackend("it", { run: (prompt) => "got " + prompt });`,
};

const exported: Record<string, readonly [target: string, source: string]> = {
  "the export that the entry names": ["./index.js#ask", `export const ask = (prompt) => "got " + prompt;`],
  "the named export of a default object": ["./index.js#ask", `export default { ask: (prompt) => "got " + prompt };`],
  "the default export by name": ["./index.js#default", `export default async (prompt) => "got " + prompt;`],
  "the default export": ["./index.js", `export default (prompt) => "got " + prompt;`],
  "an export called backend": ["./index.js", `export const backend = { run: (prompt) => "got " + prompt };`],
  "an export called run": ["./index.js", `export async function* run(prompt) { yield "got "; yield prompt; }`],
  "an entry that ends in a hash": ["./index.js#", `export default (prompt) => "got " + prompt;`],
  "a path without a leading dot": ["index.js", `export default (prompt) => "got " + prompt;`],
};

it.concurrent.for(Object.keys(registered))("takes %s as a backend, streamed and whole", async (form) => {
  const plugins = [backendPackage("it", imports + registered[form])];
  const [streamed, whole, json] = await Promise.all([
    runCli(["send", "hello", "-b", "it"], { plugins }),
    runCli(["send", "hello", "-b", "it", "--no-stream"], { plugins }),
    runCli(["send", "hello", "-b", "it", "--json"], { plugins }),
  ]);
  expect(streamed).toEqual({ code: 0, signal: null, stdout: "got hello\n", stderr: "" });
  expect(whole).toEqual(streamed);
  expect(JSON.parse(json.stdout)).toMatchObject({ text: "got hello", backend: "it", finishReason: "stop" });
});

it.concurrent.for(Object.keys(exported))("takes %s as a backend that was not registered", async (form) => {
  const [target, source] = exported[form] ?? ["", ""];
  const plugins = [backendPackage("it", source, { backends: { it: target } })];
  expect(await runCli(["send", "hello", "-b", "it"], { plugins })).toMatchObject({
    code: 0,
    stdout: "got hello\n",
    stderr: "",
  });
});

it.concurrent.for([
  ["module.exports = function", `module.exports = (prompt) => "got " + prompt;`, "./index.js"],
  ["exports.ask", `exports.ask = (prompt) => "got " + prompt;`, "./index.js#ask"],
  ["a computed export", `module.exports[["a", "sk"].join("")] = (prompt) => "got " + prompt;`, "./index.js#ask"],
] as const)("takes %s of a CommonJS module", async ([, source, target]) => {
  const plugins = [backendPackage("it", source, { type: "commonjs", backends: { it: target } })];
  expect(await runCli(["send", "hello", "-b", "it"], { plugins })).toMatchObject({ code: 0, stdout: "got hello\n" });
});

/** A model of the AI SDK of one specification, as its provider packages make them. */
const fakeModel = (version: string): string => `
const usage = ${version === "v2" ? `{ inputTokens: 1, outputTokens: 2, totalTokens: 3 }` : `{ inputTokens: { total: 1 }, outputTokens: { total: 2 } }`};
const finishReason = ${version === "v2" ? `"stop"` : `{ unified: "stop", raw: "end" }`};
const textOf = ({ prompt }) => prompt.at(-1).content.map((part) => part.text).join("");
const model = (modelId) => ({
  specificationVersion: "${version}", provider: "fake", modelId, supportedUrls: {},
  doGenerate: async (options) => ({ content: [{ type: "text", text: modelId + " got " + textOf(options) }], finishReason, usage, warnings: [] }),
  doStream: async (options) => ({ stream: new ReadableStream({ start(controller) {
    controller.enqueue({ type: "stream-start", warnings: [] });
    controller.enqueue({ type: "text-start", id: "1" });
    controller.enqueue({ type: "text-delta", id: "1", delta: modelId + " got " });
    controller.enqueue({ type: "text-delta", id: "1", delta: textOf(options) });
    controller.enqueue({ type: "text-end", id: "1" });
    controller.enqueue({ type: "finish", finishReason, usage });
    controller.close();
  } }) }),
});
`;

it.concurrent.for(["v2", "v3", "v4"])(
  "takes models and providers of the AI SDK of specification %s",
  async (version) => {
    const plugin = makePlugin(tempFolder("fakes"), {
      name: "fakes",
      backends: { model: "./index.js", provider: "./index.js", callable: "./index.js" },
      files: {
        "index.js": `${imports}${fakeModel(version)}
        registerBackend("model", model("m1"));
        registerBackend("provider", { languageModel: model }, { defaultModel: "m1" });
        registerBackend("callable", Object.assign((id) => model(id), { languageModel: model }), { models: ["m1", "m2"] });`,
      },
    });
    for (const name of ["model", "provider", "callable"]) {
      const [streamed, json] = await Promise.all([
        runCli(["send", "hello", "-b", name], { plugins: [plugin] }),
        runCli(["send", "hello", "-b", name, "--json", "--no-stream"], { plugins: [plugin] }),
      ]);
      expect(streamed).toEqual({ code: 0, signal: null, stdout: "m1 got hello\n", stderr: "" });
      expect(JSON.parse(json.stdout)).toMatchObject({
        text: "m1 got hello",
        model: "m1",
        finishReason: "stop",
        usage: { inputTokens: 1, outputTokens: 2 },
      });
    }
    expect(await runCli(["send", "hello", "-m", "provider/m9"], { plugins: [plugin] })).toMatchObject({
      stdout: "m9 got hello\n",
    });
  },
);

it.concurrent.for([
  ["the export that is named", "createFake"],
  ["the first factory there is", null],
] as const)("makes a provider of a package that is none of ours from %s", async ([, name]) => {
  const home = tempFolder("home");
  const dir = makePlugin(tempFolder("provider"), {
    name: "fake-provider",
    files: {
      "index.js": `${fakeModel("v3")} export const version = "1"; export const createFake = () => ({ languageModel: model });`,
    },
  });
  const entries = [{ group: "llm.plugins", name: "fake", file: "index.js", export: name, adapter: "ai-sdk" }] as const;
  writeGeneration(pluginHome(home), [storedBackend("fake", dir, { entries })]);
  expect(await runCli(["send", "hello", "-m", "fake/m1"], { home })).toMatchObject({
    code: 0,
    stdout: "m1 got hello\n",
  });
});

it.concurrent.for([
  ["a class instead of an instance", `export default class Mine { run() { return ""; } }`],
  ["a number", `export default 5;`],
  ["nothing", `export {};`],
  ["an object without run or stream", `export default {};`],
])("refuses a module that exports %s", async ([, source = ""]) => {
  const { code, stderr } = await runCli(["send", "hello", "-b", "it"], { plugins: [backendPackage("it", source)] });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^ai-cli: plug-in it \(register\): it did not register the backend "it"\.\n/);
});

it.concurrent("tells of an export that is missing or no backend", async () => {
  const plugin = backendPackage("it", answering("other", "x") + "export const five = 5;", {
    backends: { missing: "./index.js#gone", wrong: "./index.js#five", other: "./index.js" },
  });
  const [missing, wrong] = await Promise.all(
    ["missing", "wrong"].map((name) => runCli(["send", "hello", "-b", name], { plugins: [plugin] })),
  );
  expect([missing?.code, wrong?.code]).toEqual([1, 1]);
  expect(missing?.stderr).toContain('it did not register the backend "missing"');
  expect(wrong?.stderr).toContain('it did not register the backend "wrong"');
});
