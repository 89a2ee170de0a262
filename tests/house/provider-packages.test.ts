import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { PROVIDERS } from "../support/provider-home.ts";

const ROOT = resolve(import.meta.dirname, "../..");

function readRoot(file: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, file), "utf8"));
}

const manifest = readRoot("package.json") as { devDependencies: Record<string, string> };
const lock = readRoot("package-lock.json") as {
  packages: Record<string, { version: string; integrity?: string } | undefined>;
};

// What is tested must be what the registry tells users to install.
describe.for(PROVIDERS)(
  "the provider $name of the registry",
  ({ package: owner, version, integrity, defaultModel }) => {
    it("is the version that the project installs and tests", () => {
      expect(manifest.devDependencies[owner]).toBe(version);
      expect(lock.packages[`node_modules/${owner}`]?.version).toBe(version);
    });

    it("has the SHA-512 that npm recorded for it", () => {
      expect(integrity).toMatch(/^sha512-/);
      expect(lock.packages[`node_modules/${owner}`]?.integrity).toBe(integrity);
    });

    it("has a default model that the package itself knows", () => {
      const types = join(ROOT, "node_modules", owner, "dist");
      const known = readdirSync(types)
        .filter((file) => file.endsWith(".d.ts"))
        .map((file) => readFileSync(join(types, file), "utf8"))
        .some((text) => text.includes(`'${defaultModel}'`) || text.includes(`"${defaultModel}"`));
      expect(known).toBe(true);
    });
  },
);
