import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { BUILT_IN_NAMES } from "@d0ttino/llm/host/built-in-names";
import { checkPackages } from "../../packages/ai-cli/src/manager/registry-check/check-packages.ts";
import {
  checkRegistryText,
  type TextCheckOptions,
} from "../../packages/ai-cli/src/manager/registry-check/check-registry-text.ts";
import type { Finding } from "../../packages/ai-cli/src/manager/registry-check/finding.ts";
import { RULES, type Rule } from "../../packages/ai-cli/src/manager/registry-check/rules.ts";
import { readRegistry } from "../../packages/ai-cli/src/manager/registry/read-registry.ts";
import { makePlugin, writeFiles, type PluginFolder } from "../support/make-plugin.ts";
import { tempFolder } from "../support/temp-folder.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const SHA = `sha512-${"A".repeat(86)}==`;
const PINNED = { version: "1.0.0", integrity: SHA };
const PROVIDER = { package: "acme", ...PINNED, adapter: "ai-sdk", defaultModel: "small", apiKeyEnv: "ACME_KEY" };
const parrot = { package: "parrot-plugin", ...PINNED };

type Extra = Partial<TextCheckOptions>;

function check(text: string, extra: Extra = {}): Finding[] {
  const path = join(writeFiles(tempFolder(), { "plugin-registry.json": text }), "plugin-registry.json");
  const { findings } = checkRegistryText(text, {
    origin: { kind: "file", path },
    reserved: ["backends", "list"],
    builtIns: BUILT_IN_NAMES,
    ours: [],
    ...extra,
  });
  return [...findings];
}

/** One key or entry a line, as a person writes it. */
function write(value: unknown): string {
  return JSON.stringify(value, null, 1);
}

const plugins = (entries: object, more: object = {}): string => write({ ecosystem: "npm", plugins: entries, ...more });
const named = (...names: string[]): string =>
  plugins(Object.fromEntries(names.map((name) => [name, { ...parrot, package: `${name.toLowerCase()}-x` }])));

function baseline(...entries: [name: string, owner: string, version?: string][]): Extra {
  const listed = Object.fromEntries(entries.map(([name, owner, version]) => [name, { package: owner, version }]));
  const reading = readRegistry(write({ plugins: listed }), { kind: "url", url: new URL("https://example.test/r") });
  return { baseline: { shown: "the old one", entries: reading.entries.map(({ entry }) => entry) } };
}

/** Names that nobody takes for each other. */
const many = (count: number): [string, string][] =>
  Array.from({ length: count }, (_, at) => {
    const [one = "", ten = ""] = ["abcdefghij"[at % 10], "xyz"[Math.floor(at / 10)]];
    return [`${ten.repeat(3)}${one.repeat(3)}`, `package-${at}`];
  });
const manyEntries = (count: number): string =>
  plugins(Object.fromEntries(many(count).map(([name, owner]) => [name, { package: owner, ...PINNED }])));

type Case = readonly [rule: Rule, what: string, text: string, line: number, told: string, extra?: Extra];

