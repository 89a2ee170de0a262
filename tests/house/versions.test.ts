import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { SDK_VERSION } from "@d0ttino/plugin-sdk/host";
import { describe, expect, it } from "vitest";
import { libraryVersion } from "../../packages/llm/src/host/library-location.ts";

const ROOT = resolve(import.meta.dirname, "../..");

function versionOf(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8")) as { version: string };
  return manifest.version;
}

describe("versions", () => {
  it("are the same in code and package.json", () => {
    expect(SDK_VERSION).toBe(versionOf("packages/plugin-sdk"));
    expect(libraryVersion).toBe(versionOf("packages/llm"));
    expect(libraryVersion).toBe(versionOf("packages/ai-cli"));
  });
});
