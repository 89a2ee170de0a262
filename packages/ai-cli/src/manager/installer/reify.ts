import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { writeFileAtomic } from "@d0ttino/llm/config/write-file-atomic";
import { guardUnpacking } from "./guard-unpacking.ts";
import type { NpmSettings } from "./npm-settings.ts";
import { lockedPackages } from "./locked-packages.ts";
import { writeTarball, type ResolvedPackage } from "./resolve-package.ts";
import { staleGpuParts, writeWorkspaces } from "./workspaces.ts";

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

/** What is wanted of a tree besides what its slots ask for. */
export interface TreeOptions {
  /** Whether the parts for graphics cards come along. */
  readonly gpu: boolean;
  /** The packages whose scripts may run when they are unpacked. */
  readonly allowScripts: readonly string[];
  /** Those of them whose scripts run in any case. */
  readonly runScripts: readonly string[];
}

/**
 * Makes node_modules what the slots ask for.
 * @returns where the packages of the slots lie, by slot
 * @throws whatever npm's libraries throw
 */
export async function reify(
  dir: string,
  { gpu, allowScripts, runScripts: wanted }: TreeOptions,
  settings: NpmSettings,
): Promise<ReadonlyMap<string, PlacedPackage>> {
  writeWorkspaces(dir, gpu);
  guardUnpacking();
  // Most of npm's installer is this; what needs no other package goes without.
  const { default: Arborist } = await import("@npmcli/arborist");
  const arborist = new Arborist({ ...settings, path: dir });
  const before = lockedPackages(dir);
  // npm does not look at what its lock file holds again, so it must be told.
  const tree = await arborist.reify({ ...settings, update: { names: staleGpuParts(before, gpu) } });
  if (allowScripts.length > 0) {
    const nodes = [...tree.inventory.values()].filter(
      (node) => !node.isLink && allowScripts.includes(node.packageName),
    );
    const isNew = (node: (typeof nodes)[number]): boolean =>
      before.find(({ location }) => location === node.location)?.integrity !== node.integrity;
    const missing = wanted.find((name) => nodes.every((node) => node.packageName !== name));
    if (missing !== undefined) throw noSuchPackage(missing);
    const chosen = nodes.filter((node) => wanted.includes(node.packageName) || isNew(node));
    if (chosen.length > 0) {
      const { runScripts } = await import("./run-scripts.ts");
      await runScripts(
        dir,
        chosen.map((node) => node.location),
        settings,
      );
    }
  }
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

function noSuchPackage(name: string): D0ttinoError {
  return new D0ttinoError("install-failed", `There is no package ${name} in it whose scripts could be allowed.`, {
    hint: "--dry-run shows which packages have scripts.",
  });
}
