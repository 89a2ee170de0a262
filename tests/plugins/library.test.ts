import { join } from "node:path";
import { expect, it } from "vitest";
import { answering, backendPackage, makePlugin, recipePackage } from "../support/make-plugin.ts";
import { askProgram, runProgram } from "../support/run-library.ts";
import { tempFolder } from "../support/temp-folder.ts";

const ask = `const ask = async (backend) => (await llm.sendPrompt("hello", { backend })).text;\n`;

it.concurrent("puts registrations down to the right package when many are loaded at once", async () => {
  // Each waits a different time before it registers, also in a module of its own and behind a callback.
  const plugins = Array.from({ length: 8 }, (_, at) =>
    makePlugin(tempFolder(`p${at}`), {
      name: `package-${at}`,
      backends: { [`model-${at}`]: "./index.js" },
      files: {
        "index.js": `await new Promise((resolve) => setTimeout(resolve, ${((at * 5) % 8) * 4})); await import("./deeper.js");`,
        "deeper.js": `import { registerBackend } from "@d0ttino/plugin-sdk";
          await new Promise((resolve) => setImmediate(() => {
            registerBackend("model-${at}", () => "mine ${at}");
            registerBackend("model-${(at + 1) % 8}", () => "stolen by ${at}");
            resolve();
          }));`,
      },
    }),
  );
  const found = await askProgram(
    `${ask}const names = [0, 1, 2, 3, 4, 5, 6, 7].map((at) => "model-" + at);
     const loaded = await Promise.all(names.map((name) => llm.getBackend(name)));
     tell({ owners: loaded.map((one) => one.info.package), answers: await Promise.all(names.map(ask)) });`,
    { plugins },
  );
  expect(found).toEqual({
    owners: plugins.map((_, at) => `package-${at}`),
    answers: plugins.map((_, at) => `mine ${at}`),
  });
});

it.concurrent("imports a module once, however many ask for it at once", async () => {
  const plugin = backendPackage(
    "counted",
    `globalThis.imports = (globalThis.imports ?? 0) + 1; await null; ${answering("counted", "hello")}`,
  );
  const found = await askProgram(
    `const loaded = await Promise.all(["counted", "COUNTED", "counted"].map((name) => llm.getBackend(name)));
     tell([globalThis.imports, loaded.map((one) => one.name)]);`,
    { plugins: [plugin] },
  );
  expect(found).toEqual([1, ["counted", "counted", "counted"]]);
});

it.concurrent("lets what the program registers itself win over plug-ins and built-ins", async () => {
  const plugins = [
    backendPackage("mine", `globalThis.imported = true; ${answering("mine", "the plug-in's")}`),
    recipePackage("mine-too", `globalThis.imported = true; export const run = () => ["echo the plug-in's"];`),
  ];
  const found = await askProgram(
    `${ask}sdk.registerBackend("Mine", () => "the program's");
     sdk.registerBackend("sample", () => "the program's");
     sdk.registerRecipe("mine-too", () => ["echo the program's"]);
     const row = llm.availableBackends().filter((one) => one.name === "mine");
     const recipe = await llm.discoverRecipes().find((one) => one.name === "mine-too").load();
     tell({ answers: [await ask("mine"), await ask("sample")], row, recipe: recipe.info.place, plan: await recipe.plan("", {}), imported: globalThis.imported ?? false });`,
    { plugins },
  );
  expect(found).toEqual({
    answers: ["the program's", "the program's"],
    row: [{ name: "mine", kind: "backend", package: null, version: null, place: "program", status: "installed" }],
    recipe: "program",
    plan: ["echo the program's"],
    imported: false,
  });
});

it.concurrent("does not put what the program registers during an import down to the plug-in", async () => {
  const plugin = backendPackage(
    "slow",
    `await new Promise((resolve) => setTimeout(resolve, 30)); ${answering("slow", "hello")}`,
  );
  const found = await askProgram(
    `const loading = llm.getBackend("slow");
     await new Promise((resolve) => setTimeout(resolve, 10));
     sdk.registerBackend("own", () => "own");
     await loading;
     tell([(await llm.getBackend("own")).info.place, (await llm.getBackend("slow")).info.package]);`,
    { plugins: [plugin] },
  );
  expect(found).toEqual(["program", "slow"]);
});

it.concurrent("leaves broken plug-ins out of loadBackends with a warning each, and loads the others", async () => {
  const plugins = [
    backendPackage("good", answering("good", "fine")),
    backendPackage("throws", `throw new Error("no luck");`),
    backendPackage("picky", answering("picky", "x"), { sdk: "^99.0.0" }),
    backendPackage("gone", "", { backends: { gone: "./gone.js" } }),
    backendPackage("silent", "export {};"),
    "/is/not/there",
  ];
  const { code, stdout, stderr } = await runProgram(
    `const names = (await llm.loadBackends()).map((one) => one.name);
     console.log(JSON.stringify(names.filter((name) => ["good", "throws", "picky", "gone", "silent", "sample"].includes(name))));`,
    { plugins },
  );
  expect([code, stdout]).toEqual([0, '["good","sample"]\n']);
  for (const told of ["throws (import)", "picky (sdk)", "gone (file)", "silent (register)", "there (manifest)"]) {
    expect(
      stderr.match(new RegExp(`D0ttinoPluginWarning: plug-in ${told.replace(/[()]/g, "\\$&")}`, "g")),
    ).toHaveLength(1);
  }
});

