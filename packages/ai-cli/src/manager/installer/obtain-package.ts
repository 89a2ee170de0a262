import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pacote from "pacote";
import { codeOf } from "@d0ttino/llm/errors/message-of";
import type { InstalledPackage } from "../store/generation.ts";
import { checkManifest } from "./check-manifest.ts";
import type { NpmSettings } from "./npm-settings.ts";
import { isAlone } from "./place-package.ts";
import { packedFile, resolvePackage, type ResolvedPackage } from "./resolve-package.ts";

/** What it takes to install the very same package once more. */
export interface Origin {
  /** The generation's folder, which may hold the tarball of a local package. */
  readonly dir: string;
  /** The address of its tarball, where npm's lock file has one. */
  readonly resolved?: string | undefined;
}

/**
 * Gets the package that was installed before, and no other: from what was packed, npm's cache, or the registry.
 * @throws what npm's libraries throw
 */
export async function obtainPackage(
  note: InstalledPackage,
  { dir, resolved }: Origin,
  settings: NpmSettings,
): Promise<ResolvedPackage> {
  const { package: name, version, integrity, requested } = note;
  const same = { name, version, integrity, isAlone: isAlone(note) };
  const packed = join(dir, packedFile(note));
  if (existsSync(packed)) return { ...same, tarball: readFileSync(packed) };
  if (isLocal(requested)) {
    const found = await resolvePackage({ spec: requested, isLocal: true }, settings);
    if (found.version === version && found.integrity === integrity) return { ...found, ...same };
    throw otherContent(`${requested} holds something else now`);
  }
  const options = { ...settings, preferOffline: true, ...(integrity === "" ? {} : { integrity }) };
  const spec = `${name}@${version}`;
  const address = resolved ?? checkManifest(spec, await pacote.manifest(spec, options)).address;
  await pacote.tarball(spec, { ...options, resolved: address });
  return { ...same, address };
}

function otherContent(message: string): Error {
  return Object.assign(new Error(message), { code: "EINTEGRITY" });
}

/** Whether an error says for good that a package cannot be had: there is no such package, or it is another now. */
export function isGone(error: unknown): boolean {
  return ["E404", "ETARGET", "ENOVERSIONS", "EINTEGRITY", "ENOENT", "ENOTDIR"].includes(codeOf(error) ?? "");
}

function isLocal(requested: string): boolean {
  return /^(?:\/|[A-Za-z]:[\\/])/.test(requested);
}
