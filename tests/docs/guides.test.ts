import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
function follow(page: string): string[] {
  const start = mkdtempSync(join(folder, "empty-"));
  for (const name of readdirSync(folder))
    if (name.endsWith(".tgz")) copyFileSync(join(folder, name), join(start, name));
  const outputs: string[] = [];
  let dir = start;
  for (const { language, text, file } of blocksOf(page)) {
    if (file !== undefined) {
      writeFileSync(join(dir, file), text);
      if (file === "test.js") outputs.push(runShell(`node ${file}`, dir));
    } else if (language === "sh") {
      outputs.push(runShell(text, dir));
      const entered = /^cd (\S+)/m.exec(text)?.[1];
      if (entered !== undefined) dir = join(dir, entered);
    }
  }
  return outputs;
}

function runShell(commands: string, cwd: string): string {
  const { status, stdout, stderr } = spawnSync("sh", ["-ec", commands], {
    cwd,
    encoding: "utf8",
    env: {
      ...process.env,
      PATH: [dirname(process.execPath), process.env["PATH"]].join(delimiter),
      D0TTINO_HOME: join(folder, "home"),
    },
  });
  expect(status, `${commands}\n${stdout}${stderr}`).toBe(0);
  return stdout;
}

describe("the guides, followed word for word", { timeout: 120_000 }, () => {
  it("write-a-backend ends with an answer and a green contract test", () => {
    const outputs = follow("write-a-backend.md");
    const shown = blocksOf("write-a-backend.md").find(
      (block) => block.language === "" && block.text.startsWith("You asked"),
    );
    expect(outputs).toContain(shown?.text);
    expect(outputs.at(-1)).toMatch(/^ok /m);
  });

  it("write-a-recipe ends with a run and a green contract test", () => {
    const outputs = follow("write-a-recipe.md");
    expect(
      outputs.some((output) => output.includes("grep -rl --exclude-dir=node_modules -- 'entryPoints' . | head")),
    ).toBe(true);
    expect(outputs.some((output) => output.includes("./package.json"))).toBe(true);
    expect(outputs.at(-1)).toMatch(/^ok /m);
  });
});
