import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import type { PluginPackage } from "@d0ttino/llm/host/plugin-package";
import { brings, type ExpectedEntry } from "./check-plugin.ts";
import type { Allowances, ResolvedPackage } from "./installer/resolve-package.ts";
import type { Generation, InstalledPackage } from "./store/generation.ts";

/** What a package is wanted with. */
interface Wanted extends Allowances {
  readonly expected?: ExpectedEntry | undefined;
}

/** The package that is there already when it is just what is wanted. */
export function findInstalled(
  current: Generation,
  now: ResolvedPackage,
  { expected, gpu = false, allowScripts = [] }: Wanted,
): PluginPackage | undefined {
  const before = current.installed.find((one) => one.package === now.name);
  if (before?.version !== now.version || before.integrity !== now.integrity) return undefined;
  if ((gpu && before.gpu !== true) || allowScripts.some((one) => before.allowScripts?.includes(one) !== true)) {
    return undefined;
  }
  const found = packageOf(current, before);
  return expected === undefined || brings(found, expected) ? found : undefined;
}

function packageOf(base: Generation, installed: InstalledPackage): PluginPackage {
  const found = base.packages.find((one) => one.name === installed.package);
  if (found !== undefined) return found;
  throw new D0ttinoError("io-failed", `The index of the plug-in home lacks ${installed.package}.`, {
    hint: "ai-cli plugins doctor --fix mends it.",
  });
}
