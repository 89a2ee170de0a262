import type { InstalledPackage } from "../store/generation.ts";
import type { TreeOptions } from "./reify.ts";

/**
 * What all that is installed together wants of the tree.
 * @param runScripts the packages whose scripts run in any case
 */
export function treeOptions(installed: readonly InstalledPackage[], runScripts: readonly string[] = []): TreeOptions {
  return {
    gpu: installed.some((one) => one.gpu === true),
    allowScripts: installed.flatMap((one) => one.allowScripts ?? []),
    runScripts,
  };
}