const CASES: readonly Case[] = [
  ["form", "no JSON", '{\n"ecosystem": "npm",\n}', 3, "not JSON"],
  ["form", "no object", "[]", 1, "does not hold an object"],
  ["form", "a key twice", '{"ecosystem": "npm",\n"plugins": {},\n"plugins": {}}', 3, '"plugins" is there twice'],
  ["form", "a git address", plugins({ parrot: "git+https://example.test/x" }), 4, "Publish it on npm"],
  ["form", "a name that is a trap", '{"ecosystem": "npm", "plugins": {"__proto__": "x"}}', 1, '"__proto__"'],
  ["form", "a path out of the folder", plugins({ p: { ...parrot, path: "../.." } }), 8, "leads out of the folder"],
  ["unknown-key", "a misspelt key of an entry", plugins({ parrot: { ...parrot, keyword: ["x"] } }), 8, '"keywords"?'],
  ["unknown-key", "a misspelt key at the top", write({ ecosystem: "npm", plugin: {} }), 3, '"plugins"?'],
  ["unused-key", "a model without an adapter", plugins({ parrot: { ...parrot, defaultModel: "x" } }), 8, '"adapter"'],
  [
    "unused-key",
    "an adapter of a recipe",
    write({ ecosystem: "npm", plugins: {}, recipes: { parrot: { ...parrot, adapter: "ai-sdk" } } }),
    9,
    "only a backend has it",
  ],
  ["unused-key", "a text beside plugins", plugins({}, { other: "other-x@1.0.0" }), 4, 'Move it into "plugins"'],
  ["unused-key", "an object without plugins", write({ ecosystem: "npm", lizard: parrot }), 3, 'Move it into "plugins"'],
  ["ecosystem", "no ecosystem", write({ plugins: {} }), 1, '"ecosystem": "npm"'],
  ["flat-and-plugins", "a name twice", plugins({ parrot }, { parrot: "parrot-plugin" }), 10, "beside it"],
  ["name-form", "upper case", named("OpenSvc"), 4, 'Write "open-svc"'],
  ["name-form", "an underscore", named("open_svc"), 4, 'Write "open-svc"'],
  ["name-form", "two hyphens", named("open--svc"), 4, 'Write "open-svc"'],
  ["name-affix", "our name in front", named("d0ttino-parrot"), 4, 'Write "parrot"'],
  ["name-affix", "ai- in front", named("ai-parrot"), 4, 'Write "parrot"'],
  ["name-affix", "its kind behind", named("parrot-recipe"), 4, 'Write "parrot"'],
  ["name-generic", "a general word", named("chat"), 4, '"acme-chat"'],
  ["name-reserved", "a word of our commands", named("backends"), 4, "our own commands"],
  ["name-reserved", "a word of our settings", named("all"), 4, "our own commands"],
  ["name-reserved", "a built-in of ours", named("ollama"), 4, "comes with the program"],
  ["name-alike", "a zero for an o", named("parrot", "parr0t"), 9, 'looks like the backend "parrot"'],
  ["name-alike", "a hyphen more", named("parrot", "par-rot"), 9, 'looks like the backend "parrot"'],
  ["name-alike", "a built-in with a one", named("lobechat-1", "lobechat-l"), 9, '"lobechat-1"'],
  ["name-near", "another letter", named("parrot", "parrat"), 9, "one letter away"],
  ["name-near", "two letters in each other's place", named("parrot", "praRot".toLowerCase()), 9, "one letter away"],
  ["name-near", "a letter less than a built-in", named("openruter"), 4, '"openrouter"'],
  [
    "name-two-kinds",
    "a backend and a recipe of two packages",
    plugins({ parrot }, { recipes: { parrot: { ...parrot, package: "other-plugin" } } }),
    11,
    "of another",
  ],
  ["not-pinned", "no version", plugins({ parrot: "parrot-plugin" }), 4, "has no version"],
  ["not-pinned", "a range", plugins({ parrot: { ...parrot, version: "^1.0.0" } }), 6, '"^1.0.0"'],
  ["not-pinned", "a tag", plugins({ parrot: { ...parrot, version: "latest" } }), 6, '"latest"'],
  ["not-pinned", "no integrity", plugins({ parrot: "parrot-plugin@1.0.0" }), 4, "has no integrity"],
  ["not-pinned", "no version in the flat form", write({ ecosystem: "npm", parrot: "parrot-plugin" }), 3, "no version"],
  [
    "two-versions",
    "one package twice",
    plugins({ parrot, lizard: { ...parrot, version: "2.0.0" } }),
    10,
    "in two versions",
  ],
  ["same-provider", "one provider twice", plugins({ acme: PROVIDER, zebra: PROVIDER }), 13, "are one provider"],
  ["key-variable", "a word", plugins({ acme: { ...PROVIDER, apiKeyEnv: "key" } }), 10, '"ACME_API_KEY"'],
  ["no-default-model", "none", plugins({ acme: { ...PROVIDER, defaultModel: undefined } }), 4, '"defaultModel"'],
  [
    "shrinking",
    "two of thirty",
    manyEntries(28),
    1,
    "2 of the 30 names of the old one are gone",
    baseline(...many(30)),
  ],
  ["name-gone", "one of thirty", manyEntries(29), 1, "1 of the 30 names of the old one is gone", baseline(...many(30))],
  [
    "name-gone",
    "many, and that is meant",
    manyEntries(1),
    1,
    "xxxfff, 24 more",
    { ...baseline(...many(30)), allowShrinking: true },
  ],
  ["package-changed", "another package", plugins({ parrot }), 5, "was lizard-x", baseline(["parrot", "lizard-x"])],
  [
    "version-back",
    "a lower version",
    plugins({ parrot }),
    6,
    "from 1.0.1 to 1.0.0",
    baseline(["parrot", "parrot-plugin", "1.0.1"]),
  ],
];

/** A folder of a package beside the registry, and what is wrong with it. */
type FolderCase = readonly [rule: Rule, what: string, folder: Partial<PluginFolder>, told: string, entry?: object];

