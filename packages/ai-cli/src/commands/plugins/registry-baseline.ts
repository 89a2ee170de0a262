import { realpathSync } from "node:fs";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { messageOf } from "@d0ttino/llm/errors/message-of";
import { fetchRegistry } from "../../manager/registry/fetch-registry.ts";
import { readLocation } from "../../manager/registry/registry-location.ts";
import { readRegistry } from "../../manager/registry/read-registry.ts";
import { readRegistryFile } from "../../manager/registry/read-registry-file.ts";
import type { RegistryEntry, RegistryOrigin } from "../../manager/registry/registry.ts";
import { shownOrigin } from "../../manager/registry/shown-origin.ts";
import type { Baseline } from "../../manager/registry-check/compare-registries.ts";

/** What a file is compared with, and how that may be found out. */
export interface BaselineOptions {
  /** What was asked for: a file or a URL. */
  readonly against: string | undefined;
  /** The file that is checked. */
  readonly path: string;
  /** The registry that came with the program. */
  readonly shipped: string;
  readonly offline: boolean;
  readonly signal: AbortSignal;
}

/**
 * The registry that a file is compared with; undefined when that is the file itself.
 * @throws D0ttinoError `bad-config` when it cannot be read; the reason of the signal
 */
export async function openBaseline({
  against,
  path,
  shipped,
  offline,
  signal,
}: BaselineOptions): Promise<Baseline | undefined> {
  if (against === undefined) {
    const entries = isSameFile(path, shipped) ? undefined : entriesOf(shipped);
    return entries === undefined ? undefined : { shown: "the registry that came with ai-cli", entries };
  }
  try {
    const location = readLocation(against);
    if (location.kind === "url" && offline) throw new Error("it is a URL, and --offline asks nobody");
    const fetched = location.kind === "url" ? await fetchRegistry({ url: location.url, signal }) : undefined;
    const text = location.kind === "url" ? textOf(fetched) : readRegistryFile(location.path);
    // Folders may have gone since; only names count.
    const origin: RegistryOrigin = location.kind === "url" ? location : { kind: "shipped", path: location.path };
    const { entries, problems } = readRegistry(text, origin);
    const [problem] = problems;
    if (entries.length === 0 && problem !== undefined) throw new Error(`in line ${problem.line}, ${problem.what}`);
    return { shown: shownOrigin(origin), entries: entries.map(({ entry }) => entry) };
  } catch (error) {
    signal.throwIfAborted();
    throw new D0ttinoError("bad-config", `${against} cannot be compared with: ${messageOf(error)}.`, {
      hint: "Name another registry with --against, a file or an https URL.",
      cause: error,
    });
  }
}

function textOf(fetched: Awaited<ReturnType<typeof fetchRegistry>> | undefined): string {
  return fetched?.status === "fresh" ? fetched.text : "";
}

function isSameFile(one: string, other: string): boolean {
  try {
    return realpathSync(one) === realpathSync(other);
  } catch {
    return false;
  }
}

/** What the registry that came with the program names; nothing when it is missing. */
function entriesOf(shipped: string): readonly RegistryEntry[] {
  try {
    return readRegistry(readRegistryFile(shipped), { kind: "shipped", path: shipped }).entries.map(
      ({ entry }) => entry,
    );
  } catch {
    return [];
  }
}

/**
 * The entries about which somebody has decided: those of the registry that came with the program, and those that a file
 * is compared with. When it is that registry itself which is checked, its new entries must not vouch for themselves.
 */
export function decidedEntries(
  path: string,
  shipped: string,
  baseline: Baseline | undefined,
): readonly RegistryEntry[] {
  if (baseline === undefined) return entriesOf(shipped);
  return isSameFile(path, shipped) ? baseline.entries : [...baseline.entries, ...entriesOf(shipped)];
}
