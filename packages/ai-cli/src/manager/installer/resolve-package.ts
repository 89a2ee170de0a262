import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Arborist from "@npmcli/arborist";
import pacote from "pacote";
import type { InstalledPackage } from "../store/generation.ts";
import { checkManifest } from "./check-manifest.ts";
import { inspectPackage } from "./guard-unpacking.ts";
import type { NpmSettings } from "./npm-settings.ts";

/** What a package is asked for by: a spec of npm's, or the absolute path of a folder or of a tarball. */
export interface PackageRequest {
  readonly spec: string;
  readonly isLocal: boolean;
}

/** A package that is to be installed: which one it is. */
export interface ResolvedPackage {
  readonly name: string;
  readonly version: string;
  readonly integrity: string;
  /** The tarball of what lies on this machine. */
  readonly tarball?: Buffer;
}

/**
 * Finds out which package a request means. A local one is packed, so that it needs its origin no more.
 * @throws whatever npm's libraries throw
 */
export async function resolvePackage(
  { spec, isLocal }: PackageRequest,
  settings: NpmSettings,
): Promise<ResolvedPackage> {
  const wanted = isLocal ? `file:${spec}` : spec;
  const options = { ...settings, Arborist, preferOnline: settings["offline"] !== true, _isRoot: true };
  // To find out what is in a local tarball, npm unpacks it.
  if (isLocal) await inspectPackage(wanted, options);
  const manifest = await pacote.manifest(wanted, options);
  if (!isLocal) return checkManifest(spec, manifest);
  const { name, version } = manifest;
  const tarball = await pacote.tarball(wanted, options);
  return { name, version, integrity: `sha512-${createHash("sha512").update(tarball).digest("base64")}`, tarball };
}

/** Writes the tarball of a local package into a generation; gives the spec that its slot depends on. */
export function pinnedSpec(dir: string, { name, version, integrity, tarball }: ResolvedPackage): string {
  if (tarball === undefined) return version;
  // Another content of the same version has another name, for npm takes a file of one name for the same.
  const hash = Buffer.from(integrity.slice("sha512-".length), "base64").toString("hex").slice(0, 12);
  const file = `${slotName(name)}-${version}-${hash}.tgz`;
  mkdirSync(join(dir, PACKED), { recursive: true });
  rmSync(join(dir, PACKED, file), { force: true });
  writeFileSync(join(dir, PACKED, file), tarball);
  return `file:../../${PACKED}/${file}`;
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
