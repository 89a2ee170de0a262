import { NO_HASH, UnsoundPackage } from "./unsound-package.ts";

/** What the registry of npm says of one version of a package, none of it checked. */
interface Manifest {
  readonly name?: unknown;
  readonly version?: unknown;
  readonly _resolved?: unknown;
  readonly _integrity?: unknown;
}

/**
 * What a registry of npm answered, if it is about the package that was asked for.
 * @param spec the name of a package, and after `@` what was asked for of it
 * @throws UnsoundPackage for another name, a version or an address that npm would take for a file of this machine, and
 * a package without a hash
 */
export function checkManifest(
  spec: string,
  { name, version, _resolved: address, _integrity: integrity }: Manifest,
): { readonly name: string; readonly version: string; readonly integrity: string; readonly address: string } {
  const asked = spec.replace(/(?!^)@.*$/s, "");
  if (name !== asked) throw new UnsoundPackage(`the registry of npm answered with ${JSON.stringify(name)} instead`);
  if (typeof version !== "string" || !/^\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/.test(version)) {
    throw new UnsoundPackage(`the registry of npm calls its version ${JSON.stringify(version)}`);
  }
  if (typeof integrity !== "string" || integrity === "") {
    throw new UnsoundPackage(NO_HASH);
  }
  if (typeof address !== "string" || !/^https?:\/\//i.test(address)) {
    throw new UnsoundPackage(`the registry of npm says that it lies at ${JSON.stringify(address)}`);
  }
  return { name: asked, version, integrity, address };
}
