import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { readRegistry } from "../../packages/ai-cli/src/manager/registry/read-registry.ts";

const PAGE = resolve(import.meta.dirname, "../../docs/reference/registry.md");
const examples = [...readFileSync(PAGE, "utf8").matchAll(/```json\n(.*?)```/gs)].map((found) => found[1] ?? "");

describe("docs/reference/registry.md", () => {
  it.each(examples)("has an example that is valid: %s", (text) => {
    const value = JSON.parse(text) as object;
    const whole = "package" in value ? { plugins: { example: value } } : value;
    const { entries, problems } = readRegistry(JSON.stringify(whole), {
      kind: "url",
      url: new URL("https://example.test/r.json"),
    });
    expect(problems).toEqual([]);
    expect(entries).toHaveLength(1);
  });
});
