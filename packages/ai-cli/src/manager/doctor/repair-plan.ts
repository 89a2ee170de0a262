import { existsSync } from "node:fs";
import { join } from "node:path";
import type { PluginPackage } from "@d0ttino/llm/host/plugin-package";
import type { InstalledPackage } from "../store/generation.ts";
import type { PackageState } from "./package-state.ts";
import { isFault, type GenerationState } from "./store-state.ts";

/** Why a package must be installed again. */
export type Damage = "gone" | "different" | "files-gone" | "slot-gone" | "other-node";

/** What must be done so that a generation's notes, its index and its files agree. */
export interface RepairPlan {
  readonly reinstall: readonly { readonly state: PackageState; readonly damage: Damage }[];
  /** Slots with a package that nobody noted. */
  readonly adopt: readonly InstalledPackage[];
  /** Slots without a package that nobody noted. */
  readonly dropSlots: readonly string[];
  /** Folders of what plug-ins need that are gone or of another version. */
  readonly dependencies: readonly string[];
  /** Links whose folder is gone. */
  readonly unlink: readonly PluginPackage[];
  /** What is in the index and was not installed, or not so. */
  readonly unindexed: readonly string[];
  /** What was installed and is not in the index, or is in it otherwise. */
  readonly reindex: readonly string[];
  /** Whether npm's lock file must be written anew. */
  readonly relock: boolean;
}

/** Compares what a generation says with what lies in it. What cannot be read of it is nobody's here. */
export function repairPlan(generation: GenerationState): RepairPlan {
  const { packages, slots, lock } = generation;
  const noted = packages.map((one) => one.note);
  const stray = slots.filter(({ slot }) => !isFault(generation.notes) && !noted.some((note) => note.slot === slot));
  const reinstall = packages.flatMap((state) => {
    const damage = damageOf(state);
    return damage === undefined ? [] : [{ state, damage }];
  });
  const index = isFault(generation.index) ? [] : generation.index;
  const own = packages.flatMap(({ folder }) => folder ?? []);
  return {
    reinstall,
    adopt: stray.flatMap((one) => adopted(one, generation)),
    dropSlots: stray.filter((one) => adopted(one, generation).length === 0).map((one) => one.slot),
    dependencies: lock.damaged.filter((folder) => !own.includes(folder) && !isSlotPackage(folder, generation)),
    unlink: index.filter((one) => one.linked && !existsSync(join(one.dir, "package.json"))),
    unindexed: index
      .filter((one) => !one.linked && !noted.some((note) => note.package === one.name))
      .filter((one) => !stray.some((slot) => slot.package === one.name))
      .map((one) => one.name),
    reindex: isFault(generation.index)
      ? []
      : packages.filter((state) => damageOf(state) === undefined && !isIndexed(state, index)).map(nameOf),
    relock: !lock.isReadable && noted.some((note) => note.slot.startsWith("slots/")),
  };
}

/** Whether there is nothing to do. */
export function isEmptyPlan(plan: RepairPlan): boolean {
  return Object.values(plan).every((one: boolean | readonly unknown[]) =>
    Array.isArray(one) ? one.length === 0 : !one,
  );
}

function damageOf({ folder, note, version, missing, hasSlot, native }: PackageState): Damage | undefined {
  if (folder === undefined || version === null) return "gone";
  if (version !== note.version) return "different";
  if (missing.length > 0) return "files-gone";
  if (!hasSlot) return "slot-gone";
  return native.length > 0 ? "other-node" : undefined;
}

/** The note that a slot should have had. */
function adopted(
  { slot, package: name, folder, version }: GenerationState["slots"][number],
  { lock }: GenerationState,
): InstalledPackage[] {
  if (name === null || folder === undefined || version === null) return [];
  const integrity = lock.origins.get(folder)?.integrity ?? "";
  return [{ package: name, version, integrity, requested: `${name}@${version}`, slot }];
}

/** The package of a slot is told by its name, and not as something that another needs. */
function isSlotPackage(folder: string, { packages }: GenerationState): boolean {
  return packages.some(
    ({ note }) => folder === `node_modules/${note.package}` || folder === `${note.slot}/node_modules/${note.package}`,
  );
}

function isIndexed({ note, folder, found }: PackageState, index: readonly PluginPackage[]): boolean {
  const rows = index.filter((one) => one.name === note.package && !one.linked);
  const [row] = rows;
  if (row === undefined || rows.length > 1 || row.version !== note.version) return false;
  if (folder === undefined || !row.dir.endsWith(join("/", folder))) return false;
  return found === undefined || namesOf(row) === namesOf(found);
}

function namesOf({ entries }: PluginPackage): string {
  return JSON.stringify(entries.map(({ group, name, file, export: named }) => [group, name, file, named]));
}

function nameOf({ note }: PackageState): string {
  return note.package;
}
