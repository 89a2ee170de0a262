import { realpathSync } from "node:fs";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import type { PluginPackage } from "@d0ttino/llm/host/plugin-package";
import { checkIntegrity } from "./check-integrity.ts";
import { checkPlugin, type ExpectedEntry } from "./check-plugin.ts";
import { findInstalled } from "./find-installed.ts";
import { installFailure } from "./installer/install-failure.ts";
import { npmSettings } from "./installer/npm-settings.ts";
import { watchUnpacking } from "./installer/guard-unpacking.ts";
import { placePackage, takePackage, type Placement } from "./installer/place-package.ts";
import { treeOptions } from "./installer/tree-options.ts";
import { noteOf, resolvePackage, type Allowances, type PackageRequest } from "./installer/resolve-package.ts";
import { providersOf, providersWithout, type ProviderEntry } from "./provider-package.ts";
import type { Generation, InstalledPackage } from "./store/generation.ts";
import type { ChangeOptions, PluginStore, Stage, StageContent } from "./store/plugin-store.ts";

/** How a package is installed. */
export interface InstallOptions extends ChangeOptions, Allowances {
  /** Whether npm's cache must do. */
  readonly offline: boolean;
  /** The SHA-512 that the package must have; undefined when nobody says. */
  readonly integrity?: string | undefined;
  /** What it is installed for; undefined when whatever it brings will do. */
  readonly expected?: ExpectedEntry | undefined;
}

/** What came of installing. */
export interface InstallOutcome {
  readonly package: PluginPackage;
  /** The version that was there before, or undefined. */
  readonly before: string | undefined;
  /** False when it was installed already. */
  readonly isNew: boolean;
}

/**
 * Installs a package, or another version of one. When it fails everything stays as it was.
 * @throws D0ttinoError `install-failed`, `io-failed`; PluginError for another SDK; the reason of the signal
 */
export async function installPlugin(
  store: PluginStore,
  request: PackageRequest,
  options: InstallOptions,
): Promise<InstallOutcome> {
  return store.change(options, async () => {
    try {
      const settings = await npmSettings(store.dir, options.offline);
      watchUnpacking(options.onUnpack);
      const found = await resolvePackage(request, settings);
      const current = store.current();
      const before = current?.installed.find((one) => one.package === found.name);
      checkIntegrity(found, options.integrity, request.isLocal ? undefined : before);
      const same = current === undefined ? undefined : findInstalled(current, found, options);
      if (same !== undefined) return { package: same, before: before?.version, isNew: false };
      const allowed = addAllowances(options, before);
      // Only npm's own installer runs scripts.
      const resolved = { ...found, isAlone: found.isAlone && allowed.allowScripts.length === 0 };
      const note = noteOf(resolved, request.spec, allowed);
      const added = await store.next(async (stage) => {
        const installed = [...(stage.base?.installed ?? []).filter((one) => one.package !== note.package), note];
        const wanted = treeOptions(installed, allowed.allowScripts);
        const placed = await placePackage(stage.dir, resolved, note, before, wanted, settings);
        const { packages, added } = await check(stage, installed, note, placed, options.expected);
        const providers = providersOf(added);
        const noted = installed.map((one) => (one === note && providers.length > 0 ? { ...note, providers } : one));
        return { installed: noted, packages, result: added };
      });
      return { package: added, before: before?.version, isNew: true };
    } catch (error) {
      options.signal.throwIfAborted();
      throw installFailure(request.spec, error);
    }
  });
}

/** What came of removing. */
export interface RemoveOutcome {
  readonly package: string;
  readonly version: string;
  readonly wasLinked: boolean;
  /** The names for which the package stays. */
  readonly left: readonly string[];
}

/**
 * Removes a package, or the link to one. A provider of the AI SDK that is there under other names, too, stays for those.
 * @param isMeant tells the package from the others
 * @param name the one that goes
 * @returns undefined when there is none
 * @throws D0ttinoError `install-failed`, `io-failed`; the reason of the signal
 */
