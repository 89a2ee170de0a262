import { expect, it } from "vitest";
import { answering, backendPackage, makePlugin } from "../support/make-plugin.ts";
import { runCli } from "../support/run-cli.ts";
import { askProgram } from "../support/run-library.ts";
import { tempFolder } from "../support/temp-folder.ts";

it.concurrent("refuses a plug-in that registers another name than it declares", async () => {
  const plugin = backendPackage("declared", answering("other", "hello"));
  const { code, stdout, stderr } = await runCli(["send", "hello", "-b", "declared"], { plugins: [plugin] });
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toBe(
    'ai-cli: plug-in declared (register): it did not register the backend "declared", but "other".\n' +
      'Its index.js must call registerBackend("declared", …) or export it.\n',
  );
});

it.concurrent("does not know a name that a plug-in registers and does not declare", async () => {
  const plugin = backendPackage("declared", answering("other", "hello"));
  const { code, stderr } = await runCli(["send", "hello", "-b", "other"], { plugins: [plugin] });
  expect(code).toBe(2);
  expect(stderr).toContain('There is no backend "other"');
});

const greedy = (): string =>
  backendPackage(
    "greedy",
    `import { registerBackend, registerRecipe } from "@d0ttino/plugin-sdk";
     registerBackend("greedy", () => "mine");
     registerBackend("sample", () => "stolen");
     registerBackend("modest", () => "stolen");
     registerRecipe("sample", () => ["echo stolen"]);
     setTimeout(() => registerBackend("modest", () => "stolen later"), 0);
     queueMicrotask(() => registerBackend("sample", () => "stolen later"));`,
  );

it.concurrent("tells of every name that a plug-in claims in code only", async () => {
  const { code, stdout, stderr } = await runCli(["send", "hello", "-b", "greedy"], { plugins: [greedy()] });
  expect([code, stdout]).toEqual([0, "mine\n"]);
  expect(stderr.trim().split("\n")).toEqual([
    expect.stringMatching(/^plug-in greedy \(register\): it registers the backend "sample".+so it is ignored/),
    expect.stringMatching(/^plug-in greedy \(register\): it registers the backend "modest".+so it is ignored/),
    expect.stringMatching(/^plug-in greedy \(register\): it registers the recipe "sample".+so it is ignored/),
  ]);
});

it.concurrent("lets the rightful owner answer after another plug-in claimed its name in code", async () => {
  const plugins = [greedy(), backendPackage("modest", answering("modest", "rightful"))];
  const answers = await askProgram(
    `await llm.sendPrompt("hello", { backend: "greedy" });
     await new Promise((resolve) => setTimeout(resolve, 20));
     const ask = async (backend) => (await llm.sendPrompt("hello", { backend })).text;
     const recipe = await llm.discoverRecipes().find((one) => one.name === "sample").load();
     tell([await ask("sample"), await ask("modest"), recipe.info.package, llm.availableBackends().find((one) => one.name === "modest").package]);`,
    { plugins },
  );
  expect(answers).toEqual(["You said: hello", "rightful", "@d0ttino/llm", "modest"]);
});

it.concurrent("keeps apart what two versions of a package register at once", async () => {
  const plugins = ["1.0.0", "2.0.0"].map((version, at) =>
    makePlugin(tempFolder(version), {
      name: "twin",
      version,
      backends: { [`twin-${at}`]: "./index.js" },
      files: { "index.js": answering(`twin-${at}`, version) },
    }),
  );
  const answers = await askProgram(
    `const ask = async (backend) => (await llm.sendPrompt("hello", { backend })).text;
     tell(await Promise.all([ask("twin-0"), ask("twin-1")]));`,
    { plugins },
  );
  expect(answers).toEqual(["1.0.0", "2.0.0"]);
});

it.concurrent("takes names in any letter case, from the user, the manifest and the code", async () => {
  const plugin = makePlugin(tempFolder("case"), {
    name: "case",
    backends: { MyModel: "./index.js" },
    files: { "index.js": answering("MYMODEL", "fine") },
  });
  const asked = await Promise.all(
    ["mymodel", "MyModel", "MYMODEL"].map((name) => runCli(["send", "hello", "-b", name], { plugins: [plugin] })),
  );
  expect(asked.map((one) => one.stdout)).toEqual(["fine\n", "fine\n", "fine\n"]);
});

it.concurrent("tells of a package that declares one name twice in different letter case", async () => {
  const plugin = makePlugin(tempFolder("case"), {
    name: "twice",
    backends: { Model: "./index.js", model: "./other.js" },
    files: { "index.js": answering("model", "first"), "other.js": answering("model", "second") },
  });
  const { stdout, stderr } = await runCli(["send", "hello", "-b", "model"], { plugins: [plugin] });
  expect(stdout).toBe("first\n");
  expect(stderr).toContain('it declares "model" twice, in different letter case');
});
