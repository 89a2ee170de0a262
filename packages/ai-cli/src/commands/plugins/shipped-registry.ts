import { existsSync } from "node:fs";
import { join } from "node:path";

/** The copy of the registry that came with the program: in its package, or in the checkout that it is part of. */
export function shippedRegistry(packageDir: string): string {
  const packed = join(packageDir, "registry/plugin-registry.json");
  return existsSync(packed) ? packed : join(packageDir, "../../plugin-registry.json");
}
