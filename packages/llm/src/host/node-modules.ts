import { readdirSync, realpathSync, statSync, type Dirent } from "node:fs";
import { join } from "node:path";
import { readJson } from "../config/read-json.ts";
import { writeFileAtomic } from "../config/write-file-atomic.ts";
import { codeOf } from "../errors/message-of.ts";
import { indexOf, packagesOf } from "./index-file.ts";
import type { PluginPackage, PluginProblem } from "./plugin-package.ts";
import { readManifest } from "./read-manifest.ts";

/** The plug-ins of one place, and what is wrong with others. */
export interface PlaceContent {
  readonly packages: readonly PluginPackage[];
  readonly problems: readonly PluginProblem[];
}

/** Path, modification time in ms and size of everything whose change means that packages may have changed. */
type Stamp = readonly (readonly [path: string, mtime: number, size: number])[];

/**
 * The plug-ins in a node_modules folder. Reading a thousand package.json files costs tens of milliseconds, so the
 * result is kept in the cache folder as long as npm's hidden lock file, the folders of packages and the
 * package.json of every linked package stay as they were.
 */
export function readNodeModules(dir: string, cacheDir: string): PlaceContent {
  let real: string;
  try {
    real = realpathSync(dir);
  } catch {
    return { packages: [], problems: [] };
  }
  const cacheFile = join(cacheDir, "node-modules", `${keyOf(real)}.json`);
  const cached = readCache(cacheFile, real);
  if (cached !== undefined) return cached;

  const started = Date.now();
  const { content, watched } = scan(real);
  writeCache(cacheFile, real, content, watched, started);
  return content;
}

function scan(dir: string): { content: PlaceContent; watched: string[] } {
  const packages: PluginPackage[] = [];
  const problems: PluginProblem[] = [];
  const watched = [dir, join(dir, ".package-lock.json")];
  const visit = (folder: string, entry: Dirent): void => {
    const path = join(folder, entry.name);
    const linked = entry.isSymbolicLink();
    if (linked) watched.push(join(path, "package.json"));
    else if (!entry.isDirectory()) return;
    const reading = readManifest(linked ? (realPathOf(path) ?? path) : path, linked, "may-be-plugin");
    if (reading.package !== undefined) packages.push(reading.package);
    if (reading.problem !== undefined) problems.push(reading.problem);
  };
  for (const entry of list(dir)) {
    if (entry.name.startsWith(".")) continue;
    if (!entry.name.startsWith("@")) {
      visit(dir, entry);
      continue;
    }
    const scope = join(dir, entry.name);
    watched.push(scope);
    for (const scoped of list(scope)) visit(scope, scoped);
  }
  return { content: { packages, problems }, watched };
}

function list(dir: string): Dirent[] {
  try {
    return readdirSync(dir, { withFileTypes: true });
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR" || codeOf(error) === "EACCES") return [];
    throw error;
  }
}

function realPathOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function stampOf(paths: readonly string[]): Stamp {
  return paths.map((path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    return found === undefined ? [path, 0, 0] : [path, found.mtimeMs, found.isDirectory() ? 0 : found.size];
  });
}

/** What the cache file holds besides the index itself. */
interface CacheNotes {
  readonly path: string;
  readonly stamp: Stamp;
  readonly problems: readonly PluginProblem[];
}

function readCache(file: string, real: string): PlaceContent | undefined {
  try {
    const cached = readJson(file) as Partial<CacheNotes> | undefined;
    if (cached?.path !== real || cached.stamp === undefined || !isProblems(cached.problems)) return undefined;
    const now = stampOf(cached.stamp.map(([path]) => path));
    const same = now.every(([, mtime, size], at) => mtime === cached.stamp?.[at]?.[1] && size === cached.stamp[at][2]);
    const packages = same ? packagesOf(cached, real) : undefined;
    return packages === undefined ? undefined : { packages, problems: cached.problems };
  } catch {
    return undefined;
  }
}

function isProblems(value: unknown): value is readonly PluginProblem[] {
  const isProblem = (one: Partial<PluginProblem> | null): boolean =>
    typeof one?.package === "string" && typeof one.cause === "string" && typeof one.remedy === "string";
  return Array.isArray(value) && value.every(isProblem);
}

/** A change within so many milliseconds may leave the modification time as it is on some file systems. */
const CLOCK_GRAIN = 50;

function writeCache(
  file: string,
  real: string,
  content: PlaceContent,
  watched: readonly string[],
  started: number,
): void {
  try {
    const stamp = stampOf(watched);
    if (stamp.some(([, mtime]) => mtime > started - CLOCK_GRAIN)) return;
    const notes: CacheNotes = { path: real, stamp, problems: content.problems };
    writeFileAtomic(file, JSON.stringify({ ...indexOf(content.packages, real), ...notes }));
  } catch {
    // A cache that cannot be written (a read-only home, a full disk) only costs time.
  }
}

/** A readable file name for a path; the hash (FNV-1a) tells apart what the shortening makes equal. */
function keyOf(path: string): string {
  let hash = 0x81_1c_9d_c5;
  for (let at = 0; at < path.length; at += 1) hash = Math.imul(hash ^ path.charCodeAt(at), 0x01_00_01_93) >>> 0;
  return `${path.replaceAll(/[^\w.-]+/g, "_").slice(-80)}-${hash.toString(16)}`;
}
