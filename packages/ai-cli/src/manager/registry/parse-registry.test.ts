import { describe, expect, it } from "vitest";
import { InvalidRegistry } from "./invalid-registry.ts";
import { parseRegistry } from "./parse-registry.ts";
import { DEFAULT_REGISTRY_URL } from "./registry-location.ts";
import type { Registry } from "./registry.ts";

const ELSEWHERE = "https://example.test/r.json";

function parse(text: unknown, url = ELSEWHERE): Registry {
  const json = typeof text === "string" ? text : JSON.stringify(text);
  return parseRegistry(json, { kind: "url", url: new URL(url) });
}

function faultsOf(text: unknown, url?: string): string[] {
  try {
    parse(text, url);
  } catch (error) {
    if (error instanceof InvalidRegistry) return error.problems.map(({ line, what }) => `${line}: ${what}`);
    throw error;
  }
  return [];
}

describe("what a registry says", () => {
  it("reads texts and objects, of backends and recipes", () => {
    const integrity = `sha512-${"a".repeat(86)}==`;
    const whole = {
      package: "@s/x",
      version: "^1",
      integrity,
      description: "An x",
      homepage: "https://example.test/",
      keywords: ["a", "b"],
      adapter: "ai-sdk",
      export: "createX",
      apiKeyEnv: "X_KEY",
      defaultModel: "x-1",
      unknown: { is: "ignored" },
    };
    const registry = parse({ plugins: { X: whole, short: "y@next" }, recipes: { r: { ...whole, adapter: 5 } }, n: 1 });
    const { unknown: _unknown, adapter, export: exported, apiKeyEnv, defaultModel, ...common } = whole;
    const shared = { ...common, spec: "@s/x@^1" };
    expect(registry.entries).toEqual([
      { ...shared, kind: "backend", name: "x", adapter, export: exported, apiKeyEnv, defaultModel },
      { kind: "backend", name: "short", package: "y", version: "next", spec: "y@next", keywords: [] },
      { ...shared, kind: "recipe", name: "r" },
    ]);
  });

  it("finds by kind and name in any case, and nothing that is not there", () => {
    const registry = parse({ plugins: { Both: "b", one: "o" }, recipes: { both: "r" } });
    const find = (kind: "backend" | "recipe" | undefined, name: string): string | undefined =>
      registry.find(kind, name)?.package;
    expect([find(undefined, "BOTH"), find("recipe", "both"), find("recipe", "one")]).toEqual(["b", "r", undefined]);
    expect(["constructor", "__proto__", "toString"].map((name) => find(undefined, name))).toEqual(
      Array(3).fill(undefined),
    );
  });

  it("reads the flat form only when plugins is absent", () => {
    const flat = { $schema: "s", ecosystem: "npm", a: "x", b: "y@1", n: 1, o: { package: "z" }, recipes: { r: "w" } };
    const names = (value: unknown): string[] => parse(value).entries.map(({ kind, name }) => `${kind} ${name}`);
    expect(names(flat)).toEqual(["backend a", "backend b", "recipe r"]);
    expect(names({ ...flat, plugins: {} })).toEqual(["recipe r"]);
    expect(names({ recipes: {} })).toEqual([]);
  });

  it("ignores folders in a registry of the network", () => {
    expect(parse({ plugins: { a: { package: "x", path: "../../etc" } } }).entries[0]).toEqual({
      kind: "backend",
      name: "a",
      package: "x",
      spec: "x",
      keywords: [],
    });
  });

  it("takes a byte order mark", () => {
    expect(parse('\uFEFF{"a": "x"}').entries).toHaveLength(1);
  });
});

describe("the ecosystem", () => {
  it("must be said by the default registry alone", () => {
    const flat = { my_backend: "my-package" };
    expect(faultsOf(flat, DEFAULT_REGISTRY_URL)).toEqual([expect.stringMatching(/^1: .*"ecosystem": "npm"/)]);
    expect(faultsOf(flat, `${DEFAULT_REGISTRY_URL}?raw`)).toHaveLength(1);
    expect(faultsOf({ ecosystem: "npm", ...flat }, DEFAULT_REGISTRY_URL)).toEqual([]);
    expect(faultsOf(flat)).toEqual([]);
  });

  it("is no other anywhere", () => {
    expect(faultsOf('{\n"a": "x",\n"ecosystem": "pypi"}')).toEqual(['3: "ecosystem" is not "npm"']);
  });
});

