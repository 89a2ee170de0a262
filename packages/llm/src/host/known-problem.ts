import { existsSync } from "node:fs";
import { join } from "node:path";
import { sentence } from "../errors/message-of.ts";
import type { BrokenPlugins } from "./broken-plugins.ts";
import type { PluginEntry, PluginPackage } from "./plugin-package.ts";

/**
 * Why a name cannot work, and what to do, as far as that is known without importing it. Only folders that people work in
 * are looked into; an installed package has been checked by its installer.
 * @param broken what doctor found
 */
export function knownProblem(owner: PluginPackage, entry: PluginEntry, broken?: BrokenPlugins): string | undefined {
  if (entry.problem !== undefined) return `${sentence(entry.problem.cause)} ${sentence(entry.problem.remedy)}`;
  const isMissing = owner.linked && !existsSync(join(owner.dir, entry.file));
  return isMissing ? `its file ${entry.file} is missing. Build the plug-in.` : broken?.problemOf(owner, entry);
}
