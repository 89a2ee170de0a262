import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { text as readText } from "node:stream/consumers";
import { fakeServer } from "@d0ttino/plugin-sdk/testing";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { blocksOf } from "../support/guide-blocks.ts";

const ROOT = resolve(import.meta.dirname, "../..");
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "d0ttino-guides-"));
  const packed = spawnSync("npm", ["run", "-s", "pack:all", "--", folder], { cwd: ROOT, encoding: "utf8" });
  expect(packed.status, packed.stderr).toBe(0);
}, 120_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Follows the numbered part of a page word for word in an empty folder, and gives the output of each command block. */
async function follow(page: string, env: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const start = mkdtempSync(join(folder, "empty-"));
  for (const name of readdirSync(folder))
    if (name.endsWith(".tgz")) copyFileSync(join(folder, name), join(start, name));
  const outputs: string[] = [];
  const home = join(start, "home");
  let dir = start;
  for (const { language, text } of blocksOf(page)) {
    if (language !== "sh") continue;
    outputs.push(await runInEmpty(text, dir, { ...env, HOME: home, D0TTINO_HOME: home, npm_config_offline: "true" }));
    const entered = /^cd (\S+)/m.exec(text)?.[1];
    if (entered !== undefined) dir = join(dir, entered);
  }
  for (const { language, text } of blocksOf(page)) {
    if (language !== "js" || !text.includes("./index.js")) continue;
    expect(readFileSync(join(dir, "test.js"), "utf8")).toBe(text);
  }
  return outputs;
}

/** Runs commands with nothing of this checkout in reach but Node. */
async function runInEmpty(commands: string, cwd: string, env: Readonly<Record<string, string>>): Promise<string> {
  const path = [dirname(process.execPath), process.env["PATH"]].join(delimiter);
  const child = spawn("sh", ["-ec", commands], { cwd, env: { ...env, PATH: path }, stdio: ["ignore", "pipe", "pipe"] });
  const [output, told, [code]] = await Promise.all([
    readText(child.stdout),
    readText(child.stderr),
    once(child, "close") as Promise<[number | null]>,
  ]);
  expect(code, `${commands}\n${output}${told}`).toBe(0);
  return output;
}

// Only the service is ours; nothing is asked of any network.
describe("the guides, followed word for word", { timeout: 120_000 }, () => {
  it("write-a-backend ends with an answer and a green contract test", async () => {
    const server = await fakeServer();
    onTestFinished(() => server.close());
    const outputs = await follow("write-a-backend.md", { ACME_BASE_URL: server.url, ACME_API_KEY: "no-real-key" });
    expect(outputs).toContain("You said: Is anybody there?\n");
    expect(server.requests.at(0)?.model).toBe("some-model");
    expect(outputs.find((output) => output.includes("node --test"))).toMatch(/pass 2\n(?:.*\n)*.*fail 0/);
    expect(outputs.at(-1)).toMatch(/\d\d passed, 0 failed/);
  });

  it("write-a-recipe ends with a run and a green contract test", async () => {
    const outputs = await follow("write-a-recipe.md");
    expect(outputs.some((output) => output.includes("grep -rl --exclude-dir=node_modules -- 'entryPoints' ."))).toBe(
      true,
    );
    expect(outputs.some((output) => output.includes("./package.json"))).toBe(true);
    expect(outputs.find((output) => output.includes("node --test"))).toMatch(/pass 2\n(?:.*\n)*.*fail 0/);
    expect(outputs.at(-1)).toMatch(/\d\d passed, 0 failed/);
  });
});
