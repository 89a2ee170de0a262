import { pathToFileURL } from "node:url";
import { afterEach, expect, it, vi } from "vitest";
import { DEFAULT_REGISTRY_URL, isDefaultRegistry, registryLocation } from "./registry-location.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

function locate(wanted: string): string {
  vi.stubEnv("PLUGIN_REGISTRY_URL", wanted);
  const location = registryLocation("/some/here");
  return location.kind === "url" ? location.url.href : location.path;
}

it.each([
  ["", DEFAULT_REGISTRY_URL],
  ["https://example.test/r.json?key=1#part", "https://example.test/r.json?key=1"],
  ["HTTPS://Example.test/r.json", "https://example.test/r.json"],
  ["http://127.0.0.1:8080/r.json", "http://127.0.0.1:8080/r.json"],
  ["http://localhost/r.json", "http://localhost/r.json"],
  ["http://[::1]:80/r.json", "http://[::1]/r.json"],
  ["/etc/r.json", "/etc/r.json"],
  ["r.json", "/some/here/r.json"],
  ["../r.json", "/some/r.json"],
  [pathToFileURL("/a folder/r.json").href, "/a folder/r.json"],
  ["file:/etc/r.json", "/etc/r.json"],
])("finds %j at %s", (wanted, place) => {
  expect(locate(wanted)).toBe(place);
});

it.each([
  ["http://example.test/r.json", "only https is safe"],
  ["http://127.0.0.1.example.test/r.json", "only https is safe"],
  ["http://localhost.example.test/r.json", "only https is safe"],
  ["ftp://example.test/r.json", "not an http or https URL"],
  ["https://", "not an http or https URL"],
  ["https://me:hidden@example.test/r.json", "user name or a password"],
  ["file://elsewhere/r.json", "host"],
])("refuses %s", (wanted, why) => {
  expect(() => locate(wanted)).toThrow(
    expect.objectContaining({
      code: "bad-config",
      message: expect.stringMatching(new RegExp(`^PLUGIN_REGISTRY_URL cannot be used: .*${why}`)),
      hint: expect.stringContaining("unset it"),
    }),
  );
});

it("does not repeat a password", () => {
  expect(() => locate("https://me:hidden@example.test/r.json")).not.toThrow(/hidden/);
  expect(() => locate("https://me:hidden@example.test/r.json")).toThrow(/never sent/);
});

it("knows the default registry however it is asked for", () => {
  const is = (text: string): boolean => isDefaultRegistry(new URL(text));
  expect(is(DEFAULT_REGISTRY_URL)).toBe(true);
  expect(is(`${DEFAULT_REGISTRY_URL}?1#2`)).toBe(true);
  expect(is(DEFAULT_REGISTRY_URL.replace("main", "other"))).toBe(false);
});
