import { sentence } from "../errors/message-of.ts";
import type { PluginKind } from "@d0ttino/plugin-sdk/host";

/** The groups of `entryPoints` in a package.json, and what each brings. */
export const KIND_OF_GROUP = { "llm.plugins": "backend", "d0ttino.recipes": "recipe" } as const satisfies Record<
  string,
  PluginKind
>;

/** The group that brings plug-ins of a kind. */
export const GROUP_OF_KIND = { backend: "llm.plugins", recipe: "d0ttino.recipes" } as const satisfies Record<
  PluginKind,
  EntryGroup
>;

/** A group of entry points. */
export type EntryGroup = keyof typeof KIND_OF_GROUP;

/** One name that a package brings. */
export interface PluginEntry {
  readonly group: EntryGroup;
  /** As a user types it, in lower case. */
  readonly name: string;
  /** The module, relative to the package's folder. */
  readonly file: string;
  /** The export that is the backend or recipe, where the package names one. */
  readonly export: string | null;
  /** Set for a package that is no plug-in of its own but a provider of the AI SDK. */
  readonly adapter?: "ai-sdk";
  /** For such a provider: the variable that holds its API key, without which it answers nobody. */
  readonly apiKeyEnv?: string;
  /** For such a provider: the model to ask when none is named. */
  readonly defaultModel?: string;
  /** Why this entry cannot work, known without importing it. */
  readonly problem?: { readonly cause: string; readonly remedy: string };
}

/** What the host knows of a package without importing it. */
export interface PluginPackage {
  readonly name: string;
  readonly version: string;
  /** Absolute. */
  readonly dir: string;
  /** True when the folder is the author's own and may change at any time. */
  readonly linked: boolean;
  /** The versions of the SDK it works with, as a semver range, or null when it does not say. */
  readonly sdk: string | null;
  readonly entries: readonly PluginEntry[];
}

/** A fault of a plug-in, told in one line: which package, at what stage, why, and what to do. */
export interface PluginProblem {
  readonly package: string;
  readonly stage: "manifest" | "name" | "sdk" | "file" | "import" | "register" | "index";
  readonly cause: string;
  readonly remedy: string;
}

/** The one line that tells a problem. */
export function describeProblem(problem: PluginProblem): string {
  return `${describeCause(problem)} ${sentence(problem.remedy)}`;
}

/** The same without what to do. */
export function describeCause({ package: name, stage, cause }: PluginProblem): string {
  return sentence(`plug-in ${name} (${stage}): ${cause}`.replaceAll(/[\r\n]+/g, " "));
}
