import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, it } from "vitest";
import { writeFileAtomic } from "./write-file-atomic.ts";

const base = mkdtempSync(join(tmpdir(), "d0ttino-write-"));
let dir: string;
let made = 0;

beforeEach(() => {
  dir = join(base, `${(made += 1)}`);
  mkdirSync(dir);
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

it("makes missing folders, replaces what is there and leaves nothing else behind", () => {
  const file = join(dir, "a", "b", "file.json");
  writeFileAtomic(file, "first");
  writeFileAtomic(file, "é".repeat(200_000));
  expect(readFileSync(file, "utf8")).toBe("é".repeat(200_000));
  expect(readdirSync(join(dir, "a", "b"))).toEqual(["file.json"]);
});

it("gives the file the permissions that are asked, also in place of a file with wider ones", () => {
  const file = join(dir, "keys.json");
  writeFileSync(file, "{}", { mode: 0o666 });
  writeFileAtomic(file, "secret", 0o600);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it("leaves the old file and no other when it cannot replace it", () => {
  const file = join(dir, "folder");
  mkdirSync(join(file, "inner"), { recursive: true });
  expect(() => writeFileAtomic(file, "text")).toThrow("EISDIR");
  expect(readdirSync(dir)).toEqual(["folder"]);
  expect(readdirSync(file)).toEqual(["inner"]);
});

it("throws when a file is where a folder should be", () => {
  writeFileSync(join(dir, "file"), "");
  expect(() => writeFileAtomic(join(dir, "file", "inner.json"), "text")).toThrow(/EEXIST|ENOTDIR/);
  expect(readFileSync(join(dir, "file"), "utf8")).toBe("");
});
