import { KIND_OF_GROUP } from "@d0ttino/llm/host/plugin-package";
import { readEntries } from "@d0ttino/llm/host/read-manifest";
import { fieldsOf } from "../registry/entry-fields.ts";
import { checkPackage } from "./check-package.ts";
import { checkRegistryText, type TextCheckOptions } from "./check-registry-text.ts";
import type { Finding } from "./finding.ts";
import type { PackedFolder } from "./pack-folder.ts";
import { checkPublished, type PublishedPackage } from "./published-package.ts";

/** What a registry gets for a package: its entries by name, below the keys of the registry under which they go. */
type RegistryAddition = Readonly<Partial<Record<"plugins" | "recipes", Readonly<Record<string, RegistryLine>>>>>;

/** One entry, as it stands in the file. */
interface RegistryLine {
  readonly package: string;
  readonly version: string;
  readonly integrity: string;
  readonly description?: string;
  readonly homepage?: string;
}

/** What came of looking at a package that is to be published. */
export interface CheckedPublication {
  readonly addition: RegistryAddition;
  readonly findings: readonly Omit<Finding, "line">[];
}

/** What a package is held to. */
export interface PublicationOptions extends TextCheckOptions {
  /** The registry that it is to get into. */
  readonly registryText: string;
  /** What npm has of this very version; undefined when it is not published, or npm was not asked. */
  readonly published: PublishedPackage | undefined;
}

/**
 * Holds a package to all that `registry check` will ask when its entries stand in a registry, by the same code.
 * @param folder what would be published
 */
export function checkPublication(
  folder: PackedFolder,
  { registryText, published, ...options }: PublicationOptions,
): CheckedPublication {
  const addition = additionOf(folder);
  const registry = JSON.parse(registryText) as Readonly<Record<string, object>>;
  const text = JSON.stringify({
    ...registry,
    plugins: { ...registry["plugins"], ...addition.plugins },
    recipes: { ...registry["recipes"], ...addition.recipes },
  });
  const checked = checkRegistryText(text, options);
  const isOurs = ({ kind, name }: Pick<Finding, "kind" | "name">): boolean =>
    name !== null && Object.hasOwn((kind === "recipe" ? addition.recipes : addition.plugins) ?? {}, name);
  const placed = checked.entries.filter(({ entry }) => isOurs(entry));
  const ofPackage = placed.flatMap((one) => {
    const faults =
      published === undefined ? checkPackage(one.entry, folder.packed) : checkPublished(one.entry, published);
    return faults.map((fault) => checked.locate(one, fault));
  });
  const ofEntries = [...checked.findings, ...ofPackage].filter(isOurs).map(({ line: _line, ...finding }) => finding);
  return { addition, findings: Object.keys(addition).length === 0 ? [nothing(folder.name)] : ofEntries };
}

function additionOf({ name, version, integrity, packed: { manifest } }: PackedFolder): RegistryAddition {
  const groups = manifest["entryPoints"];
  const entries = typeof groups === "object" && groups !== null ? readEntries(groups as Record<string, unknown>) : [];
  const lines = { plugins: new Map<string, RegistryLine>(), recipes: new Map<string, RegistryLine>() };
  for (const entry of entries) {
    const kind = KIND_OF_GROUP[entry.group];
    const texts = fieldsOf(kind).flatMap(([field, { pattern }]) => {
      const value = field === "description" || field === "homepage" ? manifest[field] : undefined;
      return typeof value === "string" && pattern.test(value) ? [[field, value]] : [];
    });
    const line = { package: name, version, integrity, ...Object.fromEntries(texts) };
    lines[kind === "recipe" ? "recipes" : "plugins"].set(entry.name, line);
  }
  const filled = Object.entries(lines).filter(([, names]) => names.size > 0);
  return Object.fromEntries(filled.map(([section, names]) => [section, Object.fromEntries(names)]));
}

function nothing(owner: string): Omit<Finding, "line"> {
  return {
    severity: "error",
    rule: "no-entry",
    kind: null,
    name: null,
    what: `${owner} declares no backend and no recipe`,
    fix: 'Its package.json needs "entryPoints": {"llm.plugins": {"NAME": "./FILE.js"}}',
  };
}
