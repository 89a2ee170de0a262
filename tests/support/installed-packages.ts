import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readFileSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import type { PackageSource } from "./npm-registry.ts";
import { tempFolder } from "./temp-folder.ts";

const ROOT = resolve(import.meta.dirname, "../..");

/** A package as a registry of npm has it. */
export interface PackedPackage {
  /** Its package.json. */
  readonly manifest: PackageSource;
  readonly tarball: Buffer;
}

/**
 * Packs packages of the project's node_modules with all that they depend on, each version once. What no import loads
 * (types, source maps, documentation) is left out, because it is most of their size.
 */
export function packInstalled(names: readonly string[]): PackedPackage[] {
  const found = new Map<string, { readonly dir: string; readonly manifest: Manifest }>();
  const queue = names.map((name) => [name, ROOT] as const);
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const dir = findPackage(...next);
    const manifest = JSON.parse(readFileSync(join(dir, "package.json"), "utf8")) as Manifest;
    const key = `${manifest.name}@${manifest.version}`;
    if (found.has(key)) continue;
    found.set(key, { dir, manifest });
    queue.push(...needs(manifest).map((name) => [name, dir] as const));
  }
  const packages = [...found.values()];
  const copies = packages.map(({ dir }) => leanCopy(dir));
  const out = tempFolder("packed");
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", out, ...copies];
  const packed = JSON.parse(execFileSync("npm", args, { cwd: out, encoding: "utf8" })) as { filename: string }[];
  return packages.map(({ manifest }, at) => ({
    manifest: publishedManifest(manifest),
    tarball: readFileSync(join(out, packed[at]?.filename ?? "")),
  }));
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly scripts?: unknown;
  readonly files?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** The names of what npm installs with a package. */
function needs({ dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} }: Manifest): string[] {
  const peers = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional !== true);
  return [...Object.keys(dependencies), ...peers];
}

/** Where Node finds a package that is imported from a folder. */
function findPackage(name: string, from: string): string {
  for (let dir = from; ; dir = dirname(dir)) {
    const found = join(dir, "node_modules", name);
    if (existsSync(join(found, "package.json"))) return found;
    if (dir === dirname(dir)) throw new Error(`${name} is not installed beside ${from}`);
  }
}

const LOADED = new Set([".js", ".mjs", ".cjs", ".json", ""]);

function leanCopy(dir: string): string {
  const copy = tempFolder("lean");
  const isOwn = (file: string): boolean =>
    basename(file) !== "node_modules" && basename(file) !== "src" && LOADED.has(extname(file));
  cpSync(dir, copy, { recursive: true, filter: (file) => file === dir || isOwn(file) });
  return copy;
}

/** What a registry of npm tells of a package, which is less than its package.json has. */
function publishedManifest(manifest: Manifest): PackageSource {
  const { scripts: _scripts, files: _files, ...rest } = manifest;
  return { ...rest };
}
