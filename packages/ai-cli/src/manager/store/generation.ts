import { join } from "node:path";
import { readJson } from "@d0ttino/llm/config/read-json";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { messageOf } from "@d0ttino/llm/errors/message-of";
import { readIndex } from "@d0ttino/llm/host/index-file";
import type { PluginPackage } from "@d0ttino/llm/host/plugin-package";
import type { ProviderEntry } from "../provider-package.ts";

/** A package that was installed. Each has a slot of its own, so that no two share a dependency tree. */
export interface InstalledPackage {
  readonly package: string;
  readonly version: string;
  /** The SHA-512 of its tarball, as the lock file has it. */
  readonly integrity: string;
  /** What was asked for: a spec of npm's, or the absolute path of a folder or tarball. */
  readonly requested: string;
  /** Its folder, relative to the generation: in `slots` a workspace of npm's, in `alone` for what needs no other package. */
  readonly slot: string;
  /** The version of Node's interface for native code that it was installed for; undefined when nobody noted it. */
  readonly node?: string;
  /** What it brings, where it is a provider of the AI SDK, which does not say so itself. */
  readonly providers?: readonly ProviderEntry[];
  /** What told the folder or tarball of this machine apart from changed ones when it was packed. */
  readonly fingerprint?: string;
  /** True when its parts for graphics cards came along. */
  readonly gpu?: boolean;
  /** The packages whose scripts were allowed to run with it. */
  readonly allowScripts?: readonly string[];
}

/** One state of the plug-in home, which is never changed. */
export interface Generation {
  readonly name: string;
  readonly dir: string;
  readonly installed: readonly InstalledPackage[];
  /** All packages that it brings, linked folders among them. */
  readonly packages: readonly PluginPackage[];
}

/** What is written down in a generation's package.json, besides what npm needs. */
export interface GenerationNotes {
  /** The version of Node's interface for native code, as `process.versions.modules`. */
  readonly node: string;
  /** The version of the host that installed. */
  readonly host: string;
  readonly installed: readonly InstalledPackage[];
}

/** The field of a generation's package.json that is ours. */
const NOTES = "d0ttino";

/**
 * Reads a generation.
 * @throws D0ttinoError `io-failed` when it is damaged
 */
export function readGeneration(store: string, name: string): Generation {
  const dir = join(store, "generations", name);
  const packages = readIndex(join(dir, "index.json"), dir);
  if (packages === undefined) throw damaged(dir, "its index.json is missing");
  if ("cause" in packages) throw damaged(dir, packages.cause);
  return { name, dir, installed: readNotes(dir).installed, packages };
}

/**
 * What a generation's package.json says of it.
 * @throws D0ttinoError `io-failed` when it does not
 */
export function readNotes(dir: string): GenerationNotes {
  let manifest: unknown;
  try {
    manifest = readJson(join(dir, "package.json"));
  } catch (error) {
    throw damaged(dir, messageOf(error));
  }
  const notes = (manifest as Record<string, Partial<GenerationNotes> | undefined> | undefined)?.[NOTES];
  if (!Array.isArray(notes?.installed) || !notes.installed.every(isInstalled)) {
    throw damaged(dir, "its package.json does not say what is installed");
  }
  const { node, host, installed } = notes;
  return { node: node ?? "", host: host ?? "", installed };
}

/** Whether all is there that a reader of a generation needs. */
export function isWhole(store: string, name: string): boolean {
  try {
    readGeneration(store, name);
    return true;
  } catch {
    return false;
  }
}

/** The names of generations in the order of their numbers, the newest first; a stage is none. */
export function newestFirst(names: readonly string[]): string[] {
  return names.filter((name) => !name.startsWith(".")).toSorted((a, b) => numberOf(b) - numberOf(a));
}

/** The number of a generation, 0 for a name that has none. */
export function numberOf(name: string): number {
  return Number(name.slice(1)) || 0;
}

function isInstalled(value: unknown): value is InstalledPackage {
  const one = value as Partial<Record<keyof InstalledPackage, unknown>> | null;
  return (["package", "version", "integrity", "requested", "slot"] as const).every(
    (field) => typeof one?.[field] === "string",
  );
}

function damaged(dir: string, cause: string): D0ttinoError {
  return new D0ttinoError("io-failed", `The plug-in home is damaged: ${dir}: ${cause}.`, {
    hint: "ai-cli plugins doctor --fix mends it; ai-cli plugins rollback goes back to the state before.",
  });
}

/** The package.json that npm's installer reads: every slot is a workspace. */
export function generationManifest(notes: GenerationNotes): string {
  const manifest = { name: "plugins", private: true, workspaces: ["slots/*"], [NOTES]: notes };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
