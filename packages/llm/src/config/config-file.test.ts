import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { isD0ttinoError } from "../errors/d0ttino-error.ts";
import { readConfig } from "./config-file.ts";

const dir = mkdtempSync(join(tmpdir(), "d0ttino-config-"));
const file = join(dir, "config.json");
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function read(text: string): ReturnType<typeof readConfig> {
  writeFileSync(file, text);
  return readConfig(file);
}

function refusal(text: string): { message: string; hint: string | undefined } {
  try {
    read(text);
  } catch (error) {
    if (isD0ttinoError(error) && error.code === "bad-config") return error;
    throw error;
  }
  throw new Error("the config was taken");
}

it("is empty without a file and for an empty object", () => {
  expect(readConfig(join(dir, "none.json"))).toEqual({ backends: {}, aliases: {} });
  expect(read("{}")).toEqual({ backends: {}, aliases: {} });
});

it("reads every field", () => {
  const config = {
    route: ["groq/model", "sample"],
    model: "groq/model",
    backends: {
      groq: { baseUrl: "http://x", apiKeyEnv: "KEY", defaultModel: "m", local: true, timeouts: { firstToken: 9e5 } },
    },
    aliases: { fast: "groq/model" },
  };
  expect(read(JSON.stringify(config))).toEqual(config);
});

it("ignores fields that it does not know", () => {
  expect(read('{"$schema": "x", "future": 5, "backends": {"a": {"headers": {}}}}').backends).toEqual({
    a: { headers: {} },
  });
});

it.each([
  ["[]", "the whole file must be an object"],
  ["null", "the whole file must be an object"],
  ['"text"', "the whole file must be an object"],
  ['{"route": "sample"}', '"route" must be a list of backend names'],
  ['{"route": ["sample", 5]}', '"route" must be a list of backend names'],
  ['{"route": null}', '"route" must be a list of backend names'],
  ['{"route": {}}', '"route" must be a list of backend names'],
  ['{"model": 5}', '"model" must be a text such as "backend/model"'],
  ['{"model": null}', '"model" must be a text such as "backend/model"'],
  ['{"aliases": []}', '"aliases" must be an object of texts'],
  ['{"aliases": {"a": 5}}', '"aliases" must be an object of texts'],
  ['{"backends": []}', '"backends" must be an object'],
  ['{"backends": null}', '"backends" must be an object'],
  ['{"backends": {"a": "http://x"}}', '"backends.a" must be an object'],
  ['{"backends": {"a": {"baseUrl": 5}}}', '"backends.a".baseUrl must be a text'],
  ['{"backends": {"a": {"apiKeyEnv": ["K"]}}}', '"backends.a".apiKeyEnv must be a text'],
  ['{"backends": {"a": {"defaultModel": null}}}', '"backends.a".defaultModel must be a text'],
  ['{"backends": {"a": {"local": "yes"}}}', '"backends.a".local must be true or false'],
  ['{"backends": {"a": {"timeouts": 5}}}', '"backends.a".timeouts must be an object of connect, firstToken, silence'],
  [
    '{"backends": {"a": {"timeouts": {"first": 5}}}}',
    '"backends.a".timeouts must be an object of connect, firstToken, silence, without first',
  ],
  ...["0", "-1", "3e9", "null", '"60s"'].map((value) => [
    `{"backends": {"a": {"timeouts": {"silence": ${value}}}}}`,
    '"backends.a".timeouts.silence must be a number of milliseconds, from 1 to 2147483647',
  ]),
])("refuses %s and names the key", (text, told) => {
  const { message, hint } = refusal(text);
  expect(message).toBe(`The config file ${file} is not valid: ${told}.`);
  expect(hint).toMatch(/\S/);
});

it("names file and line of what is not JSON", () => {
  const { message, hint } = refusal('{\n  "route": [sample]\n}');
  expect(message).toBe(`The config file cannot be read: ${file}:2: unexpected token 's'`);
  expect(hint).toContain("Correct that line");
});
