import { nearest } from "@d0ttino/llm/errors/did-you-mean";
import { loadRegistry } from "../manager/registry/load-registry.ts";
import type { EntryKind, Registry } from "../manager/registry/registry.ts";
import { shippedRegistry } from "./plugins/shipped-registry.ts";

/**
 * Whether the registry has a plug-in that is not installed, or one of nearly that name, and how to get it; undefined
 * when it has neither. It asks nobody: what was fetched before, or came with the program, must do.
 * @param isNameNear whether something of nearly that name is installed
 */
export async function registryHint(
  kind: EntryKind,
  name: string,
  { isNameNear, packageDir }: { readonly isNameNear: boolean; readonly packageDir: string },
): Promise<string | undefined> {
  let registry: Registry;
  try {
    registry = await loadRegistry({ offline: true, shipped: shippedRegistry(packageDir), onWarning: () => {} });
  } catch {
    // Whoever installs plug-ins is told what is wrong with the registry.
    return undefined;
  }
  const names = registry.entries.filter((entry) => entry.kind === kind).map((entry) => entry.name);
  const near = isNameNear ? undefined : nearest(name, names);
  const found = registry.find(kind, name)?.name ?? near;
  if (found === undefined) return undefined;
  const verb = registry.find(undefined, found)?.kind === kind ? "install" : `${kind}s install`;
  return `The registry has "${found}": ai-cli plugins ${verb} ${found}`;
}
