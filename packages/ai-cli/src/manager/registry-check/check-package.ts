import type { RegistryEntry } from "../registry/registry.ts";
import { allowsVersion } from "@d0ttino/llm/host/semver";
import { quoted } from "../registry/quoted.ts";
import { checkEntryPoint } from "./check-entry-point.ts";
import { checkProvider } from "./check-provider.ts";
import type { Fault } from "./finding.ts";
import type { PackedPackage } from "./packed-package.ts";

/** The lowest Node that we support. */
export const LOWEST_NODE = "22.18.0";

const SCRIPTS = ["preinstall", "install", "postinstall"];

/**
 * Holds what a package says of itself, and what is in it, to the entry that names it. Nothing of it runs.
 * @param isFolder whether it lies beside the registry, where its version may be ahead
 */
export function checkPackage(entry: RegistryEntry, packed: PackedPackage, isFolder = false): Fault[] {
  const { manifest } = packed;
  const faults = [
    ...checkIdentity(entry, manifest, isFolder),
    ...checkLicence(entry, manifest),
    ...checkEngines(entry, manifest),
    ...checkScripts(entry, packed),
  ];
  return [...faults, ...(entry.adapter === undefined ? checkEntryPoint(entry, packed) : checkProvider(entry, packed))];
}

function checkIdentity(entry: RegistryEntry, manifest: PackedPackage["manifest"], isFolder: boolean): Fault[] {
  const { name, package: wanted, version } = entry;
  const { name: owner, version: found } = manifest;
  if (owner !== wanted) {
    const what = `the package.json of ${quoted(name)} has the name ${shown(owner)}, not ${quoted(wanted)}`;
    return [{ rule: "package-name", field: "package", what, fix: "Correct one of the two" }];
  }
  if (isFolder || version === undefined || found === version) return [];
  if (typeof found === "string" && allowsVersion(version, found)) return [];
  const what = `the package.json of ${quoted(name)} has the version ${shown(found)}, not ${quoted(version)}`;
  return [{ rule: "package-name", field: "version", what, fix: "Publish it anew under another version" }];
}

function checkLicence({ name }: RegistryEntry, { license }: PackedPackage["manifest"]): Fault[] {
  const stated = typeof license === "object" && license !== null ? (license as { type?: unknown }).type : license;
  if (typeof stated === "string" && stated !== "" && stated !== "UNLICENSED") return [];
  const what = `the package of ${quoted(name)} states no licence, so nobody may use it`;
  return [{ rule: "licence", what, fix: 'Its author should add "license" to its package.json' }];
}

function checkEngines({ name }: RegistryEntry, { engines }: PackedPackage["manifest"]): Fault[] {
  const range = typeof engines === "object" && engines !== null ? (engines as { node?: unknown }).node : undefined;
  if (typeof range !== "string" || allowsVersion(range, LOWEST_NODE)) return [];
  const what = `the package of ${quoted(name)} needs Node ${quoted(range)}, and ours may be ${LOWEST_NODE}`;
  return [{ rule: "engines", what, fix: `Its author should allow >=${LOWEST_NODE}, if it works there` }];
}

function checkScripts({ name }: RegistryEntry, { manifest, has }: PackedPackage): Fault[] {
  const scripts = typeof manifest["scripts"] === "object" && manifest["scripts"] !== null ? manifest["scripts"] : {};
  const found = SCRIPTS.filter((script) => Object.hasOwn(scripts, script));
  // npm runs node-gyp for a package that has this file and no install script.
  if (found.length === 0 && has("binding.gyp")) found.push("node-gyp rebuild");
  if (found.length === 0) return [];
  const what = `the package of ${quoted(name)} has install scripts (${found.join(", ")}), which do not run here`;
  return [{ rule: "install-scripts", what, fix: "Try whether it works without them, and look at what they do" }];
}

function shown(value: unknown): string {
  return typeof value === "string" ? quoted(value) : "nothing";
}
