import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkPlatform } from "npm-install-checks";
import type { TreePackage } from "../plan-changes.ts";
import { guardUnpacking } from "./guard-unpacking.ts";
import { lockedPackages } from "./locked-packages.ts";
import type { NpmSettings } from "./npm-settings.ts";
import { fillSlot } from "./reify.ts";
import { unpackedSize, type ResolvedPackage } from "./resolve-package.ts";
import { staleGpuParts, writeWorkspaces } from "./workspaces.ts";

/** A package that would be installed. */
export interface PlannedPackage extends TreePackage {
  /** What it weighs when it is unpacked, in bytes; undefined when nobody says. */
  readonly bytes: number | undefined;
  readonly hasScripts: boolean;
}

/**
 * Finds out which packages a generation would hold with one more, without unpacking any.
 * @param base the generation, or undefined when nothing is installed
 * @throws whatever npm's libraries throw
 */
export async function planTree(
  base: string | undefined,
  slot: string,
  resolved: ResolvedPackage,
  gpu: boolean,
  settings: NpmSettings,
): Promise<PlannedPackage[]> {
  const dir = mkdtempSync(join(tmpdir(), "d0ttino-plan-"));
  try {
    for (const name of ["slots", "packed", "package-lock.json"]) {
      const from = base === undefined ? undefined : join(base, name);
      if (from !== undefined && existsSync(from)) cpSync(from, join(dir, name), { recursive: true });
    }
    writeWorkspaces(dir, gpu);
    fillSlot(dir, slot, resolved);
    guardUnpacking();
    const update = { names: staleGpuParts(base === undefined ? [] : lockedPackages(base), gpu) };
    const { default: Arborist } = await import("@npmcli/arborist");
    const tree = await new Arborist({ ...settings, path: dir }).buildIdealTree({ ...settings, update });
    return [...tree.inventory.values()]
      .filter((node) => !node.isLink && node.location.includes("node_modules/") && !isInert(node))
      .filter((node) => runsHere(node.package))
      .map((node) => ({
        name: node.packageName,
        version: node.version,
        bytes: unpackedSize(node.package as object),
        hasScripts: node.hasInstallScript,
      }));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Whether npm leaves a package out because it cannot be had, and nobody needs it. */
function isInert(node: object): boolean {
  return (node as { readonly inert?: boolean }).inert === true;
}

function runsHere(manifest: Parameters<typeof checkPlatform>[0]): boolean {
  try {
    checkPlatform(manifest);
    return true;
  } catch {
    return false;
  }
}
