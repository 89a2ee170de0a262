import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";

describe("docs/reference", () => {
  it("says what the help texts, the table of risks, the SDK's doc comments, the schema and the rules of the registry say", () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--conditions=d0ttino-source", "scripts/write-reference.ts", "--check"],
      { cwd: resolve(import.meta.dirname, "../.."), encoding: "utf8" },
    );
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });
});
