import { isValidName, NAME_RULE, normalizeName } from "@d0ttino/plugin-sdk/host";
import { fieldsOf, isKeywords } from "./entry-fields.ts";
import { readPackageSpec, readVersion, type PackageSpec } from "./package-spec.ts";
import { quoted } from "./quoted.ts";
import type { EntryKind, RegistryEntry } from "./registry.ts";

/** Notes a fault of an entry, at one of its fields or at the entry itself. */
export type ReportFault = (field: readonly string[], what: string, fix: string) => void;

/** An entry as it stands in the file, before its folder was looked at. */
export type ReadEntry = Omit<RegistryEntry, "dir"> & { readonly path?: string };

/** Checks one entry. What it has besides the known fields is ignored. */
export function readEntry(kind: EntryKind, name: string, value: unknown, report: ReportFault): ReadEntry | undefined {
  if (!isValidName(name) || Object.hasOwn(Object.prototype, normalizeName(name))) {
    report([], `${quoted(name)} cannot be the name of a ${kind}`, `A name has ${NAME_RULE}, and is not "constructor"`);
    return undefined;
  }
  const fields = typeof value === "string" ? { package: value } : value;
  if (typeof fields !== "object" || fields === null || Array.isArray(fields)) {
    report(
      [],
      `${quoted(name)} is neither a text nor an object`,
      `Write it like "${normalizeName(name)}": "my-package"`,
    );
    return undefined;
  }
  const own = (field: string): unknown =>
    Object.hasOwn(fields, field) ? (fields as Record<string, unknown>)[field] : undefined;
  const spec = readSpec(name, own, report);
  const texts = readTexts(kind, name, own, report);
  const keywords = own("keywords") ?? [];
  if (!isKeywords(keywords)) {
    report(["keywords"], `"keywords" of ${quoted(name)} must be a list of texts`, 'Write it like ["local", "fast"]');
    return undefined;
  }
  if (spec === undefined || texts === undefined) return undefined;
  const whole = spec.version === undefined ? spec.package : `${spec.package}@${spec.version}`;
  return { kind, name: normalizeName(name), ...spec, spec: whole, keywords, ...texts };
}

function readSpec(name: string, own: (field: string) => unknown, report: ReportFault): PackageSpec | undefined {
  const [text, version] = [own("package"), own("version")];
  if (typeof text !== "string") {
    report(["package"], `${quoted(name)} names no package`, 'Add "package" with the name of its package on npm');
    return undefined;
  }
  const spec = readPackageSpec(text);
  if ("what" in spec) {
    report(["package"], `${quoted(text)}, the package of ${quoted(name)}, ${spec.what}`, spec.fix);
    return undefined;
  }
  if (version === undefined) return spec;
  if (spec.version !== undefined) {
    report(["version"], `${quoted(name)} has two versions`, 'Take it out of "package"');
    return undefined;
  }
  const fault = typeof version === "string" ? readVersion(version) : readVersion("");
  if (typeof version === "string" && fault === undefined) return { ...spec, version };
  if (fault !== undefined) report(["version"], `"version" of ${quoted(name)} ${fault.what}`, fault.fix);
  return undefined;
}

type Texts = Omit<ReadEntry, "kind" | "name" | "package" | "version" | "spec" | "keywords">;

function readTexts(
  kind: EntryKind,
  name: string,
  own: (field: string) => unknown,
  report: ReportFault,
): Texts | undefined {
  const texts: Record<string, string> = {};
  let isSound = true;
  for (const [field, { pattern, wanted }] of fieldsOf(kind)) {
    const value = own(field);
    if (value === undefined) continue;
    if (typeof value === "string" && pattern.test(value)) texts[field] = value;
    else {
      report([field], `"${field}" of ${quoted(name)} must be ${wanted}`, "Correct it, or take it out");
      isSound = false;
    }
  }
  return isSound ? texts : undefined;
}
