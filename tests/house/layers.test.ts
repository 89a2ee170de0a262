import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { afterEach, describe, expect, it } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");
const planted: string[] = [];

/** Writes a source file into the tree and gives what the linter says of it. */
function lintPlanted(file: string, source: string): string {
  const path = join(ROOT, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, source);
  planted.push(path);
  const { stdout } = spawnSync(process.execPath, [join(ROOT, "node_modules/oxlint/bin/oxlint"), file], {
    cwd: ROOT,
    encoding: "utf8",
  });
  return stdout;
}

afterEach(() => {
  for (const path of planted.splice(0)) rmSync(path, { force: true });
});

describe("the layer rule", () => {
  it.each([
    ["packages/plugin-sdk/src/planted.ts", "@d0ttino/llm"],
    ["packages/plugin-sdk/src/planted.ts", "node:fs"],
    ["packages/llm/src/errors/planted.ts", "../config/environment.ts"],
    ["packages/llm/src/config/planted.ts", "../host/places.ts"],
    ["packages/llm/src/network/planted.ts", "../models/model-files.ts"],
    ["packages/llm/src/models/planted.ts", "../backends/server.ts"],
    ["packages/llm/src/backends/planted.ts", "../host/places.ts"],
    ["packages/llm/src/backends/planted.ts", "../models/model-files.ts"],
    ["packages/llm/src/builtins/planted.ts", "../host/places.ts"],
    ["packages/llm/src/host/planted.ts", "../routing/router.ts"],
    ["packages/llm/src/routing/planted.ts", "@d0ttino/ai-cli"],
    ["packages/ai-cli/src/recipes/planted.ts", "../commands/help.ts"],
    ["packages/ai-cli/src/recipes/planted.ts", "@d0ttino/llm/routing/router"],
    ["packages/ai-cli/src/terminal/planted.ts", "../recipes/shell.ts"],
    ["packages/ai-cli/src/arguments/planted.ts", "../terminal/terminal.ts"],
  ])("refuses %s importing %s", (file, target) => {
    expect(lintPlanted(file, `import * as planted from "${target}";\nexport const it = planted;\n`)).toContain(
      "no-restricted-imports",
    );
  });

  it("accepts the imports that go the right way", () => {
    const report = lintPlanted(
      "packages/llm/src/routing/planted.ts",
      'import { places } from "../host/places.ts";\nexport const it = places;\n',
    );
    expect(report).not.toContain("no-restricted-imports");
  });

  it.each([
    [
      "process.stdout, process.stderr and process.stdin",
      String.raw`process\.(stdout|stderr|stdin)`,
      ["packages/ai-cli/src/terminal/terminal.ts"],
    ],
    [
      "node:child_process",
      "node:child_process",
      [
        "packages/ai-cli/src/manager/doctor/plugin-process.ts",
        "packages/ai-cli/src/recipes/spawn-step.ts",
        "packages/ai-cli/src/recipes/system-tool.ts",
        "packages/llm/src/config/run-key-command.ts",
        "packages/llm/src/models/run-program.ts",
      ],
    ],
    ["process.env", String.raw`process\.env\b`, ["packages/llm/src/config/environment.ts"]],
  ])("has one file that touches %s", (_what, pattern, files) => {
    const found = execFileSync(
      "git",
      ["grep", "-lE", "--untracked", pattern, "--", "packages/llm/src/*.ts", "packages/ai-cli/src/*.ts", ":!*.test.ts"],
      { cwd: ROOT, encoding: "utf8" },
    );
    expect(found.trim().split("\n")).toEqual(files);
  });
});
