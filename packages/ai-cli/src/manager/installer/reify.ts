import { mkdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomic } from "@d0ttino/llm/config/write-file-atomic";
import { guardUnpacking } from "./guard-unpacking.ts";
import type { NpmSettings } from "./npm-settings.ts";
import { writeTarball, type ResolvedPackage } from "./resolve-package.ts";

/** Where a package of a slot lies, and which one npm really installed. */
export interface PlacedPackage {
  /** Absolute. */
  readonly dir: string;
  readonly version: string;
  readonly integrity: string | null;
}

/** Gives a package a slot of its own: a workspace that depends on it alone. */
export function fillSlot(dir: string, slot: string, resolved: ResolvedPackage): void {
  const { name, version, tarball } = resolved;
  mkdirSync(join(dir, slot), { recursive: true });
  const manifest = {
    name: slot.replace("slots/", "slot-"),
    version: "0.0.0",
    private: true,
    dependencies: { [name]: tarball === undefined ? version : `file:../../${writeTarball(dir, resolved)}` },
  };
  writeFileAtomic(join(dir, slot, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

/**
 * Makes node_modules what the slots ask for.
 * @returns where the packages of the slots lie, by slot
 * @throws whatever npm's libraries throw
 */
export async function reify(folder: string, settings: NpmSettings): Promise<ReadonlyMap<string, PlacedPackage>> {
  // Where the home is a link, npm would take what is behind it for another project.
  const dir = realpathSync(folder);
  mkdirSync(join(dir, "slots"), { recursive: true });
  const workspaces = { name: "plugins", private: true, workspaces: ["slots/*"], overrides: WITHOUT_GPU };
  // npm's installer reads this one; what is noted in it besides comes with the commit.
  rmSync(join(dir, "package.json"), { force: true });
  writeFileSync(join(dir, "package.json"), JSON.stringify(workspaces));
  guardUnpacking();
  // Most of npm's installer is this; what needs no other package goes without.
  const { default: Arborist } = await import("@npmcli/arborist");
  const arborist = new Arborist({ ...settings, path: dir });
  const tree = await arborist.reify(settings);
  const placed = new Map<string, PlacedPackage>();
  for (const slot of tree.fsChildren) {
    for (const edge of slot.edgesOut.values()) {
      const to = edge.to;
      if (to === null || to === undefined) continue;
      placed.set(slot.location, { dir: to.realpath, version: to.version, integrity: to.integrity ?? null });
    }
  }
  return placed;
}

const EMPTY = "npm:empty-npm-package@1.0.0";

/** Prebuilt llama.cpp for graphics cards weighs hundreds of megabytes, and most machines have no use for it. */
const WITHOUT_GPU: Readonly<Record<string, string>> = Object.fromEntries(
  ["linux-x64", "win-x64"].flatMap((platform) =>
    ["cuda", "cuda-ext", "vulkan"].map((kind) => [`@node-llama-cpp/${platform}-${kind}`, EMPTY]),
  ),
);
