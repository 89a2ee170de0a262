import type { ExpectedEntry } from "./check-plugin.ts";
import type { PackageRequest } from "./installer/resolve-package.ts";
import type { ProviderEntry } from "./provider-package.ts";
import type { RegistryEntry } from "./registry/registry.ts";

/** A package that is to be installed, and what it must be. */
export interface WantedPackage {
  readonly request: PackageRequest;
  readonly expected?: ExpectedEntry | undefined;
  readonly integrity?: string | undefined;
}

/**
 * The package that the registry means by a name.
 * @param version another version than the registry's, with which its folder and its SHA-512 mean nothing
 * @param others what the registry says of other names of the package, which are installed already
 */
export function wantedPackage(
  entry: RegistryEntry,
  version?: string,
  others: readonly RegistryEntry[] = [],
): WantedPackage {
  const { kind, name } = entry;
  const isProvider = (one: RegistryEntry): boolean => one.adapter !== undefined;
  const providers = isProvider(entry) ? { providers: [entry, ...others.filter(isProvider)].map(providerOf) } : {};
  const expected = { kind, name, ...providers };
  if (version !== undefined && version !== entry.version) {
    return { request: { spec: `${entry.package}@${version}`, isLocal: false }, expected };
  }
  return entry.dir === undefined || version !== undefined
    ? { request: { spec: entry.spec, isLocal: false }, expected, integrity: entry.integrity }
    : { request: { spec: entry.dir, isLocal: true }, expected };
}

function providerOf({ name, export: exported, apiKeyEnv, defaultModel }: RegistryEntry): ProviderEntry {
  return {
    group: "llm.plugins",
    name,
    export: exported ?? null,
    adapter: "ai-sdk",
    ...(apiKeyEnv === undefined ? {} : { apiKeyEnv }),
    ...(defaultModel === undefined ? {} : { defaultModel }),
  };
}
