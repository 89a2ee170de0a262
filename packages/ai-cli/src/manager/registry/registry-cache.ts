import { rmSync } from "node:fs";
import { join } from "node:path";
import { directories } from "@d0ttino/llm/config/directories";
import { readJson } from "@d0ttino/llm/config/read-json";
import { writeFileAtomic } from "@d0ttino/llm/config/write-file-atomic";
import { readRegistryFile } from "./read-registry-file.ts";

/** A registry that was fetched before. */
export interface CachedRegistry {
  readonly text: string;
  readonly etag: string | undefined;
  /** In milliseconds since 1970. */
  readonly fetchedAt: number;
}

/** Of an ETag that holds anything else no header can be made. */
const ETAG = /^(?:W\/)?"[\u0021\u0023-\u007e]*"$/;

function files(): { readonly text: string; readonly meta: string } {
  const { cache } = directories();
  return { text: join(cache, "plugin_registry.json"), meta: join(cache, "plugin_registry.meta.json") };
}

/** What is kept of an address; undefined when nothing is, or when it is damaged, torn or of another address. */
export function readRegistryCache(url: URL): CachedRegistry | undefined {
  try {
    const { text: file, meta: metaFile } = files();
    const meta = readJson(metaFile) as Record<string, unknown> | null | undefined;
    const fetchedAt = typeof meta?.["fetchedAt"] === "string" ? Date.parse(meta["fetchedAt"]) : Number.NaN;
    if (meta?.["url"] !== url.href || Number.isNaN(fetchedAt)) return undefined;
    const text = readRegistryFile(file);
    if (meta["sha256"] !== sha256(text)) return undefined;
    const { etag } = meta;
    return { text, etag: typeof etag === "string" && ETAG.test(etag) ? etag : undefined, fetchedAt };
  } catch {
    return undefined;
  }
}

/**
 * Keeps what was fetched. Between the two writes the hash of one does not fit the other, so that nobody takes it.
 * @throws the system's error
 */
export function writeRegistryCache(url: URL, { text, etag, fetchedAt }: CachedRegistry): void {
  const { text: file, meta } = files();
  const noted = {
    url: url.href,
    etag: etag ?? null,
    fetchedAt: new Date(fetchedAt).toISOString(),
    sha256: sha256(text),
  };
  writeFileAtomic(file, text);
  // The address may hold a secret behind its question mark.
  writeFileAtomic(meta, `${JSON.stringify(noted, undefined, 2)}\n`, 0o600);
}

/** Forgets what was fetched. @throws the system's error */
export function forgetRegistry(): void {
  for (const file of Object.values(files())) rmSync(file, { force: true });
}

function sha256(text: string): string {
  return process.getBuiltinModule("node:crypto").createHash("sha256").update(text).digest("hex");
}
