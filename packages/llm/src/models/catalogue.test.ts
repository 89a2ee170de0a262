import { isValidName, normalizeName } from "@d0ttino/plugin-sdk/host";
import { describe, expect, it } from "vitest";
import { CATALOGUE, catalogueEntry } from "./catalogue.ts";

describe("the catalogue", () => {
  it("has names that can be typed, each once, and checksums", () => {
    const names = CATALOGUE.map((entry) => entry.name);
    expect(names.filter((name) => isValidName(name) && normalizeName(name) === name)).toEqual(names);
    expect(new Set(names).size).toBe(names.length);
    for (const { sha256, sources } of CATALOGUE) {
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(sources.length).toBeGreaterThan(0);
    }
  });

  it("is asked without regard to capitals, and names what is near", () => {
    expect(catalogueEntry("SmolLM2").name).toBe("smollm2");
    expect(() => catalogueEntry("smolm2")).toThrow('no model "smolm2"');
  });
});