const SDK = "@d0ttino/plugin-sdk";
const OPTIONAL = { peerDependenciesMeta: { [SDK]: { optional: true } } };
const provider = (exports_: unknown, source: string): Partial<PluginFolder> => ({
  backends: {},
  manifest: { license: "MIT", exports: exports_ },
  files: { "dist/index.mjs": source },
});
const ACME = { adapter: "ai-sdk", defaultModel: "small" };

const FOLDERS: readonly FolderCase[] = [
  ["package-name", "another name", { name: "lizard-plugin" }, 'has the name "lizard-plugin"'],
  ["licence", "no licence", { manifest: {} }, "states no licence"],
  ["licence", "none on purpose", { manifest: { license: "UNLICENSED" } }, "states no licence"],
  ["engines", "a newer Node", { manifest: { license: "MIT", engines: { node: ">=24" } } }, "needs Node"],
  [
    "install-scripts",
    "a script",
    { manifest: { license: "MIT", scripts: { postinstall: "x", test: "y" } } },
    "(postinstall)",
  ],
  ["install-scripts", "node-gyp", { files: { "index.js": "", "binding.gyp": "{}" } }, "(node-gyp rebuild)"],
  ["no-entry", "another name", { backends: { parrott: "./index.js" } }, 'did you mean "parrott"?'],
  ["no-entry", "the other kind", { backends: {}, recipes: { parrot: "./index.js" } }, 'move the entry to "recipes"'],
  ["no-entry", "no entry points", { backends: {}, manifest: { license: "MIT", entryPoints: 1 } }, '"entryPoints"'],
  [
    "no-entry",
    "a provider of the AI SDK",
    { backends: {}, manifest: { license: "MIT", dependencies: { "@ai-sdk/provider": "*" } } },
    '"adapter": "ai-sdk"',
  ],
  ["entry-file", "no file", { files: {} }, '"index.js", is not in'],
  ["entry-file", "TypeScript", { backends: { parrot: "./index.ts" }, files: { "index.ts": "" } }, "is TypeScript"],
  ["entry-file", "a way out", { backends: { parrot: "../index.js" } }, "points outside the package"],
  ["sdk-range", "another SDK", { sdk: "^9.0.0", manifest: { license: "MIT", ...peer("^9.0.0") } }, '"^9.0.0"'],
  ["sdk-optional", "a peer that npm installs", { sdk: "^0.1.0" }, "makes npm install"],
  ["sdk-optional", "a dependency", { manifest: { license: "MIT", dependencies: { [SDK]: "*" } } }, "makes npm install"],
  ["sdk-peer", "an import", { files: { "index.js": `import "${SDK}";` } }, "does not say which versions"],
  ["provider-file", "no file", provider("./dist/other.mjs", ""), "leads to no file", ACME],
  ["provider-file", "only types", provider({ ".": { types: "./dist/index.mjs" } }, ""), "leads to no file", ACME],
  ["provider-export", "no creator", provider("./dist/index.mjs", "export { acme };"), "no create… function", ACME],
  [
    "provider-export",
    "another name",
    provider({ ".": { import: "./dist/index.mjs" } }, "var x = 1;\nexport {\n  x as createAcme\n};"),
    "It exports createAcme",
    { ...ACME, export: "createAcmee" },
  ],
  ["unreadable", "no JSON", { files: { "index.js": "", "package.json": "{" } }, "holds no package"],
];

function peer(range: string): object {
  return { peerDependencies: { [SDK]: range }, ...OPTIONAL };
}

async function checkFolder(folder: Partial<PluginFolder>, entry: object): Promise<Finding[]> {
  const dir = tempFolder();
  const whole: PluginFolder = {
    name: "parrot-plugin",
    backends: { parrot: "./index.js" },
    manifest: { license: "MIT" },
    files: { "index.js": "" },
    ...folder,
  };
  makePlugin(join(dir, "p"), whole);
  const text = plugins({ parrot: { package: "parrot-plugin", path: "./p", ...entry } });
  writeFiles(dir, { "plugin-registry.json": text });
  const checked = checkRegistryText(text, {
    origin: { kind: "file", path: join(dir, "plugin-registry.json") },
    reserved: [],
    builtIns: BUILT_IN_NAMES,
    ours: [],
  });
  const { signal } = new AbortController();
  const packages = await checkPackages(checked, { offline: false, names: [], npmDir: dir, signal, onProgress() {} });
  expect([packages.folders, packages.asked]).toEqual([1, 0]);
  return [...checked.findings, ...packages.findings];
}

