import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { JsonError, parseJson, readJson } from "./read-json.ts";

const dir = mkdtempSync(join(tmpdir(), "d0ttino-json-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function faultIn(text: string): JsonError {
  try {
    parseJson(text, "file.json");
  } catch (error) {
    if (error instanceof JsonError) return error;
    throw error;
  }
  throw new Error(`${JSON.stringify(text)} is JSON`);
}

it.each([
  ["a bare word", '{\n"a": 1,\n"b": yes\n}', 3],
  ["single quotes", "{\n'a': 1\n}", 2],
  ["a trailing comma in an object", '{\n"a": 1,\n}', 3],
  ["a trailing comma in a list", "[\n1,\n2,\n]", 4],
  ["a missing comma", '{\n"a": 1\n"b": 2\n}', 3],
  ["a missing colon", '{\n"a" 1\n}', 2],
  ["a comment", '{\n// why\n"a": 1\n}', 2],
  ["a line break within a text", '{\n"a": "one\ntwo"\n}', 2],
  ["a wrong escape", '{\n"a": "\\x41"\n}', 2],
  ["a number with a leading zero", '{\n\n"a": 012\n}', 3],
  ["text behind the end", "{}\n\n{}\n", 3],
  ["an end too early", '{\n"a": {\n"b": 1\n', 3],
  ["an end within a text", '{\n"a": "b', 2],
  ["nothing at all", "", 1],
  ["a key without quotes, far down", `{\n${'"k": [1, 2, {"x": null}],\n'.repeat(5000)}bad: 1\n}`, 5002],
])("names the line of %s", (_fault, text, line) => {
  const error = faultIn(text);
  expect(error.line).toBe(line);
  expect(error.message).toMatch(new RegExp(`^file\\.json:${line}: \\S`));
  expect(error.message).not.toContain("\n");
});

it.each([
  '{"key": sk-secret-1234}',
  '{"key": "sk-secret-1234" "x"}',
  '["sk-secret-1234"',
  '{"key": "sk-secret-1234\n"}',
  "sk-secret-1234",
  "{\"key\": 'sk-secret-1234'}",
])("never quotes what the file holds: %j", (text) => {
  expect(faultIn(text).message).not.toContain("secret");
});

it("finds a planted fault wherever it is", () => {
  const lines = JSON.stringify({ a: [1, "two", { b: null, c: [true, false] }], d: "é🦊", e: {} }, null, 2).split("\n");
  for (const [at, line] of lines.entries()) {
    const broken = lines.with(at, `${line.slice(0, line.length - line.trimStart().length)}@${line.trimStart()}`);
    expect(faultIn(broken.join("\n")).line).toBe(at + 1);
  }
});

it("skips a byte order mark and reads what follows", () => {
  expect(parseJson('\uFEFF{"a": 1}', "file.json")).toEqual({ a: 1 });
  expect(faultIn('\uFEFF{\n"a": x}').line).toBe(2);
});

it("gives undefined for a file that is not there, also under a file", () => {
  writeFileSync(join(dir, "file"), "{}");
  expect(readJson(join(dir, "none.json"))).toBeUndefined();
  expect(readJson(join(dir, "file", "none.json"))).toBeUndefined();
});

it("throws the system's error for a folder", () => {
  expect(() => readJson(dir)).toThrow("EISDIR");
});

it("makes __proto__ an ordinary key", () => {
  const value = parseJson('{"__proto__": {"polluted": true}}', "file.json") as Record<string, unknown>;
  expect(Object.hasOwn(value, "__proto__")).toBe(true);
  expect(value["polluted"]).toBeUndefined();
});
