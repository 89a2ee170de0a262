import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

interface Manifest {
  exports?: Record<string, Record<string, string>>;
  devDependencies?: unknown;
}

/**
 * Packs the copy of a package, whose package.json is written anew: npm packs it as it is, with what only the checkout
 * needs.
 * @param dir the package in the checkout
 * @param folder where the tarball goes
 * @returns the name of the tarball
 */
export function packPackage(dir: string, copy: string, folder: string): string {
  const manifest = forPublication(JSON.parse(readFileSync(join(dir, "package.json"), "utf8")) as Manifest);
  writeFileSync(join(copy, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  return execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder], {
    cwd: copy,
    encoding: "utf8",
  }).trim();
}

/** Without the export condition that leads to the sources, and without what only building needs. */
function forPublication({ devDependencies: _dev, exports, ...rest }: Manifest): object {
  if (exports === undefined) return rest;
  const published = Object.entries(exports).map(
    ([path, { "d0ttino-source": _source, ...targets }]) => [path, targets] as const,
  );
  return { ...rest, exports: Object.fromEntries(published.filter(([, targets]) => Object.keys(targets).length > 0)) };
}
