import type { PluginPackage } from "@d0ttino/llm/host/plugin-package";

/** How a plug-in of the registry stands to this machine. */
export type PluginStatus = "not-installed" | "installed" | "linked" | "outdated" | "broken";

/**
 * The status of a plug-in.
 * @param installed the package that is here, if any
 * @param latest the version that the registry has, where it names exactly one
 * @param problem why it is broken, as doctor found it
 */
export function pluginStatus(
  installed: Pick<PluginPackage, "linked" | "version"> | undefined,
  latest: string | null,
  problem: string | null,
): PluginStatus {
  if (installed === undefined) return "not-installed";
  if (problem !== null) return "broken";
  if (installed.linked) return "linked";
  // A range or a tag says nothing about what it stands for today.
  return latest !== null && /^\d/.test(latest) && latest !== installed.version ? "outdated" : "installed";
}
