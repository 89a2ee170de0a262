import { rmSync } from "node:fs";
import { join } from "node:path";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { sentence } from "@d0ttino/llm/errors/message-of";
import type { PluginPackage } from "@d0ttino/llm/host/plugin-package";
import { installFailure } from "../installer/install-failure.ts";
import { npmSettings, type NpmSettings } from "../installer/npm-settings.ts";
import { isGone, obtainPackage } from "../installer/obtain-package.ts";
import { placeAlone } from "../installer/place-alone.ts";
import { emptySlot, isAlone } from "../installer/place-package.ts";
import { fillSlot, reify, type PlacedPackage } from "../installer/reify.ts";
import { treeOptions } from "../installer/tree-options.ts";
import type { ResolvedPackage } from "../installer/resolve-package.ts";
import type { InstalledPackage } from "../store/generation.ts";
import type { ChangeOptions, PluginStore } from "../store/plugin-store.ts";
import type { PackageState } from "./package-state.ts";
import { knownPackages, packagesOnDisk, recoverStore } from "./recover-store.ts";
import { isEmptyPlan, repairPlan, type Damage, type RepairPlan } from "./repair-plan.ts";
import { isFault, readGenerationState, readStoreState, type GenerationState } from "./store-state.ts";

/** What came of mending a store. */
export interface RepairOutcome {
  /** What was done, in sentences. */
  readonly done: readonly string[];
  /** What could not be done, and why, in sentences. */
  readonly failed: readonly string[];
}

/**
 * Makes what a store says and what lies in it agree. What must be installed again is the very package that was there
 * before. When a step fails the plug-ins stay as they were.
 * @throws D0ttinoError `io-failed`; the reason of the signal
 */
export async function repairPlugins(
  store: PluginStore,
  options: ChangeOptions & { readonly offline: boolean },
): Promise<RepairOutcome> {
  const leftovers = readStoreState(store.dir)?.leftovers ?? [];
  return store.change(options, async () => {
    const done = recoverStore(store);
    const state = readStoreState(store.dir);
    if (leftovers.length > 0) done.unshift(`Unfinished work was cleared away: ${leftovers.join(", ")}.`);
    const generation = state?.generation;
    if (state === undefined || generation === undefined) return { done, failed: [] };
    const plan = repairPlan(generation);
    if (isEmptyPlan(plan)) return { done, failed: [] };
    try {
      const others = state.generations.filter((name) => name !== generation.name);
      const known = knownPackages([generation, ...others.map((name) => readGenerationState(store.dir, name))]);
      const more = await rebuild(store, generation, known, plan, options.offline);
      return { done: [...done, ...more.done], failed: more.failed };
    } catch (error) {
      options.signal.throwIfAborted();
      const failure = installFailure("What is missing", error);
      return {
        done,
        failed: [`${store.dir} stays as it was. ${[failure.message, failure.hint ?? ""].join(" ").trim()}`],
      };
    }
  });
}

/** What can be had again of what must be installed again. */
interface Obtained {
  readonly back: readonly { readonly state: PackageState; readonly resolved: ResolvedPackage }[];
  /** What is gone from here and from where it came. */
  readonly lost: readonly { readonly note: InstalledPackage; readonly why: string }[];
  /** What cannot be had at present. */
  readonly kept: readonly { readonly damage: Damage; readonly why: string }[];
}

async function obtain(
  { lock, dir }: GenerationState,
  reinstall: RepairPlan["reinstall"],
  settings: NpmSettings,
): Promise<Obtained> {
  const back: Obtained["back"][number][] = [];
  const lost: Obtained["lost"][number][] = [];
  const kept: Obtained["kept"][number][] = [];
  for (const { state, damage } of reinstall) {
    const { note, folder } = state;
    const { resolved } = lock.origins.get(folder ?? `node_modules/${note.package}`) ?? {};
    try {
      back.push({ state, resolved: await obtainPackage(note, { dir, resolved }, settings) });
    } catch (error) {
      const { message, hint = "" } = installFailure(`${note.package} ${note.version}`, error);
      if (damage === "gone" && isGone(error)) lost.push({ note, why: sentence(message) });
      else kept.push({ damage, why: `${sentence(message)} ${hint}`.trim() });
    }
  }
  return { back, lost, kept };
}

