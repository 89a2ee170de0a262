import { rmSync } from "node:fs";
import { join } from "node:path";
import type { InstalledPackage } from "../store/generation.ts";
import type { NpmSettings } from "./npm-settings.ts";
import { placeAlone } from "./place-alone.ts";
import { fillSlot, reify, type PlacedPackage, type TreeOptions } from "./reify.ts";
import { packedFile, type ResolvedPackage } from "./resolve-package.ts";

/** Where packages lie, by their slots; what is not in it lies where it lay. */
export type Placement = ReadonlyMap<string, PlacedPackage>;

/**
 * Unpacks a package, and what it needs, into its slot.
 * @param dir the generation
 * @param note the note about it
 * @param before the note about another version, whose place it takes
 * @param options what is wanted of the whole tree then
 * @throws whatever npm's libraries throw
 */
export async function placePackage(
  dir: string,
  resolved: ResolvedPackage,
  note: InstalledPackage,
  before: InstalledPackage | undefined,
  options: TreeOptions,
  settings: NpmSettings,
): Promise<Placement> {
  if (!resolved.isAlone) {
    if (before !== undefined) emptySlot(dir, before);
    fillSlot(dir, note.slot, resolved);
    return reify(dir, options, settings);
  }
  const others =
    before === undefined ? new Map<string, PlacedPackage>() : await takePackage(dir, before, options, settings);
  const { version, integrity } = resolved;
  return new Map([
    ...others,
    [note.slot, { dir: await placeAlone(dir, note.slot, resolved, settings), version, integrity }],
  ]);
}

/**
 * Takes a package, and what only it needed, out of a generation.
 * @throws whatever npm's libraries throw
 */
export async function takePackage(
  dir: string,
  installed: InstalledPackage,
  options: TreeOptions,
  settings: NpmSettings,
): Promise<Placement> {
  emptySlot(dir, installed);
  return isAlone(installed) ? new Map<string, PlacedPackage>() : reify(dir, options, settings);
}

/** Takes what lies in a slot away, and what was packed for it. */
export function emptySlot(dir: string, installed: InstalledPackage): void {
  rmSync(join(dir, installed.slot), { recursive: true, force: true });
  rmSync(join(dir, packedFile(installed)), { force: true });
}

/** Whether npm's planner of trees knows nothing of a package. */
export function isAlone({ slot }: Pick<InstalledPackage, "slot">): boolean {
  return slot.startsWith("alone/");
}
