import { statSync } from "node:fs";
import { join, posix } from "node:path";
import { readJson } from "@d0ttino/llm/config/read-json";
import type { PluginEntry, PluginPackage } from "@d0ttino/llm/host/plugin-package";
import { importTargets } from "./import-target.ts";

/** The entry of a provider of the AI SDK, before it is known which file of its package is imported. */
export type ProviderEntry = Omit<PluginEntry, "file" | "problem">;

/**
 * What a package of the AI SDK brings: it knows nothing of us, so the registry says it, and its `exports` or `main` which
 * file is imported. Nothing of it is imported.
 * @param dir absolute
 * @returns undefined when an import would find no file
 * @throws an Error when there is no package.json that can be read
 */
export function providerPackage(dir: string, entries: readonly ProviderEntry[]): PluginPackage | undefined {
  const manifest = readJson(join(dir, "package.json"));
  if (!isRecord(manifest)) throw new Error("it has no package.json that holds an object");
  const file = importTargets(manifest)
    .map((target) => posix.normalize(target))
    .find((path) => statSync(join(dir, path), { throwIfNoEntry: false })?.isFile() === true);
  if (file === undefined) return undefined;
  const { name, version } = manifest;
  return {
    name: String(name),
    version: String(version),
    dir,
    linked: false,
    sdk: null,
    entries: entries.map((entry) => ({ ...entry, file })),
  };
}

/** The providers among the entries of a package that is installed. */
export function providersOf(found: PluginPackage | undefined): readonly ProviderEntry[] {
  return (found?.entries ?? []).flatMap(({ file: _file, problem: _problem, ...entry }) =>
    entry.adapter === undefined ? [] : [entry],
  );
}

/**
 * The providers for which a package stays when a name is removed: it was installed once for each of its names.
 * @param name a name of a provider; with any other the whole package goes
 */
export function providersWithout(found: PluginPackage, name: string): readonly ProviderEntry[] {
  const all = providersOf(found);
  const left = all.filter((one) => one.name !== name);
  return left.length < all.length ? left : [];
}

/** Whether a folder seems to hold a provider of the AI SDK. Never throws. */
export function isProvider(dir: string): boolean {
  try {
    const manifest = readJson(join(dir, "package.json"));
    const needed = isRecord(manifest) ? manifest["dependencies"] : undefined;
    return isRecord(needed) && Object.hasOwn(needed, "@ai-sdk/provider");
  } catch {
    return false;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
