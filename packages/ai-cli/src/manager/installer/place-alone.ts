import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import pacote from "pacote";
import { guardUnpacking } from "./guard-unpacking.ts";
import type { NpmSettings } from "./npm-settings.ts";
import { writeTarball, type ResolvedPackage } from "./resolve-package.ts";

/**
 * Unpacks a package that needs no other. npm's planner of trees has nothing to plan then, and takes longer to start
 * than this takes.
 * @param dir the generation
 * @param slot the package's slot, relative to the generation
 * @returns where the package lies, absolute
 * @throws whatever npm's libraries throw
 */
export async function placeAlone(
  dir: string,
  slot: string,
  resolved: ResolvedPackage,
  settings: NpmSettings,
): Promise<string> {
  const { name, address, integrity } = resolved;
  const target = join(dir, slot, "node_modules", name);
  rmSync(join(dir, slot), { recursive: true, force: true });
  mkdirSync(dirname(target), { recursive: true });
  const from = address ?? `file:${join(dir, writeTarball(dir, resolved))}`;
  guardUnpacking();
  await pacote.extract(`${name}@${from}`, target, {
    ...settings,
    resolved: from,
    ...(integrity === "" ? {} : { integrity }),
    _isRoot: true,
  });
  return target;
}
