import { messageOf } from "@d0ttino/llm/errors/message-of";
import { normalizeName } from "@d0ttino/plugin-sdk/host";
import { quoted } from "../registry/quoted.ts";
import type { PlacedEntry } from "../registry/read-registry.ts";
import { isFromNpm } from "./check-entries.ts";
import { checkPackage } from "./check-package.ts";
import type { CheckedText } from "./check-registry-text.ts";
import type { Fault, Finding } from "./finding.ts";
import { checkPublished, type MissingPackage, type PublishedPackage } from "./published-package.ts";
import { readPackageFolder } from "./read-package-folder.ts";

/** Which packages of a registry are looked at, and how. */
export interface PackageCheckOptions {
  /** Leaves out what has to be asked of npm. */
  readonly offline: boolean;
  /** Only the packages of these names; all when there are none. */
  readonly names: readonly string[];
  /** The folder whose .npmrc counts besides the user's. */
  readonly npmDir: string;
  readonly signal: AbortSignal;
  /** Told before each package of npm: how many of how many have been asked for. */
  readonly onProgress: (done: number, total: number) => void;
}

/** What came of it. */
export interface CheckedPackages {
  readonly findings: readonly Finding[];
  readonly folders: number;
  /** How many packages npm was asked for. */
  readonly asked: number;
  /** How many would have been asked for. */
  readonly left: number;
}

/** How many packages are asked for at once. */
const AT_ONCE = 4;

/**
 * Looks at the packages that the sound entries of a registry name, in folders beside it and on npm.
 * @throws D0ttinoError `download-failed` when npm cannot be reached; the reason of the signal
 */
export async function checkPackages(
  { entries, locate }: CheckedText,
  options: PackageCheckOptions,
): Promise<CheckedPackages> {
  const names = options.names.map(normalizeName);
  const wanted = entries.filter(({ entry }) => names.length === 0 || names.includes(entry.name));
  const inFolders = wanted.filter(({ entry }) => entry.dir !== undefined);
  const onNpm = wanted.filter(isFromNpm);
  const findings = inFolders.flatMap((placed) => checkFolder(placed).map((fault) => locate(placed, fault)));
  const specs = [...new Set(onNpm.map(({ entry }) => entry.spec))];
  if (options.offline || specs.length === 0) {
    return { findings, folders: inFolders.length, asked: 0, left: specs.length };
  }
  const found = await askForAll(specs, options);
  for (const placed of onNpm) {
    const package_ = found.get(placed.entry.spec);
    const faults = package_ === undefined ? [] : checkPublished(placed.entry, package_);
    findings.push(...faults.map((fault) => locate(placed, fault)));
  }
  return { findings, folders: inFolders.length, asked: specs.length, left: 0 };
}

function checkFolder({ entry }: PlacedEntry): Fault[] {
  try {
    return checkPackage(entry, readPackageFolder(entry.dir ?? ""), true);
  } catch (error) {
    const what = `the folder of ${quoted(entry.name)} holds no package: ${messageOf(error)}`;
    return [{ rule: "unreadable", field: "path", what, fix: 'Correct "path", or the package.json there' }];
  }
}

/** Asks for a few at a time. */
async function askForAll(
  specs: readonly string[],
  { npmDir, signal, onProgress }: PackageCheckOptions,
): Promise<ReadonlyMap<string, PublishedPackage | MissingPackage>> {
  const { askNpm } = await import("../with-npm.ts");
  const found = new Map<string, PublishedPackage | MissingPackage>();
  // When one fails the others need not go on.
  const failure = new AbortController();
  const waiting = specs.values();
  const work = async (): Promise<void> => {
    for (const spec of waiting) {
      onProgress(found.size, specs.length);
      found.set(spec, await askNpm(spec, { dir: npmDir, signal: AbortSignal.any([signal, failure.signal]) }));
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } catch (error) {
    failure.abort(error);
    throw error;
  }
  return found;
}
