import { describePackage } from "./installer/describe-package.ts";
import { installFailure } from "./installer/install-failure.ts";
import { lockedPackages } from "./installer/locked-packages.ts";
import { npmSettings } from "./installer/npm-settings.ts";
import { planTree, type PlannedPackage } from "./installer/plan-tree.ts";
import { noteOf, resolvePackage, type PackageRequest, type DescribedPackage } from "./installer/resolve-package.ts";
import type { InstallOptions } from "./change-plugins.ts";
import { checkIntegrity } from "./check-integrity.ts";
import { findInstalled } from "./find-installed.ts";
import { planChanges } from "./plan-changes.ts";
import type { PluginStore } from "./store/plugin-store.ts";

/** What an install would do. */
export interface InstallPreview {
  readonly package: string;
  readonly version: string;
  /** Who published it, where npm's registry says so. */
  readonly publisher: string | null;
  /** When, in ISO 8601. */
  readonly published: string | null;
  /** The version that is there now, or undefined. */
  readonly before: string | undefined;
  /** False when it is installed already. */
  readonly isNew: boolean;
  /** What all that is added weighs when it is unpacked, in bytes; undefined when it is not known of all. */
  readonly bytes: number | undefined;
  /** The packages that come with it. */
  readonly dependencies: readonly PlannedPackage[];
  /** The packages with scripts, which run only when the user allows it. */
  readonly scripts: readonly string[];
}

/**
 * Finds out what an install would do. Nothing is unpacked, and nothing of the plug-in home changes.
 * @throws D0ttinoError `install-failed`, `io-failed`; the reason of the signal
 */
export async function previewInstall(
  store: PluginStore,
  request: PackageRequest,
  options: InstallOptions,
): Promise<InstallPreview> {
  try {
    const settings = await npmSettings(store.dir, options.offline);
    const resolved = await resolvePackage(request, settings);
    const current = store.current();
    const before = current?.installed.find((one) => one.package === resolved.name);
    checkIntegrity(resolved, options.integrity, request.isLocal ? undefined : before);
    const isNew = current === undefined || findInstalled(current, resolved, options) === undefined;
    const { name, version } = resolved;
    const gpu = options.gpu === true || (current?.installed ?? []).some((one) => one.gpu === true);
    const slot = noteOf(resolved, request.spec).slot;
    const tree = resolved.isAlone ? [own(resolved)] : await planTree(current?.dir, slot, resolved, gpu, settings);
    const added = isNew ? planChanges(tree, current === undefined ? [] : lockedPackages(current.dir)).added : [];
    // Without what is told besides, the rest must do.
    const facts = request.isLocal
      ? undefined
      : await describePackage(`${name}@${version}`, settings).catch(() => undefined);
    const sizes = added.map((one) => (one.name === name ? resolved.bytes : one.bytes));
    return {
      package: name,
      version,
      publisher: facts?.publisher ?? null,
      published: facts?.published ?? null,
      before: before?.version,
      isNew,
      bytes: sizes.some((size) => size === undefined)
        ? undefined
        : sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0),
      dependencies: added.filter((one) => one.name !== name),
      scripts: added.filter((one) => one.hasScripts).map((one) => one.name),
    };
  } catch (error) {
    options.signal.throwIfAborted();
    throw installFailure(request.spec, error);
  }
}

function own({ name, version, bytes, hasScripts }: DescribedPackage): PlannedPackage {
  return { name, version, bytes, hasScripts };
}
