import { quoted } from "../registry/quoted.ts";
import type { RegistryEntry } from "../registry/registry.ts";
import type { Fault } from "./finding.ts";
import { checkPackage } from "./check-package.ts";
import type { PackedPackage } from "./packed-package.ts";

/** A package that npm has. */
export interface PublishedPackage {
  readonly version: string;
  /** The sha512 that npm has of its tarball; undefined when it has only an older hash. */
  readonly integrity: string | undefined;
  /** Why nobody should use it; undefined when nothing speaks against it. */
  readonly deprecated: string | undefined;
  readonly packed: PackedPackage;
}

/** Why there is nothing to look at. */
export interface MissingPackage {
  readonly rule: "no-package" | "no-version" | "integrity" | "unreadable";
  /** A part of a sentence. */
  readonly why: string;
}

/** Holds what npm has of a package to the entry that names it. */
export function checkPublished(entry: RegistryEntry, found: PublishedPackage | MissingPackage): Fault[] {
  const { name, spec, integrity, package: owner } = entry;
  if ("why" in found) {
    const field = found.rule === "no-version" && entry.version !== undefined ? "version" : "package";
    const what = `${quoted(spec)}, the package of ${quoted(name)}: ${found.why}`;
    return [{ rule: found.rule, field, what, fix: FIXES[found.rule] }];
  }
  const faults: Fault[] = [];
  if (integrity !== undefined && integrity !== found.integrity) {
    const what = `"integrity" of ${quoted(name)} is not what npm has of ${owner} ${found.version}`;
    const fix = `If that version is meant, write ${found.integrity ?? "that of a newer version: npm has no sha512 of this one"}`;
    faults.push({ rule: "integrity", field: "integrity", what, fix });
  }
  if (found.deprecated !== undefined) {
    const what = `${owner} ${found.version} is deprecated: ${quoted(found.deprecated)}`;
    faults.push({ rule: "deprecated", what, fix: "Take another version, or what its author names instead" });
  }
  return [...faults, ...checkPackage(entry, found.packed)];
}

const FIXES: Readonly<Record<MissingPackage["rule"], string>> = {
  "no-package": "Correct its name, or publish it",
  "no-version": "Correct the version, or publish it",
  integrity: "Somebody may have changed the tarball; do not merge it",
  unreadable: "See what npm view says of it, and ask its author",
};
