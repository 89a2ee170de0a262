import { createHash } from "node:crypto";
import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkEngine, checkPlatform } from "npm-install-checks";
import pacote from "pacote";
import { fingerprint } from "../fingerprint.ts";
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
  /** Where its tarball lies, where that is a registry of npm's. */
  readonly address?: string;
  /** The tarball of what lies on this machine. */
  readonly tarball?: Buffer;
  /** What tells its folder or tarball on this machine apart from changed ones. */
  readonly fingerprint?: string | undefined;
  /** Whether it needs no other package. */
  readonly isAlone: boolean;
}

/** What is told of a package before it is installed. */
export interface DescribedPackage extends ResolvedPackage {
  /** Whether it has scripts that npm would run when it is installed. */
  readonly hasScripts: boolean;
  /** What it weighs when it is unpacked, in bytes; undefined when nobody says. */
  readonly bytes: number | undefined;
}

/**
 * Finds out which package a request means. A local one is packed, so that it needs its origin no more.
 * @throws whatever npm's libraries throw
 */
export async function resolvePackage(
  { spec, isLocal }: PackageRequest,
  settings: NpmSettings,
): Promise<DescribedPackage> {
  const wanted = isLocal ? `file:${spec}` : spec;
  const origin = isLocal ? { fingerprint: fingerprint(spec) } : {};
  const options = {
    ...settings,
    ...(await packerOf({ spec, isLocal })),
    preferOnline: settings["offline"] !== true,
    _isRoot: true,
  };
  // To find out what is in a local tarball, npm unpacks it.
  if (isLocal) await inspectPackage(wanted, options);
  const manifest = await pacote.manifest(wanted, options);
  const facts = {
    isAlone: needsNoOther(manifest),
    hasScripts: hasInstallScripts(manifest),
  };
  if (!isLocal) {
    const checked = checkManifest(spec, manifest);
    checkMachine(manifest);
    return { ...checked, ...facts, bytes: unpackedSize(manifest) };
  }
  checkMachine(manifest);
  const { name, version } = manifest;
  const tarball = await pacote.tarball(wanted, options);
  const integrity = `sha512-${createHash("sha512").update(tarball).digest("base64")}`;
  return { name, version, integrity, tarball, ...facts, ...origin, bytes: tarball.length };
}

/** What npm needs to find out which files of a folder belong into its tarball. */
async function packerOf({ spec, isLocal }: PackageRequest): Promise<object> {
  const isFolder = isLocal && statSync(spec, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? { Arborist: (await import("@npmcli/arborist")).default } : {};
}

/** What a package says of others and of machines. */
interface Needs {
  readonly dependencies?: Readonly<Record<string, string>> | undefined;
  readonly optionalDependencies?: Readonly<Record<string, string>> | undefined;
  readonly peerDependencies?: Readonly<Record<string, string>> | undefined;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean } | undefined>> | undefined;
}

function needsNoOther({ dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta }: Needs): boolean {
  const peers = Object.keys(peerDependencies ?? {}).filter((name) => peerDependenciesMeta?.[name]?.optional !== true);
  return [dependencies, optionalDependencies].every((all) => Object.keys(all ?? {}).length === 0) && peers.length === 0;
}

/** What a list of versions says of scripts, or a package itself. */
interface Scripts {
  readonly hasInstallScript?: unknown;
  readonly scripts?: Readonly<Record<string, string>> | undefined;
  readonly gypfile?: unknown;
}

/** Whether a package has scripts that npm would run when it is installed. */
function hasInstallScripts(manifest: object): boolean {
  const { hasInstallScript, scripts, gypfile } = manifest as Scripts;
  const named = ["preinstall", "install", "postinstall"].some((name) => scripts?.[name] !== undefined);
  return hasInstallScript === true || gypfile === true || named;
}

/** What the registry of npm says that a package weighs when it is unpacked, in bytes. */
export function unpackedSize({ dist }: { readonly dist?: unknown }): number | undefined {
  const size = (dist as { readonly unpackedSize?: unknown } | undefined)?.unpackedSize;
  return typeof size === "number" ? size : undefined;
}

/** As npm's planner of trees checks every package. */
function checkMachine(manifest: Parameters<typeof checkPlatform>[0]): void {
  checkEngine(manifest, undefined, process.version);
  checkPlatform(manifest);
}

/** Writes the tarball of a local package into a generation; gives its path there. */
export function writeTarball(dir: string, { name, version, integrity, tarball }: ResolvedPackage): string {
  const file = packedFile({ package: name, version, integrity });
  mkdirSync(join(dir, PACKED), { recursive: true });
  rmSync(join(dir, file), { force: true });
  writeFileSync(join(dir, file), tarball ?? "");
  return file;
}

/** Where the tarball of a local package lies, relative to a generation. */
export function packedFile(one: Pick<InstalledPackage, "package" | "version" | "integrity">): string {
  // Another content of the same version has another name, for npm takes a file of one name for the same.
  const hash = Buffer.from(one.integrity.slice("sha512-".length), "base64").toString("hex").slice(0, 12);
  return `${PACKED}/${slotName(one.package)}-${one.version}-${hash}.tgz`;
}

/** The folder of a generation that holds what was packed from this machine. */
const PACKED = "packed";

/** The name of a package's slot. */
function slotName(packageName: string): string {
  return packageName.replace(/^@/, "").replaceAll("/", "--");
}

/** What the user allowed a package. */
export type Allowances = Pick<InstalledPackage, "gpu" | "allowScripts">;

/** The note about a package that was installed. */
export function noteOf(
  { name, version, integrity, isAlone, fingerprint: state }: ResolvedPackage,
  requested: string,
  { gpu = false, allowScripts = [] }: Allowances = {},
): InstalledPackage {
  const slot = `${isAlone ? "alone" : "slots"}/${slotName(name)}`;
  return {
    package: name,
    version,
    integrity,
    requested,
    slot,
    node: process.versions.modules,
    ...(state === undefined ? {} : { fingerprint: state }),
    ...(gpu ? { gpu } : {}),
    ...(allowScripts.length === 0 ? {} : { allowScripts }),
  };
}
