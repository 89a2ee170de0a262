import { describe, expect, it } from "vitest";
import { classifyStep, type RiskLevel } from "./classify-step.ts";
import { isAtLeast } from "./risk-level.ts";

const levelOf = (run: string): RiskLevel => classifyStep({ run }).level;

describe("classifyStep", () => {
  it("finds nothing in a command that only reads", () => {
    expect(classifyStep({ run: "ls -la | grep x" })).toEqual({ level: "none", reasons: [] });
  });

  it("flags what destroys data, wherever it stands", () => {
    expect(classifyStep({ run: 'if true; then echo "$(rm -rf /)"; fi' }).level).toMatch(/high|critical/);
    expect(classifyStep({ run: "true", unless: "rm -rf /" }).level).toMatch(/high|critical/);
  });

  it("takes what cannot be read for high", () => {
    expect(levelOf('echo "open')).toBe("high");
    expect(levelOf("x".repeat(1_000_000))).toBe("high");
  });
});

describe("isAtLeast", () => {
  it("compares levels", () => {
    expect(isAtLeast("high", "high")).toBe(true);
    expect(isAtLeast("critical", "low")).toBe(true);
    expect(isAtLeast("low", "medium")).toBe(false);
  });
});
