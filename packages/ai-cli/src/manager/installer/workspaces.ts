import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LockedPackage } from "./locked-packages.ts";

/** Writes the package.json that npm's installer reads; what is noted in it besides comes with the commit. */
export function writeWorkspaces(dir: string, withGpu: boolean): void {
  mkdirSync(join(dir, "slots"), { recursive: true });
  const workspaces = { name: "plugins", private: true, workspaces: ["slots/*"], overrides: withGpu ? {} : WITHOUT_GPU };
  // The file may be a hard link to another generation's.
  rmSync(join(dir, "package.json"), { force: true });
  writeFileSync(join(dir, "package.json"), JSON.stringify(workspaces));
}

/** The parts for graphics cards of a tree that are there and should not be, or the other way round. */
export function staleGpuParts(packages: readonly LockedPackage[], withGpu: boolean): string[] {
  return Object.keys(WITHOUT_GPU).filter((part) =>
    packages.some(({ location, name }) => location.endsWith(`node_modules/${part}`) && (name === part) !== withGpu),
  );
}

const EMPTY = "npm:empty-npm-package@1.0.0";

/** Prebuilt llama.cpp for graphics cards weighs hundreds of megabytes, and most machines have no use for it. */
const WITHOUT_GPU: Readonly<Record<string, string>> = Object.fromEntries(
  ["linux-x64", "win-x64"].flatMap((platform) =>
    ["cuda", "cuda-ext", "vulkan"].map((kind) => [`@node-llama-cpp/${platform}-${kind}`, EMPTY]),
  ),
);
