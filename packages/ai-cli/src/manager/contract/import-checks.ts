import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { SdkLocation } from "@d0ttino/llm/host/sdk-resolver";
import type { PluginPackage } from "@d0ttino/llm/host/plugin-package";
import { tryPackage, type TriedPackage } from "../doctor/try-package.ts";
import type { TriedEntry } from "../doctor/try-message.ts";
import { failed, passed, skipped, type PackageCheck } from "./package-check.ts";
import { titleOf } from "./static-checks.ts";

/** What came of importing a package. */
export interface ImportOutcome {
  readonly checks: readonly PackageCheck[];
  /** How long it took, in milliseconds; null when something failed. */
  readonly ms: number | null;
  /** The entries that can be asked. */
  readonly works: (entry: Pick<TriedEntry, "group" | "name">) => boolean;
}

/**
 * Imports a package in a process of its own, and once more with the copy of the SDK that lies beside it.
 * @throws the reason of the signal
 */
export async function importChecks(
  owner: PluginPackage,
  programDir: string,
  signal: AbortSignal,
): Promise<ImportOutcome> {
  const tried = await tryPackage({ place: "linked", package: owner }, programDir, signal);
  const own = ownSdk(owner.dir);
  const other =
    own === undefined ? undefined : await tryPackage({ place: "linked", package: owner, sdk: own }, programDir, signal);
  return {
    checks: [...judgeImport(tried), judgeOwnSdk(tried, other)],
    ms: tried.entries.every((one) => one.message === undefined)
      ? Math.round(tried.entries.reduce((sum, one) => sum + (one.ms ?? 0), 0))
      : null,
    works: ({ group, name }) =>
      tried.entries.some((one) => one.group === group && one.name === name && one.message === undefined),
  };
}

/** The same as checks: an import is to register names, and to do nothing else. */
function judgeImport({ entries, stdout, open, connections, isGone }: TriedPackage): PackageCheck[] {
  const registered = entries.map(({ message, hint, warnings, ...entry }) => {
    const name = "is imported, and registers its name";
    const fault = message === undefined ? warnings[0] : [message, hint ?? ""].join(" ").trim();
    return fault === undefined
      ? passed(titleOf(entry), name, `${(entry.ms ?? 0).toFixed(0)} ms`)
      : failed(titleOf(entry), name, fault);
  });
  const sideEffect = (name: string, fault: string | undefined): PackageCheck =>
    fault === undefined ? passed("package", name) : failed("package", name, fault);
  return [
    ...registered,
    sideEffect(
      "connects to nothing while it is imported",
      connections.length === 0
        ? undefined
        : `it connected to ${[...new Set(connections)].join(", ")}. Connect when it is asked, not before.`,
    ),
    sideEffect(
      "prints nothing while it is imported",
      stdout === ""
        ? undefined
        : `this went to standard output, where answers go: ${JSON.stringify(stdout.slice(0, 200))}. Leave it out, or use console.error.`,
    ),
    sideEffect(
      "lets the process end after its import",
      open.length === 0
        ? undefined
        : `it keeps ${[...new Set(open)].join(", ")} open. Begin when it is asked; end, or unref(), what it has begun.`,
    ),
    ...(isGone ? [failed("package", "leaves its folder alone", "its folder was gone after the import.")] : []),
  ];
}

function judgeOwnSdk(tried: TriedPackage, other: TriedPackage | undefined): PackageCheck {
  const name = "works with another copy of the SDK";
  if (other === undefined) return skipped("package", name, "no copy is installed beside it");
  const worse = other.entries.find(
    (entry) =>
      entry.message !== undefined &&
      tried.entries.some((one) => one.name === entry.name && one.group === entry.group && one.message === undefined),
  );
  if (worse === undefined) return passed("package", name);
  return failed("package", name, `with the copy in its node_modules: ${worse.message ?? ""}`);
}

function ownSdk(dir: string): SdkLocation | undefined {
  const { resolve } = createRequire(join(dir, "package.json"));
  const urlOf = (name: string): string => pathToFileURL(resolve(name)).href;
  try {
    return { main: urlOf("@d0ttino/plugin-sdk"), testing: urlOf("@d0ttino/plugin-sdk/testing") };
  } catch {
    return undefined;
  }
}
