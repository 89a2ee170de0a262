import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readJson } from "@d0ttino/llm/config/read-json";
import { readManifest } from "@d0ttino/llm/host/read-manifest";
import type { PluginPackage } from "@d0ttino/llm/host/plugin-package";
import type { GenerationNotes, InstalledPackage } from "../store/generation.ts";
import { providerPackage, providersOf } from "../provider-package.ts";
import { nativePackages, type NativePackage } from "./native-packages.ts";

/** What lies on disk of a package that was installed. */
export interface PackageState {
  readonly note: InstalledPackage;
  /** Where it lies, relative to the generation; undefined when it is gone. */
  readonly folder: string | undefined;
  /** The version that its package.json has, or null. */
  readonly version: string | null;
  /** What it brings now; undefined when it is no plug-in by itself. */
  readonly found: PluginPackage | undefined;
  /** Files of its entries that are gone. */
  readonly missing: readonly string[];
  /** Whether its slot is there and asks for it. */
  readonly hasSlot: boolean;
  /** Packages with native code, it or what it needs, when it was installed for another version of Node. */
  readonly native: readonly NativePackage[];
}

/** A slot on disk. */
export interface SlotState {
  /** Relative to the generation. */
  readonly slot: string;
  /** The package that it asks for, or null when it does not say. */
  readonly package: string | null;
  /** Where that lies, relative to the generation, and its version. */
  readonly folder: string | undefined;
  readonly version: string | null;
}

/**
 * Reads what lies on disk of all packages that were installed.
 * @param known what the index says
 */
export function readPackages(
  dir: string,
  { node, installed }: GenerationNotes,
  known: readonly PluginPackage[],
): PackageState[] {
  return installed.map((note) => {
    const folder = findFolder(dir, note.slot, note.package);
    const path = folder === undefined ? undefined : join(dir, folder);
    const found = path === undefined ? undefined : readInstalled(path, note, known);
    const isOtherNode = [node, note.node].some((one) => one !== undefined && one !== process.versions.modules);
    return {
      note,
      folder,
      version: path === undefined ? null : versionIn(path),
      found,
      missing: (found?.entries ?? [])
        .filter((entry) => entry.problem === undefined && path !== undefined && !existsSync(join(path, entry.file)))
        .map((entry) => entry.file),
      hasSlot: !note.slot.startsWith("slots/") || dependencyOf(join(dir, note.slot)) === note.package,
      native: isOtherNode && path !== undefined ? nativePackages(path, dir) : [],
    };
  });
}

/**
 * What an installed package brings by what lies there; a provider of the AI SDK by what was noted of it, too.
 * @param known what indexes say, for providers that were installed before that was noted
 */
export function readInstalled(
  dir: string,
  note: InstalledPackage,
  known: readonly PluginPackage[],
): PluginPackage | undefined {
  const before = known.find((one) => one.name === note.package && one.version === note.version && !one.linked);
  const providers = note.providers ?? providersOf(before);
  if (providers.length === 0) return readManifest(dir, false, "must-be-plugin").package;
  try {
    return providerPackage(dir, providers);
  } catch {
    return undefined;
  }
}

/** Reads all slots of a generation. */
export function readSlots(dir: string): SlotState[] {
  return ["slots", "alone"].flatMap((kind) =>
    namesIn(join(dir, kind))
      .filter((name) => name !== "node_modules")
      .map((name) => {
        const slot = `${kind}/${name}`;
        const owner = kind === "slots" ? dependencyOf(join(dir, slot)) : packageIn(join(dir, slot, "node_modules"));
        const folder = owner === null ? undefined : findFolder(dir, slot, owner);
        return { slot, package: owner, folder, version: folder === undefined ? null : versionIn(join(dir, folder)) };
      }),
  );
}

/** The one package in a node_modules folder. */
function packageIn(dir: string): string | null {
  const [name] = namesIn(dir);
  if (name?.startsWith("@") !== true) return name ?? null;
  const [scoped] = namesIn(join(dir, name));
  return scoped === undefined ? null : `${name}/${scoped}`;
}

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir).filter((name) => !name.startsWith("."));
  } catch {
    return [];
  }
}

/** Where npm put the package of a slot, relative to the generation. */
function findFolder(dir: string, slot: string, name: string): string | undefined {
  return [`${slot}/node_modules/${name}`, `slots/node_modules/${name}`, `node_modules/${name}`].find((folder) =>
    existsSync(join(dir, folder)),
  );
}

function dependencyOf(slot: string): string | null {
  const dependencies = fieldOf(slot, "dependencies");
  return typeof dependencies === "object" && dependencies !== null ? (Object.keys(dependencies)[0] ?? null) : null;
}

function versionIn(dir: string): string | null {
  const version = fieldOf(dir, "version");
  return typeof version === "string" ? version : null;
}

function fieldOf(dir: string, field: string): unknown {
  try {
    return (readJson(join(dir, "package.json")) as Record<string, unknown> | null | undefined)?.[field];
  } catch {
    return undefined;
  }
}
