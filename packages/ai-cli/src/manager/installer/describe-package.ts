import pacote from "pacote";
import { npmSettings } from "./npm-settings.ts";
import { packageFacts, type PackageFacts } from "../package-facts.ts";

/**
 * What the registry of npm says of a package that is not installed.
 * @param dir the plug-in home, for npm's settings
 * @throws whatever npm's libraries throw
 */
export async function describePackage(spec: string, dir: string): Promise<PackageFacts> {
  const manifest = await pacote.manifest(spec, { ...(await npmSettings(dir, false)), fullMetadata: true });
  const { unpackedSize } = manifest.dist as { unpackedSize?: unknown };
  const bytes = typeof unpackedSize === "number" ? unpackedSize : null;
  return packageFacts({ ...manifest }, bytes);
}
