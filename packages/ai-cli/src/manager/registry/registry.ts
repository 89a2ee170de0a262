import { normalizeName } from "@d0ttino/plugin-sdk/host";

/** What an entry of a registry brings. */
export type EntryKind = "backend" | "recipe";

/** One line of a registry: a name, and the npm package that brings it. */
export interface RegistryEntry {
  readonly kind: EntryKind;
  /** As users type it, in lower case. */
  readonly name: string;
  /** The name of the npm package. */
  readonly package: string;
  /** The version, range or tag, or undefined when any will do. */
  readonly version?: string;
  /** What to install: the package, and its version behind an `@`. */
  readonly spec: string;
  /** A sha512 that the package must have. */
  readonly integrity?: string;
  readonly description?: string;
  readonly homepage?: string;
  readonly keywords: readonly string[];
  /** The absolute path of the folder that holds the package. Only a registry on this machine has such entries. */
  readonly dir?: string;
  /** For a package that knows nothing of us: what form its export has. */
  readonly adapter?: "ai-sdk";
  readonly export?: string;
  readonly apiKeyEnv?: string;
  readonly defaultModel?: string;
}

/** Where the text of a registry came from. Only a file may name folders of this machine. */
export type RegistryOrigin =
  | { readonly kind: "url"; readonly url: URL }
  | { readonly kind: "file"; readonly path: string }
  /** The copy that came with the program. */
  | { readonly kind: "shipped"; readonly path: string };

/** A registry that was checked. */
export interface Registry {
  readonly origin: RegistryOrigin;
  readonly entries: readonly RegistryEntry[];
  /** The entry of a name, in any case; of two with one name the backend, unless a kind is given. */
  find(kind: EntryKind | undefined, name: string): RegistryEntry | undefined;
}

/** A registry of entries whose names were checked. */
export function makeRegistry(origin: RegistryOrigin, entries: readonly RegistryEntry[]): Registry {
  const byName = new Map(entries.map((entry) => [`${entry.kind} ${entry.name}`, entry]));
  const find = (kind: EntryKind, name: string): RegistryEntry | undefined => byName.get(`${kind} ${name}`);
  return {
    origin,
    entries,
    find(kind, name) {
      const normal = normalizeName(name);
      return kind === undefined ? (find("backend", normal) ?? find("recipe", normal)) : find(kind, normal);
    },
  };
}
