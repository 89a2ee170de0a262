import { existsSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { readJson } from "@d0ttino/llm/config/read-json";

/** Deeper than this no addon lies in a package. */
const DEEPEST = 6;

/** A package with native code. */
export interface NativePackage {
  readonly name: string;
  /** Relative to where the search ended. */
  readonly folder: string;
}

/**
 * The packages with native code among a package and all that it needs.
 * @param dir the package's folder
 * @param root where the search for what it needs ends
 */
export function nativePackages(dir: string, root: string): NativePackage[] {
  const found: NativePackage[] = [];
  const seen = new Set<string>();
  const queue = [dir];
  for (let one = queue.pop(); one !== undefined; one = queue.pop()) {
    if (seen.has(one)) continue;
    seen.add(one);
    const { name, needs, gypfile } = manifestOf(one);
    if (gypfile || existsSync(join(one, "binding.gyp")) || hasAddon(one, 0)) {
      found.push({ name, folder: relative(root, one) });
    }
    for (const need of needs) {
      const folder = resolveFrom(one, need, root);
      if (folder !== undefined) queue.push(folder);
    }
  }
  return found;
}

function manifestOf(dir: string): { name: string; needs: readonly string[]; gypfile: boolean } {
  let manifest: Record<string, unknown> = {};
  try {
    manifest = (readJson(join(dir, "package.json")) ?? {}) as Record<string, unknown>;
  } catch {
    // A damaged one is told elsewhere.
  }
  const needs = ["dependencies", "optionalDependencies", "peerDependencies"].flatMap((field) =>
    Object.keys((manifest[field] as object | null | undefined) ?? {}),
  );
  const { name } = manifest;
  return { name: typeof name === "string" ? name : dir, needs, gypfile: manifest["gypfile"] === true };
}

function resolveFrom(dir: string, name: string, root: string): string | undefined {
  for (let at = dir; at.startsWith(root); at = dirname(at)) {
    const folder = join(at, "node_modules", name);
    if (existsSync(folder)) return folder;
  }
  return undefined;
}

function hasAddon(dir: string, depth: number): boolean {
  if (depth > DEEPEST) return false;
  try {
    return readdirSync(dir, { withFileTypes: true }).some((entry) =>
      entry.isDirectory()
        ? entry.name !== "node_modules" && hasAddon(join(dir, entry.name), depth + 1)
        : entry.name.endsWith(".node"),
    );
  } catch {
    return false;
  }
}