describe("faults", () => {
  it.each([
    ["[]", "1: the file does not hold an object"],
    ["null", "1: the file does not hold an object"],
    ['{"a": "x"', "1: this is not JSON: "],
    ['{"a": "x",\n"b": "y",\n}', "3: this is not JSON: "],
    ["", "1: this is not JSON: the file is empty"],
    ['{\n"plugins": null}', '2: "plugins" is not an object'],
    ['{\n"plugins": ["a"]}', '2: "plugins" is not an object'],
    ['{\n"recipes": "a"}', '2: "recipes" is not an object'],
    ['{"plugins": {\n"a": 1}}', '2: "a" is neither a text nor an object'],
    ['{"plugins": {\n"a": ["x"]}}', '2: "a" is neither a text nor an object'],
    ['{"plugins": {\n"a": {}}}', '2: "a" names no package'],
    ['{"plugins": {"a": {\n"package": 1}}}', '2: "a" names no package'],
    ['{"plugins": {"a": {"package": "x@1",\n"version": "1"}}}', '2: "a" has two versions'],
    ['{"plugins": {"a": {"package": "x",\n"version": "npm:y"}}}', '2: "version" of "a" has no version'],
    ['{"plugins": {"a": {"package": "x",\n"version": 1}}}', '2: "version" of "a" has no version'],
    ['{"plugins": {"a": {"package": "x",\n"integrity": "sha1-x"}}}', '2: "integrity" of "a" must be'],
    ['{"plugins": {"a": {"package": "x",\n"homepage": "javascript:1"}}}', '2: "homepage" of "a" must be'],
    ['{"plugins": {"a": {"package": "x",\n"description": "\\u001b[2J"}}}', '2: "description" of "a" must be'],
    ['{"plugins": {"a": {"package": "x",\n"keywords": "one"}}}', '2: "keywords" of "a" must be'],
    ['{"plugins": {"a": {"package": "x",\n"adapter": "other"}}}', '2: "adapter" of "a" must be "ai-sdk"'],
    ['{"plugins": {"a": {"package": "x",\n"apiKeyEnv": "A=B"}}}', '2: "apiKeyEnv" of "a" must be'],
    ['{"plugins": {"a": {"package": "x",\n"export": "a.b"}}}', '2: "export" of "a" must be'],
    ['{"plugins": {"a": {"package": "x",\n"path": 1}}}', '2: "path" of "a" must be'],
    ['{\n"plugins": {"a": "x",\n"A": "y"}}', '3: "A" and "a" are one name'],
    ['{"plugins": {"a": "x",\n"a": "y"}}', '2: "a" is there twice'],
    ['{"plugins": {},\n"plugins": {"a": "x"}}', '2: "plugins" is there twice'],
    ['{\n"a": "../x"}', '2: "../x", the package of "a", is not a package of npm'],
    ['{"recipes": {\n"r": "git+ssh://x"}}', '2: "git+ssh://x", the package of "r", is not a package of npm'],
  ])("names line and fault of %j", (text, fault) => {
    expect(faultsOf(text)).toEqual([expect.stringContaining(fault)]);
  });

  it.each(["__proto__", "constructor", "Constructor", "-x", "", "a b", "a/b", "../x", "x\0", "x".repeat(65), "ä"])(
    "refuses the name %j in every place",
    (name) => {
      const entry = `{\n${JSON.stringify(name)}: "x"}`;
      for (const text of [`{"plugins": ${entry}}`, `{"recipes": ${entry}}`, entry]) {
        expect(faultsOf(text)).toEqual([expect.stringMatching(/^2: ".*" cannot be the name of a (?:backend|recipe)$/)]);
      }
      expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
    },
  );

  it("shows all of them with place and fix, but no more than ten", () => {
    const plugins = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`p${index}`, "../x"]));
    expect(() => parse({ plugins })).toThrow(
      expect.objectContaining({
        code: "bad-config",
        message: expect.stringMatching(/^The plug-in registry https:\/\/example\.test\/r\.json is not valid:\n/),
        summary: expect.stringMatching(/^line 1 is not valid: .*, and 11 more$/),
      }),
    );
    const lines = messageFor({ plugins }).split("\n");
    expect(lines).toHaveLength(12);
    expect(lines[1]).toMatch(
      /^ {2}https:\/\/example\.test\/r\.json:1: "\.\.\/x", the package of "p0", .*\. Write .*\.$/,
    );
    expect(lines.at(-1)).toBe("  There are 2 more.");
  });

  it("repeats nothing that moves the cursor, nor a secret of the address", () => {
    const message = messageFor({ plugins: { "\u009b2J\u202e": "x" } }, `${ELSEWHERE}?token=hidden`);
    expect(message).not.toMatch(/[\u0080-\u009f\u202e]|hidden/);
  });
});

function messageFor(value: unknown, url?: string): string {
  try {
    parse(value, url);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}
