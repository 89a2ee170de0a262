import { describe, expect, it } from "vitest";
import { managerPlace } from "../support/manager-place.ts";
import { backendSource } from "../support/npm-registry.ts";

describe("plugins install refuses", () => {
  it("a version that was published a second time, and a tarball that was swapped", async () => {
    const { registry, run, says } = await managerPlace({ hello: "hello-plugin" });
    registry.publish(backendSource("hello", "1.0.0"));
    await run("plugins", "install", "hello");
    registry.publish(backendSource("hello", "1.0.0", { description: "another" }));
    const again = await run("plugins", "install", "hello");
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining("was published a second time")]);
    registry.publish(backendSource("hello", "2.0.0"));
    registry.tarballs.set("hello-plugin/-/2.0.0.tgz", registry.tarballs.get("hello-plugin/-/1.0.0.tgz") ?? Buffer.of());
    const swapped = await run("plugins", "install", "hello");
    expect([swapped.code, swapped.stderr]).toEqual([
      1,
      expect.stringContaining("what came is not what the registry of npm promised"),
    ]);
    expect(await says("hello")).toBe("hello 1.0.0");
  });

  it("a package with another SHA-512 than the registry has", async () => {
    const { registry, run } = await managerPlace({
      hello: { package: "hello-plugin", version: "1.0.0", integrity: `sha512-${Buffer.alloc(64).toString("base64")}` },
    });
    registry.publish(backendSource("hello", "1.0.0"));
    const { code, stderr } = await run("plugins", "install", "hello");
    expect([code, stderr]).toEqual([1, expect.stringContaining("its SHA-512 is another")]);
  });
});
