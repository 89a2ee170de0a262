import { resolve } from "node:path";
import { directories } from "@d0ttino/llm/config/directories";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import type { RegistryEntry } from "../../manager/registry/registry.ts";
import { PluginStore } from "../../manager/store/plugin-store.ts";
import { wantedPackage, type WantedPackage } from "../../manager/wanted-package.ts";
import { installEach } from "./install-each.ts";
import { changeOptions, openRegistry } from "./manager-tools.ts";
import type { ManagerInvocation } from "./manager-invocation.ts";

/**
 * `ai-cli plugins recipes sync`: brings every recipe of the registry, so that all run without a network. One that fails
 * keeps its old copy, and the others go on.
 */
export async function sync(invocation: ManagerInvocation): Promise<number> {
  const { options, words, kind } = invocation;
  if (kind === "backend" || words.length > 0) {
    throw new D0ttinoError("usage", "Only recipes are synced, and all of them.", {
      hint: "ai-cli plugins recipes sync",
    });
  }
  // An empty one, as from a variable that is not set, would be the current folder.
  if (options["dest"] === "") throw new D0ttinoError("usage", "--dest needs the name of a folder.");
  const change = changeOptions();
  const registry = await openRegistry(invocation, change.signal);
  const recipes = registry.entries.filter((entry) => entry.kind === "recipe");
  const dest = typeof options["dest"] === "string" ? resolve(options["dest"]) : directories().syncedRecipes;
  const names = recipes.map((entry) => entry.name);
  const find = (name: string): WantedPackage => wantedPackage(registry.find("recipe", name) as RegistryEntry);
  return installEach(names, find, new PluginStore(dest), options, change);
}
