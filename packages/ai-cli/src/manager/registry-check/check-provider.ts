import { posix } from "node:path";
import { importTargets } from "../import-target.ts";
import { quoted } from "../registry/quoted.ts";
import type { RegistryEntry } from "../registry/registry.ts";
import { exportedNames } from "./exported-names.ts";
import type { Fault } from "./finding.ts";
import type { PackedPackage } from "./packed-package.ts";

/** Whether a provider of the AI SDK can be imported, and exports what its entry says, as far as its text shows. */
export function checkProvider(entry: RegistryEntry, packed: PackedPackage): Fault[] {
  const { name, package: owner, export: wanted } = entry;
  const file = importTargets(packed.manifest)
    .map(posix.normalize)
    .find((path) => packed.has(path));
  if (file === undefined) {
    const what = `import of ${owner} leads to no file in it`;
    return [{ rule: "provider-file", what, fix: 'Its "exports" or "main" should name a file that is packed' }];
  }
  const text = packed.textOf(file);
  const names = text === undefined ? undefined : exportedNames(text);
  if (names === undefined) return [];
  const creators = [...names].filter((one) => /^create./.test(one));
  const isThere = wanted === undefined ? creators.length > 0 : names.has(wanted);
  if (isThere) return [];
  const what =
    wanted === undefined
      ? `${owner}, the package of ${quoted(name)}, seems to export no create… function`
      : `${owner} seems not to export ${quoted(wanted)}`;
  const fix = creators.length === 0 ? 'Name the provider in "export"' : `It exports ${creators.slice(0, 3).join(", ")}`;
  return [{ rule: "provider-export", field: wanted === undefined ? undefined : "export", what, fix }];
}
