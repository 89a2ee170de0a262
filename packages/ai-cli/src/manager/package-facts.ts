/** What a package says of itself. What it does not say is null. */
export interface PackageFacts {
  readonly version: string | null;
  readonly description: string | null;
  readonly homepage: string | null;
  readonly licence: string | null;
  readonly author: string | null;
  /** Who published it, by the name on the registry of npm, which alone knows it. */
  readonly publisher: string | null;
  /** When, in ISO 8601; known from there, too. */
  readonly published: string | null;
  /** How many packages it asks for. */
  readonly dependencies: number;
  /** On disk, without what it asks for. */
  readonly bytes: number | null;
}

/** The facts in a package.json, none of which can be relied on. */
export function packageFacts(manifest: Readonly<Record<string, unknown>>, bytes: number | null): PackageFacts {
  const { version, description, homepage, license, author, dependencies } = manifest;
  const publisher = (manifest["_npmUser"] as { name?: unknown } | undefined)?.name;
  return {
    version: text(version),
    description: text(description),
    homepage: text(homepage),
    licence: text(license) ?? text((license as { type?: unknown } | undefined)?.type),
    author: text(author) ?? text((author as { name?: unknown } | undefined)?.name),
    publisher: text(publisher),
    published: text(manifest["_time"]),
    dependencies: typeof dependencies === "object" && dependencies !== null ? Object.keys(dependencies).length : 0,
    bytes,
  };
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
