import { afterEach, expect, it, vi } from "vitest";
import { isFresh, registryLifetime } from "./registry-lifetime.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

it.each([
  ["", 24 * 60 * 60 * 1000],
  ["3600", 3_600_000],
  ["0", 0],
])("PLUGIN_REGISTRY_TTL=%s is %i milliseconds", (value, milliseconds) => {
  vi.stubEnv("PLUGIN_REGISTRY_TTL", value);
  expect(registryLifetime()).toBe(milliseconds);
});

it.each(["soon", "-1", "1.5", "1e3", "0x10", " 5", "Infinity", "99999999999"])("refuses %j", (value) => {
  vi.stubEnv("PLUGIN_REGISTRY_TTL", value);
  expect(() => registryLifetime()).toThrow(
    expect.objectContaining({ code: "bad-config", message: expect.stringContaining("PLUGIN_REGISTRY_TTL") }),
  );
});

it("is fresh until the time is over, and never before it was fetched", () => {
  expect([-1, 0, 999, 1000].map((age) => isFresh(5000, 1000, 5000 + age))).toEqual([false, true, true, false]);
  expect(isFresh(5000, 0, 5000)).toBe(false);
});
