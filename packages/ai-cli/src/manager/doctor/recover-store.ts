import { join } from "node:path";
import { writeFileAtomic } from "@d0ttino/llm/config/write-file-atomic";
import { indexOf } from "@d0ttino/llm/host/index-file";
import { libraryVersion } from "@d0ttino/llm/host/library-location";
import type { PluginPackage } from "@d0ttino/llm/host/plugin-package";
import { generationManifest, type GenerationNotes, type InstalledPackage } from "../store/generation.ts";
import type { PluginStore } from "../store/plugin-store.ts";
import { readInstalled } from "./package-state.ts";
import { isFault, readGenerationState, readStoreState, type GenerationState } from "./store-state.ts";

/**
 * Makes a store readable again: `current` names a generation that is there, and that one says what is in it. Whether
 * the files agree with it is not looked at. The caller holds the store's lock.
 * @returns what was done, in sentences
 * @throws the system's error
 */
export function recoverStore(store: PluginStore): string[] {
  const state = readStoreState(store.dir);
  if (state === undefined) return [];
  const done: string[] = [];
  const others = state.generations.map((name) => readGenerationState(store.dir, name));
  let { generation } = state;
  if (generation === undefined || !canRecover(generation)) {
    generation = others.find(isWhole) ?? others.find(canRecover);
    if (generation === undefined) {
      store.forget();
      return [`Nothing in ${store.dir} can be used any more: install again what you need.`];
    }
    store.makeCurrent(generation.name);
    done.push(`${store.dir} counts as it was in ${generation.name}, the newest state that is whole.`);
  }
  const { name } = generation;
  const rest = others.filter((one) => one.name !== name);
  if (isFault(generation.notes)) {
    const installed = notesFromSlots(generation, rest);
    const notes: GenerationNotes = { node: process.versions.modules, host: libraryVersion, installed };
    writeFileAtomic(join(generation.dir, "package.json"), generationManifest(notes));
    done.push(`What is installed was noted anew: ${namesOf(installed.map((one) => one.package))}.`);
    generation = readGenerationState(store.dir, generation.name);
  }
  if (isFault(generation.index)) {
    const { dir } = generation;
    const own = generation.packages.map(({ note, folder }) => ({
      note,
      dir: folder === undefined ? undefined : join(dir, folder),
    }));
    const known = knownPackages(rest);
    // Only indexes know of links; those of the state before are the nearest.
    const source = rest.find((one) => !isFault(one.index));
    const links = source === undefined ? [] : knownPackages([source]).filter((one) => one.linked);
    const packages = packagesOnDisk(own, known, links);
    writeFileAtomic(join(generation.dir, "index.json"), JSON.stringify(indexOf(packages, generation.dir)));
    done.push(`The index was made anew: ${namesOf(packages.map((one) => one.name))}.`);
  }
  return done;
}

/** All that indexes say, the first generation's first. */
export function knownPackages(generations: readonly GenerationState[]): PluginPackage[] {
  return generations.flatMap(({ index }) => (isFault(index) ? [] : index));
}

/**
 * What an index should hold: what is installed and there, and the links.
 * @param known what indexes said before: what is no plug-in by itself is one by what was noted then
 */
export function packagesOnDisk(
  installed: readonly { readonly note: InstalledPackage; readonly dir: string | undefined }[],
  known: readonly PluginPackage[],
  links: readonly PluginPackage[],
): PluginPackage[] {
  const own = installed.flatMap(({ note, dir }): PluginPackage[] => {
    if (dir === undefined) return [];
    const found = readInstalled(dir, note, known);
    return found === undefined ? [] : [found];
  });
  return [...own, ...links.filter((link) => !own.some((one) => one.name === link.name))];
}

function canRecover({ notes, slots }: GenerationState): boolean {
  return !isFault(notes) || slots.some((slot) => slot.folder !== undefined);
}

function isWhole({ notes, index, packages }: GenerationState): boolean {
  return !isFault(notes) && !isFault(index) && packages.every((one) => one.folder !== undefined);
}

function notesFromSlots(generation: GenerationState, others: readonly GenerationState[]): InstalledPackage[] {
  const before = others.flatMap(({ notes }) => (isFault(notes) ? [] : notes.installed));
  return generation.slots.flatMap(({ slot, package: name, folder, version }): InstalledPackage[] => {
    if (name === null || folder === undefined || version === null) return [];
    const known = before.find((one) => one.package === name && one.version === version);
    const integrity = generation.lock.origins.get(folder)?.integrity ?? "";
    return [known ?? { package: name, version, integrity, requested: `${name}@${version}`, slot }];
  });
}

function namesOf(names: readonly string[]): string {
  return names.length === 0 ? "nothing" : names.join(", ");
}
