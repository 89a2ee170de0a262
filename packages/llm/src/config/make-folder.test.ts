import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { makeFolder } from "./make-folder.ts";

function tempFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), "d0ttino-make-folder-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

it("makes what is missing and leaves what is there", () => {
  const dir = join(tempFolder(), "a/b/c");
  makeFolder(dir);
  makeFolder(dir);
  expect(existsSync(dir)).toBe(true);
});

it.skipIf(process.platform !== "linux")("gives up where no folder can be", () => {
  expect(() => makeFolder("/proc/none/such")).toThrow(/ENOENT/);
});

it("works when several processes make the same folders at once", async () => {
  const root = tempFolder();
  const file = new URL("make-folder.ts", import.meta.url).href;
  // They start together, so that they meet.
  const start = Date.now() + 1000;
  const program = `
    const { makeFolder } = await import(${JSON.stringify(file)});
    while (Date.now() < ${start});
    for (let at = 0; at < 3000; at += 1) makeFolder(${JSON.stringify(root)} + "/" + at + "/a/b");
  `;
  const run = (): Promise<string> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
        stdio: ["ignore", "ignore", "pipe"],
      });
      let told = "";
      child.stderr.setEncoding("utf8").on("data", (text: string) => (told += text));
      child.on("close", (code) => resolve(`${code} ${told}`));
    });
  expect(await Promise.all([run(), run(), run()])).toEqual(["0 ", "0 ", "0 "]);
});
