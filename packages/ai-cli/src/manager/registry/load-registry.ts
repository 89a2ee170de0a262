import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { messageOf } from "@d0ttino/llm/errors/message-of";
import { DownloadFailure } from "@d0ttino/llm/network/download-failure";
import { fetchRegistry, type FetchTimeouts } from "./fetch-registry.ts";
import { InvalidRegistry } from "./invalid-registry.ts";
import { parseRegistry } from "./parse-registry.ts";
import { readRegistryCache, writeRegistryCache, type CachedRegistry } from "./registry-cache.ts";
import { isFresh, registryLifetime } from "./registry-lifetime.ts";
import { registryLocation } from "./registry-location.ts";
import type { Registry, RegistryOrigin } from "./registry.ts";
import { readRegistryFile } from "./read-registry-file.ts";
import { shownOrigin } from "./shown-origin.ts";

/** How the registry is wanted. */
export interface RegistryOptions {
  /** Ask the server even though what was fetched is fresh. */
  readonly update?: boolean | undefined;
  /** Ask nobody. */
  readonly offline?: boolean | undefined;
  /** The absolute path of the copy that came with the program. */
  readonly shipped: string;
  /** Told, in one line, of each step down from what was wanted. */
  readonly onWarning: (line: string) => void;
  /** What a relative `PLUGIN_REGISTRY_URL` is relative to. */
  readonly cwd?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly timeouts?: FetchTimeouts | undefined;
}

type UrlOrigin = Extract<RegistryOrigin, { kind: "url" }>;

/** What was fetched before, checked. */
type Kept = CachedRegistry & { readonly registry: Registry };

/**
 * The registry: a file of this machine as it is, one of the network from the cache, the server, the cache however old,
 * or the copy that came with the program, whichever comes first. Nothing invalid is kept or given.
 * @throws D0ttinoError `bad-config` (InvalidRegistry for a file that is not valid), or `download-failed` when not even
 * the copy that came with the program can be read; the reason of the signal
 */
export async function loadRegistry(options: RegistryOptions): Promise<Registry> {
  const origin = registryLocation(options.cwd);
  if (origin.kind === "file") return readLocal(origin.path);
  const lifetime = registryLifetime();
  const kept = readKept(origin);
  if (options.offline === true) {
    return kept?.registry ?? stepDown(origin, "was never fetched, and --offline asks nobody", undefined, options);
  }
  if (kept !== undefined && options.update !== true && isFresh(kept.fetchedAt, lifetime, Date.now())) {
    return kept.registry;
  }
  try {
    return await refresh(origin, kept, options);
  } catch (error) {
    if (!(error instanceof DownloadFailure) && !(error instanceof InvalidRegistry)) throw error;
    const why =
      error instanceof InvalidRegistry ? `cannot be used, ${error.summary}` : `cannot be fetched: ${error.message}`;
    return stepDown(origin, why, kept, options, error);
  }
}

function readLocal(path: string): Registry {
  let text: string;
  try {
    text = readRegistryFile(path);
  } catch (error) {
    throw new D0ttinoError("bad-config", `The plug-in registry ${path} cannot be read: ${messageOf(error)}.`, {
      hint: "Correct PLUGIN_REGISTRY_URL, which names that file, or unset it.",
      cause: error,
    });
  }
  return parseRegistry(text, { kind: "file", path });
}

/** What is in the cache counts only when it is valid by the rules of today. */
function readKept(origin: UrlOrigin): Kept | undefined {
  const cached = readRegistryCache(origin.url);
  if (cached === undefined) return undefined;
  try {
    return { ...cached, registry: parseRegistry(cached.text, origin) };
  } catch {
    return undefined;
  }
}

async function refresh(origin: UrlOrigin, kept: Kept | undefined, options: RegistryOptions): Promise<Registry> {
  const { signal, timeouts } = options;
  const fetched = await fetchRegistry({ url: origin.url, etag: kept?.etag, signal, timeouts });
  const fetchedAt = Date.now();
  if (fetched.status === "not-modified" && kept !== undefined) {
    keep(origin.url, { ...kept, fetchedAt }, options);
    return kept.registry;
  }
  const { text, etag } = fetched as Extract<typeof fetched, { status: "fresh" }>;
  const registry = parseRegistry(text, origin);
  keep(origin.url, { text, etag, fetchedAt }, options);
  return registry;
}

function keep(url: URL, cached: CachedRegistry, { onWarning }: RegistryOptions): void {
  try {
    writeRegistryCache(url, cached);
  } catch (error) {
    onWarning(`The plug-in registry cannot be kept for the next time: ${messageOf(error)}.`);
  }
}

function stepDown(
  origin: UrlOrigin,
  why: string,
  kept: Kept | undefined,
  { shipped, onWarning }: RegistryOptions,
  cause?: unknown,
): Registry {
  const told = `The plug-in registry ${shownOrigin(origin)} ${why}`;
  if (kept !== undefined) {
    onWarning(`${told}. The copy of ${new Date(kept.fetchedAt).toISOString().slice(0, 10)} is used instead.`);
    return kept.registry;
  }
  let registry: Registry;
  try {
    registry = parseRegistry(readRegistryFile(shipped), { kind: "shipped", path: shipped });
  } catch (error) {
    const copy = error instanceof InvalidRegistry ? error.summary : messageOf(error);
    throw new D0ttinoError("download-failed", `${told}. The copy that came with ai-cli is no help: ${copy}.`, {
      hint: "Check the network connection, or set PLUGIN_REGISTRY_URL to a file; reinstall ai-cli to get its copy back.",
      cause: cause ?? error,
    });
  }
  onWarning(`${told}. The copy that came with ai-cli is used instead.`);
  return registry;
}