async function rebuild(
  store: PluginStore,
  generation: GenerationState,
  known: readonly PluginPackage[],
  plan: RepairPlan,
  offline: boolean,
): Promise<RepairOutcome> {
  const settings = { ...(await npmSettings(store.dir, offline)), preferOffline: true };
  const obtained = await obtain(generation, plan.reinstall, settings);
  const failed = obtained.kept.map((one) => one.why);
  // npm's installer wants all at once; only what is there, for another Node, does not hinder it.
  const isHindered = obtained.kept.some((one) => one.damage !== "other-node");
  const { back, lost } = isHindered ? { back: [], lost: [] } : obtained;
  const installs = !isHindered && (back.length + lost.length > 0 || needsInstaller({ ...plan, reinstall: [] }));
  if (!installs && !needsIndex(plan)) return { done: [], failed };
  await store.next(async ({ dir, base }) => {
    const isBack = (one: InstalledPackage): boolean => back.some(({ state }) => state.note.package === one.package);
    const installed = [...(base?.installed ?? []), ...plan.adopt]
      .filter((one) => !lost.some(({ note }) => note.package === one.package))
      .map((one) => ({ ...one, node: isBack(one) ? process.versions.modules : nodeOf(one, generation) }));
    if (!installs) return { installed, packages: indexed(installed, generation, known, plan), result: undefined };
    const folders = [...plan.dependencies, ...plan.dropSlots, ...back.flatMap(({ state }) => foldersOf(state))];
    for (const folder of folders) rmSync(join(dir, folder), { recursive: true, force: true });
    for (const { note } of lost) emptySlot(dir, note);
    const placed = new Map<string, PlacedPackage>();
    for (const { state, resolved } of back) {
      const { slot } = state.note;
      if (!isAlone(state.note)) fillSlot(dir, slot, resolved);
      else placed.set(slot, { ...resolved, dir: await placeAlone(dir, slot, resolved, settings) });
    }
    if (needsPlanner(plan, back, lost)) {
      // npm takes what its hidden lock file says for what is there.
      rmSync(join(dir, "node_modules/.package-lock.json"), { force: true });
      if (plan.relock) rmSync(join(dir, "package-lock.json"), { force: true });
      const scripts = back.flatMap(({ state }) => state.note.allowScripts ?? []);
      const wanted = treeOptions(installed, scripts);
      for (const [slot, one] of await reify(dir, wanted, settings)) placed.set(slot, one);
    }
    checkPlaced(installed, placed);
    return { installed, packages: indexed(installed, generation, known, plan, placed), result: undefined };
  });
  return { done: told(plan, back, lost, installs), failed };
}

function needsInstaller({ reinstall, dependencies, dropSlots, relock }: RepairPlan): boolean {
  return reinstall.length + dependencies.length + dropSlots.length > 0 || relock;
}

/** Whether something is to be done that npm's planner of trees knows of. */
function needsPlanner(plan: RepairPlan, back: Obtained["back"], lost: Obtained["lost"]): boolean {
  const notes = [...back.map(({ state }) => state.note), ...lost.map(({ note }) => note)];
  const slots = [...notes.map((one) => one.slot), ...plan.dropSlots];
  return plan.dependencies.length > 0 || plan.relock || slots.some((slot) => !isAlone({ slot }));
}

function needsIndex({ adopt, unlink, unindexed, reindex }: RepairPlan): boolean {
  return adopt.length + unlink.length + unindexed.length + reindex.length > 0;
}

/** Its folder, and those of native code that it needs, which must be unpacked again, too. */
function foldersOf({ folder, native }: PackageState): string[] {
  return [...(folder === undefined ? [] : [folder]), ...native.map((one) => one.folder)];
}

/** The Node that a package was installed for, which a new generation must not forget. */
function nodeOf({ node }: InstalledPackage, { notes }: GenerationState): string {
  if (!isFault(notes) && notes.node !== "" && notes.node !== process.versions.modules) return notes.node;
  return node ?? process.versions.modules;
}

function checkPlaced(installed: readonly InstalledPackage[], placed: ReadonlyMap<string, PlacedPackage>): void {
  for (const { package: name, version, integrity, slot } of installed) {
    const own = placed.get(slot);
    // What is not in it lies where it lay.
    if (own === undefined) continue;
    const isOther = own.integrity !== null && integrity !== "" && own.integrity !== integrity;
    if (own.version !== version || isOther) {
      throw new D0ttinoError("install-failed", `npm installed something else than ${name} ${version}.`);
    }
  }
}

/** What the index is to hold: what is installed, where it lies now, and the links that lead somewhere. */
function indexed(
  installed: readonly InstalledPackage[],
  { dir, packages, slots, index }: GenerationState,
  known: readonly PluginPackage[],
  { unlink }: RepairPlan,
  placed?: ReadonlyMap<string, PlacedPackage>,
): readonly PluginPackage[] {
  const own = installed.map((note) => {
    const before =
      packages.find((one) => one.note.package === note.package) ?? slots.find((one) => one.slot === note.slot);
    const place = placed?.get(note.slot)?.dir ?? (before?.folder === undefined ? undefined : join(dir, before.folder));
    return { note, dir: place };
  });
  const linked = isFault(index) ? [] : index.filter((one) => one.linked && !unlink.includes(one));
  return packagesOnDisk(own, known, linked);
}

function told(plan: RepairPlan, back: Obtained["back"], lost: Obtained["lost"], installs: boolean): string[] {
  const { dropSlots, dependencies, relock } = installs ? plan : { dropSlots: [], dependencies: [], relock: false };
  return [
    ...back.map(({ state: { note } }) => `${note.package} ${note.version} was installed again.`),
    ...lost.map(({ note, why }) => `${note.package} ${note.version} is no longer noted as installed: ${why}`),
    ...plan.adopt.map((one) => `${one.package} ${one.version} is noted as installed.`),
    ...dropSlots.map((slot) => `${slot}, which held nothing, was removed.`),
    ...dependencies.map((folder) => `${folder} was installed again.`),
    ...plan.unlink.map((one) => `${one.name} is linked no more: ${one.dir} is gone.`),
    ...plan.unindexed.map((name) => `${name} was taken out of the index.`),
    ...plan.reindex.map((name) => `The index says again what ${name} brings.`),
    ...(relock ? ["npm's lock file was written anew."] : []),
  ];
}
