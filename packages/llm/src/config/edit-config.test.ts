import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { configValue, editConfig } from "./edit-config.ts";

let home: string;
let file: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "d0ttino-config-"));
  file = join(home, "config.json");
  vi.stubEnv("D0TTINO_HOME", home);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

describe("editConfig", () => {
  it("sets values at any depth and keeps all else, also what it does not know", () => {
    writeFileSync(file, '{"later": 1, "aliases": {"a": "b"}}');
    editConfig("backends.groq.baseUrl", "https://example.com/v1");
    editConfig("model", "groq/x");
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
      later: 1,
      aliases: { a: "b" },
      backends: { groq: { baseUrl: "https://example.com/v1" } },
      model: "groq/x",
    });
    editConfig("backends.groq.baseUrl", undefined);
    editConfig("backends.other.baseUrl", undefined);
    expect(configValue("backends")).toEqual({ groq: {} });
    expect(configValue("backends.groq.baseUrl")).toBeUndefined();
    expect(configValue("model")).toBe("groq/x");
  });

  it.each([
    ["model", 5],
    ["route", "openrouter"],
    ["backends.groq.local", "maybe"],
    ["aliases.x", { y: 1 }],
  ])("refuses a value that %s cannot have, and changes nothing", (key, value) => {
    expect(() => editConfig(key, value)).toThrow(expect.objectContaining({ code: "bad-config" }));
    expect(existsSync(file)).toBe(false);
  });

  it.each(["nonsense", "__proto__.x", "backends.__proto__.x", "aliases.constructor", "", "backends..x"])(
    "refuses the key %j",
    (key) => {
      expect(() => editConfig(key, "value")).toThrow(expect.objectContaining({ code: "usage" }));
    },
  );

  it.each([
    ["backends.groq.baseURL", "http://127.0.0.1/v1", 'Did you mean "baseUrl"?'],
    ["backends.groq.apiKey", "x", "A key is stored with ai-cli keys set NAME."],
    ["backends.groq", { baseUrl: "http://127.0.0.1/v1", colour: "red" }, "A backend has baseUrl, apiKeyEnv"],
    ["backends", { groq: { locale: true } }, 'Did you mean "local"?'],
  ])("refuses to set %s, of which there is a field that no backend has", (key, value, hint) => {
    expect(() => editConfig(key, value)).toThrow(
      expect.objectContaining({ code: "usage", hint: expect.stringContaining(hint) as string }),
    );
    expect(existsSync(file)).toBe(false);
  });

  it("removes what it does not know", () => {
    writeFileSync(file, '{"backends": {"groq": {"baseURL": "x", "local": true}}}');
    editConfig("backends.groq.baseURL", undefined);
    expect(configValue("backends")).toEqual({ groq: { local: true } });
  });

  it("does not touch a file that it cannot read", () => {
    writeFileSync(file, "{ not json");
    expect(() => editConfig("model", "a/b")).toThrow(`${file}:1`);
    expect(readFileSync(file, "utf8")).toBe("{ not json");
  });
});
