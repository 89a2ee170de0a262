import { join } from "node:path";
import { readJson } from "@d0ttino/llm/config/read-json";

/** What npm's lock file says, and where the disk says something else. */
export interface LockState {
  readonly isReadable: boolean;
  /** Folders that should be there as they were installed, relative to the generation. */
  readonly damaged: readonly string[];
  /** By folder: the SHA-512 and the address of a package's tarball. */
  readonly origins: ReadonlyMap<string, { readonly integrity?: string; readonly resolved?: string }>;
}

/** An entry of package-lock.json, as far as it counts here. */
interface LockedPackage {
  readonly version?: unknown;
  readonly link?: unknown;
  readonly optional?: unknown;
  readonly devOptional?: unknown;
  readonly inBundle?: unknown;
  readonly integrity?: unknown;
  readonly resolved?: unknown;
}

/** Holds npm's lock file against what is there. */
export function readLock(dir: string): LockState {
  let packages: [string, LockedPackage][];
  try {
    const lock = readJson(join(dir, "package-lock.json")) as { packages?: Record<string, LockedPackage> } | undefined;
    if (typeof lock?.packages !== "object") return { isReadable: false, damaged: [], origins: new Map() };
    packages = Object.entries(lock.packages);
  } catch {
    return { isReadable: false, damaged: [], origins: new Map() };
  }
  const installed = packages.filter(([folder, { link }]) => folder.includes("node_modules/") && link !== true);
  return {
    isReadable: true,
    damaged: installed.filter(([folder, locked]) => isDamaged(join(dir, folder), locked)).map(([folder]) => folder),
    origins: new Map(
      installed.map(([folder, { integrity, resolved }]) => [
        folder,
        {
          ...(typeof integrity === "string" ? { integrity } : {}),
          ...(typeof resolved === "string" ? { resolved } : {}),
        },
      ]),
    ),
  };
}

function isDamaged(dir: string, { version, optional, devOptional, inBundle }: LockedPackage): boolean {
  let manifest: { version?: unknown } | undefined;
  try {
    manifest = readJson(join(dir, "package.json")) as { version?: unknown } | undefined;
  } catch {
    return true;
  }
  // What is optional may be for other machines, and what is bundled comes with its owner.
  if (manifest === undefined) return optional !== true && devOptional !== true && inBundle !== true;
  return typeof version === "string" && typeof manifest.version === "string" && manifest.version !== version;
}
