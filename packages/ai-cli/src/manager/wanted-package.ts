import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import type { ExpectedEntry } from "./check-plugin.ts";
import type { PackageRequest } from "./installer/resolve-package.ts";
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
 * @throws D0ttinoError `install-failed` for what cannot be installed yet
 */
export function wantedPackage(entry: RegistryEntry, version?: string): WantedPackage {
  const { kind, name } = entry;
  if (entry.adapter !== undefined) {
    throw new D0ttinoError("install-failed", `${name} is a provider of the AI SDK, which cannot be installed yet.`);
  }
  const expected = { kind, name };
  if (version !== undefined && version !== entry.version) {
    return { request: { spec: `${entry.package}@${version}`, isLocal: false }, expected };
  }
  return entry.dir === undefined || version !== undefined
    ? { request: { spec: entry.spec, isLocal: false }, expected, integrity: entry.integrity }
    : { request: { spec: entry.dir, isLocal: true }, expected };
}
