import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { SDK_VERSION } from "@d0ttino/plugin-sdk/host";
import { describe, expect, it } from "vitest";
import { LOWEST_NODE } from "../../packages/ai-cli/src/manager/registry-check/check-package.ts";
import { libraryVersion } from "../../packages/llm/src/host/library-location.ts";

const ROOT = resolve(import.meta.dirname, "../..");

function versionOf(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8")) as { version: string };
  return manifest.version;
}

function lowestNodeOf(folder: string): string {
  const text = readFileSync(join(ROOT, folder, "package.json"), "utf8");
  return (JSON.parse(text) as { engines: { node: string } }).engines.node;
}

describe("versions", () => {
  it("are the same in code and package.json", () => {
    expect(SDK_VERSION).toBe(versionOf("packages/plugin-sdk"));
    expect(libraryVersion).toBe(versionOf("packages/llm"));
    expect(libraryVersion).toBe(versionOf("packages/ai-cli"));
  });

  it("of Node are the same in code and package.json", () => {
    expect(`>=${LOWEST_NODE.replace(/\.0$/, "")}`).toBe(lowestNodeOf("packages/ai-cli"));
  });
});
