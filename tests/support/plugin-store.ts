import { join } from "node:path";
import { writeFiles } from "./make-plugin.ts";

/** An entry of a package in an index.json. */
interface StoredEntry {
  readonly group: "llm.plugins" | "d0ttino.recipes";
  readonly name: string;
  readonly file: string;
  readonly export: string | null;
  readonly adapter?: "ai-sdk";
}

/** A package in an index.json. */
export interface StoredPackage {
  readonly name: string;
  readonly version: string;
  /** Relative to the generation, or absolute. */
  readonly dir: string;
  readonly linked: boolean;
  readonly sdk: string | null;
  readonly entries: readonly StoredEntry[];
}

/** The plug-in home under a D0TTINO_HOME. */
export function pluginHome(home: string): string {
  return join(home, "plugins");
}

/** The synced recipes under a D0TTINO_HOME. */
export function syncedRecipes(home: string): string {
  return join(home, "recipes", "packages");
}

/**
 * Writes one generation of a store and makes it the current one.
 * @returns the generation's folder
 */
export function writeGeneration(store: string, packages: readonly StoredPackage[], name = "g1"): string {
  const index = JSON.stringify({ formatVersion: 1, packages });
  writeFiles(store, { current: `${name}\n`, [`generations/${name}/index.json`]: index });
  return join(store, "generations", name);
}

/** The index's row of a package with one backend. */
export function storedBackend(name: string, dir: string, more: Partial<StoredPackage> = {}): StoredPackage {
  const entries = [{ group: "llm.plugins", name, file: "index.js", export: null }] as const;
  return { name: `package-${name}`, version: "1.0.0", dir, linked: false, sdk: null, entries, ...more };
}

/** The index's row of a package with one recipe. */
export function storedRecipe(name: string, dir: string, more: Partial<StoredPackage> = {}): StoredPackage {
  const entries = [{ group: "d0ttino.recipes", name, file: "index.js", export: null }] as const;
  return { name: `package-${name}`, version: "1.0.0", dir, linked: false, sdk: null, entries, ...more };
}
