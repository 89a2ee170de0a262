import { existsSync } from "node:fs";
import type { PluginPackage } from "@d0ttino/llm/host/plugin-package";
import { brings } from "./check-plugin.ts";
import { fingerprint } from "./fingerprint.ts";
import type { Generation } from "./store/generation.ts";
import type { WantedPackage } from "./wanted-package.ts";

/**
 * The installed package that is just what is wanted, as far as that can be known without asking npm: a pinned version,
 * or a folder that nobody has changed since.
 */
export function findUnchanged(
  current: Generation | undefined,
  { request, integrity, expected }: WantedPackage,
): PluginPackage | undefined {
  const { spec, isLocal } = request;
  const before = current?.installed.find((one) =>
    isLocal ? one.requested === spec : `${one.package}@${one.version}` === spec,
  );
  if (before === undefined || (integrity !== undefined && integrity !== before.integrity)) return undefined;
  if (isLocal && (before.fingerprint === undefined || before.fingerprint !== fingerprint(spec))) return undefined;
  const found = current?.packages.find((one) => one.name === before.package);
  if (found === undefined || !existsSync(found.dir)) return undefined;
  return expected === undefined || brings(found, expected) ? found : undefined;
}
