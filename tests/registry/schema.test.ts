import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { InvalidRegistry } from "../../packages/ai-cli/src/manager/registry/invalid-registry.ts";
import { parseRegistry } from "../../packages/ai-cli/src/manager/registry/parse-registry.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const FILE = join(ROOT, "plugin-registry.json");

function readRoot(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(ROOT, file), "utf8")) as Record<string, unknown>;
}

const validate = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allErrors: true }).compile(
  readRoot("plugin-registry.schema.json"),
);

function parses(value: unknown): boolean {
  try {
    parseRegistry(JSON.stringify(value), { kind: "url", url: new URL("https://example.test/r.json") });
    return true;
  } catch (error) {
    if (error instanceof InvalidRegistry) return false;
    throw error;
  }
}

describe("plugin-registry.json", () => {
  const registry = parseRegistry(readFileSync(FILE, "utf8"), { kind: "file", path: FILE });

  it("has the form that its schema describes", () => {
    validate(readRoot("plugin-registry.json"));
    expect(validate.errors).toBeNull();
  });

  const own = registry.entries.filter(({ adapter }) => adapter === undefined);

  it("has the plug-ins of this repository", () => {
    expect(own.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      "backend openrouter",
      "backend lobechat",
      "backend mindbridge",
      "backend sample",
      "backend llama",
      "recipe echo",
    ]);
  });

  it.each(own.map((entry) => [entry.name, entry] as const))("names the package of %s", (name, entry) => {
    const manifest = JSON.parse(readFileSync(join(entry.dir ?? "", "package.json"), "utf8")) as {
      name: string;
      entryPoints: Record<string, Record<string, string>>;
    };
    expect(entry.spec).toBe(manifest.name);
    const group = entry.kind === "backend" ? "llm.plugins" : "d0ttino.recipes";
    expect(manifest.entryPoints[group]).toHaveProperty(name);
  });

  it("pins what is not of this repository", () => {
    const others = registry.entries.filter((entry) => !own.includes(entry));
    for (const { version, integrity } of others) {
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
      expect(integrity).toMatch(/^sha512-/);
    }
  });
});

const SHA = `sha512-${"A".repeat(86)}==`;

const GOOD: unknown[] = [
  {},
  { plugins: {} },
  { recipes: {} },
  { my_backend: "my-package" },
  { $schema: "anything at all", ecosystem: "npm", a: "x@1", recipes: { r: "y" } },
  { plugins: { a: "x", "B.c-d_e": "@s/x@^1.0.0 || >=3" }, recipes: { a: "y@latest" }, more: "not a package!" },
  { plugins: { a: { package: "x@1" } } },
  { plugins: { a: { package: "x", version: "1.0.0", integrity: SHA, description: "ä", keywords: [] } } },
  { plugins: { a: { package: "x", homepage: "https://example.test/a?b#c", path: "./x", unknown: 1 } } },
  { plugins: { a: { package: "x", adapter: "ai-sdk", export: "$x", apiKeyEnv: "X_KEY", defaultModel: "a/b" } } },
  { recipes: { a: { package: "x", adapter: 1, export: 1, apiKeyEnv: 1, defaultModel: 1 } } },
  { "not a name": { nor: "an entry" }, list: ["x"], recipes: {} },
  { plugins: { [`a${"b".repeat(63)}`]: "a".repeat(214) } },
  { plugins: { a: `@${"s".repeat(106)}/${"x".repeat(106)}@1` } },
];

const BAD_NAMES = ["", "a b", "-a", "a/b", "_a", "a\n", "constructor", "Constructor", "__proto__", "a".repeat(65), "ä"];
const BAD_SPECS: unknown[] = [
  "",
  " ",
  "X",
  "-x",
  ".x",
  "_x",
  "../x",
  "./x",
  "/x",
  "x\0",
  "x\n",
  "x y",
  "user/repo",
  "@s",
  "@s/",
  "@s/x/y",
  "file:x",
  "git+ssh://x",
  "https://x/y.tgz",
  "npm:x",
  "x@npm:y",
  "x@file:y",
  "x@git+https://y",
  "x@../y",
  "x@",
  "x@y.tgz",
  "x.tar",
  "x.TGZ@1",
  "x@.y",
  "x@-y",
  "x@y\n",
  "x@@1",
  `x@${"1".repeat(129)}`,
  "a".repeat(215),
  `@${"s".repeat(107)}/${"x".repeat(106)}`,
  "constructor",
  "constructor@1",
  "node_modules",
  "favicon.ico@1",
];
const BAD_ENTRIES: unknown[] = [
  1,
  null,
  true,
  [],
  ["x"],
  {},
  { package: 1 },
  { package: null },
  ...BAD_SPECS.map((text) => ({ package: text })),
  { package: "x@1", version: "1" },
  ...["", "npm:y", "file:x", "../x", "-1", "y.tgz", 1, null].map((version) => ({ package: "x", version })),
  ...["", "sha1-x", SHA.slice(0, -1), `x${SHA}`, 1].map((integrity) => ({ package: "x", integrity })),
  ...["", "a\nb", "\u001b[2J", "\u202ex", "\u0085", "\u2028", 1, null].map((text) => ({
    package: "x",
    description: text,
  })),
  ...["", "x", "ftp://x", "https://", "https://x y", "javascript:1", 1].map((homepage) => ({ package: "x", homepage })),
  ...["x", {}, [1], [""], ["a\nb"]].map((keywords) => ({ package: "x", keywords })),
  ...["", "a\0b", 1].map((path) => ({ package: "x", path })),
];
const BAD_BACKENDS: unknown[] = [
  ...["", "other", 1].map((adapter) => ({ package: "x", adapter })),
  ...["", "a.b", "1a", "a-b", 1].map((exported) => ({ package: "x", export: exported })),
  ...["", "A B", "1A", "A=B", 1].map((apiKeyEnv) => ({ package: "x", apiKeyEnv })),
  ...["", "a\nb", 1].map((defaultModel) => ({ package: "x", defaultModel })),
];

/** An object with any key, `__proto__` included. */
function keyed(key: string, value: unknown): Record<string, unknown> {
  return Object.fromEntries([[key, value]]);
}

const BAD: unknown[] = [
  null,
  1,
  "x",
  [],
  true,
  ...[null, [], "x", 1].flatMap((section) => [{ plugins: section }, { plugins: {}, recipes: section }]),
  { ecosystem: "pypi" },
  { ecosystem: 1, plugins: {} },
  { ecosystem: null },
  ...BAD_NAMES.flatMap((name) => [{ plugins: keyed(name, "x") }, { recipes: keyed(name, "x") }, keyed(name, "x")]),
  ...BAD_SPECS.flatMap((spec) => [{ plugins: { a: spec } }, { recipes: { a: spec } }, { a: spec }]),
  ...BAD_ENTRIES.flatMap((entry) => [{ plugins: { a: entry } }, { recipes: { a: entry } }]),
  ...BAD_BACKENDS.map((entry) => ({ plugins: { a: entry } })),
];

describe("the schema and the program agree", () => {
  it.each(GOOD.map((value) => [value]))("that %j is valid", (value) => {
    expect([validate(value), parses(value)]).toEqual([true, true]);
  });

  it.each(BAD.map((value) => [value]))("that %j is not", (value) => {
    expect([validate(value), parses(value)]).toEqual([false, false]);
  });
});