export async function removePlugin(
  store: PluginStore,
  isMeant: (one: PluginPackage) => boolean,
  name: string,
  options: ChangeOptions & Pick<InstallOptions, "offline">,
): Promise<RemoveOutcome | undefined> {
  return store.change(options, async () => {
    const found = store.current()?.packages.find(isMeant);
    if (found === undefined) return undefined;
    const providers = providersWithout(found, name);
    const left = providers.map((one) => one.name);
    await store.next(async ({ dir, base }) => {
      if (left.length > 0) return { ...keepProviders(base, found, providers), result: undefined };
      const slot = base?.installed.find((one) => one.package === found.name);
      const rest = (base?.packages ?? []).filter((one) => one.name !== found.name);
      if (slot === undefined || found.linked)
        return { installed: base?.installed ?? [], packages: rest, result: undefined };
      const settings = { ...(await npmSettings(store.dir, options.offline)), preferOffline: true };
      const installed = (base?.installed ?? []).filter((one) => one !== slot);
      const placed = await takePackage(dir, slot, treeOptions(installed), settings).catch((error: unknown) => {
        throw installFailure(`What is left without ${found.name}`, error);
      });
      return { installed, packages: rest.map((one) => moved(one, installed, placed)), result: undefined };
    });
    return { package: found.name, version: found.version, wasLinked: found.linked, left };
  });
}

/** What a generation holds when a package brings only some of its providers any more. */
function keepProviders(
  base: Generation | undefined,
  found: PluginPackage,
  providers: readonly ProviderEntry[],
): StageContent {
  const entries = found.entries.filter(({ name }) => providers.some((one) => one.name === name));
  return {
    installed: (base?.installed ?? []).map((one) => (one.package === found.name ? { ...one, providers } : one)),
    packages: (base?.packages ?? []).map((one) => (one.name === found.name ? { ...one, entries } : one)),
  };
}

/**
 * Links a folder: its package is used from where it lies, as it is at each start.
 * @throws D0ttinoError `install-failed`, `io-failed`; PluginError; the reason of the signal
 */
export async function linkPlugin(
  store: PluginStore,
  folder: string,
  options: ChangeOptions & Pick<InstallOptions, "expected">,
): Promise<PluginPackage> {
  return store.change(options, async () => {
    const dir = realpathSync(folder);
    const base = store.current();
    const others = (base?.packages ?? []).filter((one) => one.dir !== dir);
    const linked = await checkPlugin(dir, true, others, options.expected);
    return store.next(() =>
      Promise.resolve({ installed: base?.installed ?? [], packages: [...others, linked], result: linked }),
    );
  });
}

async function check(
  { base }: Stage,
  installed: readonly InstalledPackage[],
  note: InstalledPackage,
  placed: Placement,
  expected: ExpectedEntry | undefined,
): Promise<{ packages: readonly PluginPackage[]; added: PluginPackage }> {
  const own = placed.get(note.slot);
  if (own === undefined || own.version !== note.version || (own.integrity ?? note.integrity) !== note.integrity) {
    throw new D0ttinoError("install-failed", `npm installed something else than ${note.package} ${note.version}.`);
  }
  const others = (base?.packages ?? []).filter((one) => one.name !== note.package);
  const before = base?.packages.find((one) => one.name === note.package);
  const added = await checkPlugin(own.dir, false, others, expected, wantedProviders(expected, before));
  if (added.name !== note.package || added.version !== note.version) {
    throw new D0ttinoError(
      "install-failed",
      `${note.package} ${note.version} was not installed: what came calls itself ${added.name} ${added.version}.`,
      { hint: "Tell its author, or the registry of npm." },
    );
  }
  return { added, packages: [...others.map((one) => moved(one, installed, placed)), added] };
}

/**
 * The providers of the AI SDK that a package is to bring. It does not say so itself, so what was known of it stays
 * where nobody says anything else: when another name of it is wanted, or a version that no registry names.
 */
function wantedProviders(
  expected: ExpectedEntry | undefined,
  before: PluginPackage | undefined,
): readonly ProviderEntry[] {
  const known = providersOf(before);
  if (expected?.name === undefined) return known;
  const { providers } = expected;
  if (providers === undefined) return [];
  const isKnown = ({ name }: ProviderEntry): boolean => known.some((one) => one.name === name);
  return [
    ...known.map((one) => providers.find(({ name }) => name === one.name) ?? one),
    ...providers.filter((one) => !isKnown(one)),
  ];
}

/** npm may put a package elsewhere when others come or go. */
function moved(one: PluginPackage, installed: readonly InstalledPackage[], placed: Placement): PluginPackage {
  const slot = one.linked ? undefined : installed.find((note) => note.package === one.name)?.slot;
  const dir = slot === undefined ? undefined : placed.get(slot)?.dir;
  return dir === undefined ? one : { ...one, dir };
}

/** What is allowed a package now, and was allowed it before, which it keeps. */
function addAllowances({ gpu, allowScripts }: Allowances, before: Allowances = {}): Required<Allowances> {
  return {
    gpu: gpu === true || before.gpu === true,
    allowScripts: [...new Set([...(before.allowScripts ?? []), ...(allowScripts ?? [])])],
  };
}