it.concurrent("tells of a backend's own description, models and default, and imports nothing to list", async () => {
  const plugin = backendPackage(
    "told",
    `globalThis.imported = true;
     import { registerBackend } from "@d0ttino/plugin-sdk";
     registerBackend("told", (_prompt, model) => String(model), { description: "Tells", local: true, models: ["a", 5, "b"], defaultModel: "b" });`,
  );
  const found = await askProgram(
    `const row = llm.availableBackends().find((one) => one.name === "told");
     const before = globalThis.imported ?? false;
     const { description, local, models, defaultModel } = await llm.getBackend("told");
     tell({ row, before, description, local, models, defaultModel, answer: (await llm.sendPrompt("x", { backend: "told" })).text });`,
    { plugins: [plugin] },
  );
  expect(found).toEqual({
    row: { name: "told", kind: "backend", package: "told", version: "1.0.0", place: "plugin-path", status: "linked" },
    before: false,
    description: "Tells",
    local: true,
    models: ["a", "b"],
    defaultModel: "b",
    answer: "b",
  });
});

it.concurrent("lists recipes without importing them and loads the one that is asked", async () => {
  const plugins = ["one", "two"].map((name) =>
    recipePackage(name, `(globalThis.imported ??= []).push("${name}"); export const run = (goal) => ["echo " + goal];`),
  );
  const found = await askProgram(
    `const recipes = llm.discoverRecipes();
     const before = globalThis.imported ?? [];
     const two = await recipes.find((one) => one.name === "two").load();
     tell([recipes.map((one) => one.name), before, await two.plan("goal", {}), globalThis.imported]);`,
    { plugins },
  );
  expect(found).toEqual([["disk-usage", "one", "sample", "two"], [], ["echo goal"], ["two"]]);
});

it.concurrent("rejects an unknown name with a code and the nearest name", async () => {
  const found = await askProgram(
    `const { code, message, hint } = await llm.getBackend("smaple").catch((error) => error);
     tell([code, message, hint]);`,
  );
  expect(found).toEqual(["unknown-backend", 'There is no backend "smaple".', 'Did you mean "sample"?']);
});

const mends: Record<string, readonly [before: string, after: string]> = {
  "whose module threw": [`throw new Error("no luck");`, answering("late", "mended")],
  "whose module was no JavaScript": [`export default )`, answering("late", "mended")],
  "which registered nothing but a wrong name": [answering("other", "x"), answering("late", "mended")],
};

it.concurrent.for(Object.keys(mends))("loads a plug-in %s, once it was mended", async (fault) => {
  const [before, after] = mends[fault] ?? ["", ""];
  const plugin = backendPackage("late", before);
  const found = await askProgram(
    `${ask}import { writeFileSync } from "node:fs";
     const first = await llm.getBackend("late").then(() => "loaded", (error) => error.code);
     writeFileSync(${JSON.stringify(join(plugin, "index.js"))}, ${JSON.stringify(after)});
     tell([first, await ask("late")]);`,
    { plugins: [plugin] },
  );
  expect(found).toEqual(["plugin-failed", "mended"]);
});

it.concurrent("loads a plug-in whose file, or whose manifest, was missing, once it is there", async () => {
  const plugin = backendPackage("late", "", { files: {} });
  const empty = tempFolder("empty");
  const manifest = JSON.stringify({ type: "module", entryPoints: { "llm.plugins": { later: "./index.js" } } });
  const found = await askProgram(
    `${ask}import { writeFileSync } from "node:fs";
     const first = [await ask("late").catch((error) => error.code), await ask("later").catch((error) => error.code)];
     writeFileSync(${JSON.stringify(join(plugin, "index.js"))}, ${JSON.stringify(answering("late", "built"))});
     writeFileSync(${JSON.stringify(join(empty, "package.json"))}, ${JSON.stringify(manifest)});
     writeFileSync(${JSON.stringify(join(empty, "index.js"))}, ${JSON.stringify(answering("later", "added"))});
     tell([first, await ask("late"), await ask("later")]);`,
    { plugins: [plugin, empty] },
  );
  expect(found).toEqual([["plugin-failed", "unknown-backend"], "built", "added"]);
});

it.concurrent("leaves a program's own output alone", async () => {
  const plugin = backendPackage("chatty", `console.log("hello from the plug-in"); ${answering("chatty", "fine")}`);
  const { stdout } = await runProgram(`await llm.getBackend("chatty"); console.log("the program");`, {
    plugins: [plugin],
  });
  expect(stdout).toBe("hello from the plug-in\nthe program\n");
});