describe("registry check finds", () => {
  it.each(CASES.map(([rule, what, ...rest]) => [rule, what, rest] as const))("%s: %s", (rule, _what, rest) => {
    const [text, line, told, extra] = rest;
    const findings = check(text, extra);
    expect(findings.map((one) => [one.rule, one.line, one.severity])).toEqual([[rule, line, RULES[rule].severity]]);
    expect(`${findings[0]?.what}. ${findings[0]?.fix}`).toContain(told);
  });

  it.each(FOLDERS.map(([rule, what, ...rest]) => [rule, what, rest] as const))(
    "%s in a folder: %s",
    async (rule, _what, rest) => {
      const [folder, told, entry = {}] = rest;
      const findings = await checkFolder(folder, entry);
      expect(findings.map((one) => [one.rule, one.name, one.severity])).toEqual([
        [rule, "parrot", RULES[rule].severity],
      ]);
      expect(`${findings[0]?.what}. ${findings[0]?.fix}`).toContain(told);
    },
  );

  it("by every rule, those that need npm in check-command.test.ts", () => {
    const onlyOnNpm = ["no-package", "no-version", "integrity", "deprecated"];
    const shown = new Set<string>([...CASES, ...FOLDERS].map(([rule]) => rule).concat(onlyOnNpm as Rule[]));
    expect([...shown].toSorted()).toEqual(Object.keys(RULES).toSorted());
  });
});

describe("registry check has nothing against", () => {
  it.each<[string, string, Extra?]>([
    ["a sound entry", plugins({ parrot })],
    ["an empty registry", plugins({})],
    ["one package with two names", plugins({ parrot, lizard: parrot })],
    ["two exports of one provider", plugins({ acme: PROVIDER, zebra: { ...PROVIDER, export: "createZebra" } })],
    ["a backend and a recipe of one package", plugins({ parrot }, { recipes: { parrot } })],
    ["short names that are near", named("xai", "zai")],
    ["a built-in's name for one of ours", plugins({ ollama: { ...parrot, package: "@d0ttino/ollama-plugin" } })],
    ["a name that was near another before", named("parrot", "parrat"), baseline(["parrat", "parrat-x"])],
    ["the same registry", plugins({ parrot }), baseline(["parrot", "parrot-plugin", "1.0.0"])],
    ["a higher version", plugins({ parrot }), baseline(["parrot", "parrot-plugin", "0.9.9"])],
    ["letters of a name within an entry", plugins({ parrot: { ...parrot, keywords: ["parrot", "parrot"] } })],
  ])("%s", (_what, text, extra) => {
    expect(check(text, extra)).toEqual([]);
  });

  it.each<[string, Partial<PluginFolder>, object?]>([
    ["a sound package", {}],
    ["the SDK as an optional peer", { manifest: { license: "MIT", ...peer("^0.1.0") } }],
    ["a licence in the old form", { manifest: { license: { type: "MIT" } } }],
    ["a provider with an ES module", provider("./dist/index.mjs", "export function createAcme() {}"), ACME],
    [
      "a provider with main alone",
      {
        backends: {},
        manifest: { license: "MIT", main: "lib" },
        files: { "lib/index.js": "0 && (module.exports = { VERSION, createAcme });" },
      },
      ACME,
    ],
    ["a provider that passes on another module", provider("./dist/index.mjs", 'export * from "./x.js";'), ACME],
    [
      "a provider with getters",
      provider("./dist/index.mjs", "__export(src, {\n  acme: () => acme,\n  createAcme: () => createAcme\n});"),
      { ...ACME, export: "acme" },
    ],
  ])("%s in a folder", async (_what, folder, entry = {}) => {
    expect(await checkFolder(folder, entry)).toEqual([]);
  });

  it("the registry of this project", async () => {
    const path = join(ROOT, "plugin-registry.json");
    const text = readFileSync(path, "utf8");
    const ours = readRegistry(text, { kind: "file", path }).entries.map(({ entry }) => entry);
    const origin = { kind: "file", path } as const;
    const checked = checkRegistryText(text, { origin, reserved: [], builtIns: BUILT_IN_NAMES, ours });
    const { signal } = new AbortController();
    const options = { offline: true, names: [], npmDir: ROOT, signal, onProgress() {} };
    const packages = await checkPackages(checked, options);
    expect([...checked.findings, ...packages.findings]).toEqual([]);
    expect(packages.folders).toBe(6);
  });
});
