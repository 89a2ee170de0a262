import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { tempFolder } from "../../../../../tests/support/temp-folder.ts";
import { linkTree } from "./link-tree.ts";

function tree(): string {
  const from = tempFolder("from");
  mkdirSync(join(from, "deep"));
  for (const file of ["a.js", "deep/b.js", "package.json"]) writeFileSync(join(from, file), file);
  writeFileSync(join(from, "program"), "#!", { mode: 0o755 });
  symlinkSync("deep/b.js", join(from, "link"));
  symlinkSync("nowhere", join(from, "dangling"));
  return from;
}

function expectSame(to: string): void {
  for (const file of ["a.js", "deep/b.js", "package.json"]) expect(readFileSync(join(to, file), "utf8")).toBe(file);
  expect(readFileSync(join(to, "link"), "utf8")).toBe("deep/b.js");
  expect(statSync(join(to, "program")).mode & 0o777).toBe(0o755);
  expect(existsSync(join(to, "dangling"))).toBe(false);
}

it("shares files, and copies what the installer writes in place", () => {
  const [from, to] = [tree(), join(tempFolder(), "to")];
  linkTree(from, to);
  expectSame(to);
  expect(statSync(join(to, "a.js")).ino).toBe(statSync(join(from, "a.js")).ino);
  expect(statSync(join(to, "package.json")).ino).not.toBe(statSync(join(from, "package.json")).ino);
});

/** A file system of its own on every Linux. */
const OTHER_DISK = "/dev/shm";
const hasOtherDisk = existsSync(OTHER_DISK) && statSync(OTHER_DISK).dev !== statSync(tempFolder()).dev;

it.skipIf(!hasOtherDisk)("copies where hard links are refused, as between two disks", () => {
  const parent = mkdtempSync(join(OTHER_DISK, "d0ttino-test-"));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  const [from, to] = [tree(), join(parent, "to")];
  linkTree(from, to);
  expectSame(to);
  expect(statSync(join(to, "a.js")).nlink).toBe(1);
});
