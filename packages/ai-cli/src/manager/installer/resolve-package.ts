import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Arborist from "@npmcli/arborist";
import pacote from "pacote";
import type { InstalledPackage } from "../store/generation.ts";
import type { NpmSettings } from "./npm-settings.ts";

/** What a package is asked for by: a spec of npm's, or the absolute path of a folder or of a tarball. */
export interface PackageRequest {
  readonly spec: string;
  readonly isLocal: boolean;
}

/** A package that is to be installed: which one it is, and how its slot names it. */
export interface ResolvedPackage {
  readonly name: string;
  readonly version: string;
  readonly integrity: string;
  /** The spec of the dependency in its slot. */
  readonly pinned: string;
}

/**
 * Finds out which package a request means. A local one is packed into the folder, so that it needs its origin no more.
 * @param dir the generation that is being made
 * @throws whatever npm's libraries throw
 */
export async function resolvePackage(
  { spec, isLocal }: PackageRequest,
  dir: string,
  settings: NpmSettings,
): Promise<ResolvedPackage> {
  if (isLocal) return packLocal(spec, dir, settings);
  const manifest = await pacote.manifest(spec, { ...settings, preferOnline: true });
  return { name: manifest.name, version: manifest.version, integrity: manifest._integrity, pinned: manifest.version };
}

async function packLocal(path: string, dir: string, settings: NpmSettings): Promise<ResolvedPackage> {
  const options = { ...settings, Arborist };
  const spec = `file:${path}`;
  const { name, version } = await pacote.manifest(spec, options);
  mkdirSync(join(dir, PACKED), { recursive: true });
  const bytes = await pacote.tarball(spec, options);
  const hash = createHash("sha512").update(bytes);
  const short = hash.copy().digest("hex").slice(0, 12);
  const file = join(PACKED, `${slotName(name)}-${version}-${short}.tgz`);
  await pacote.tarball.file(spec, join(dir, file), options);
  const integrity = `sha512-${createHash("sha512")
    .update(readFileSync(join(dir, file)))
    .digest("base64")}`;
  return { name, version, integrity, pinned: `file:../../${file.replaceAll("\\", "/")}` };
}

/** The folder of a generation that holds what was packed from this machine. */
const PACKED = "packed";

/** The name of a package's slot: of a folder, and of the workspace in it. */
export function slotName(packageName: string): string {
  return packageName.replace(/^@/, "").replaceAll("/", "--");
}

/** The note about a package that was installed. */
export function noteOf({ name, version, integrity }: ResolvedPackage, requested: string): InstalledPackage {
  return { package: name, version, integrity, requested, slot: `slots/${slotName(name)}` };
}
