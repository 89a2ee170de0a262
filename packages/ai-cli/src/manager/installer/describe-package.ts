import pacote from "pacote";
import { packageFacts, type PackageFacts } from "../package-facts.ts";
import type { NpmSettings } from "./npm-settings.ts";
import { unpackedSize } from "./resolve-package.ts";

/**
 * What the registry of npm says of a package, whether or not it is installed.
 * @throws whatever npm's libraries throw
 */
export async function describePackage(spec: string, settings: NpmSettings): Promise<PackageFacts> {
  const manifest = await pacote.manifest(spec, { ...settings, fullMetadata: true });
  return packageFacts({ ...manifest }, unpackedSize(manifest) ?? null);
}
