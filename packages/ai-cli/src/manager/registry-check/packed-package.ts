/** A package to look at, be it in a tarball or in a folder. Nothing of it runs. */
export interface PackedPackage {
  /** Its package.json. */
  readonly manifest: Readonly<Record<string, unknown>>;
  /** Whether it has a file; the path is relative to the package and has forward slashes. */
  has(path: string): boolean;
  /** The text of a file, or undefined when it is not there or too large to look at. */
  textOf(path: string): string | undefined;
}

/** Beyond so many bytes a file is not looked at. */
export const LARGEST_TEXT = 8 * 1024 * 1024;

/**
 * Reads the text of a package.json.
 * @throws Error when it is not one
 */
export function readManifestText(text: string): Readonly<Record<string, unknown>> {
  const manifest: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
  if (typeof manifest !== "object" || manifest === null || Array.isArray(manifest)) {
    throw new Error("its package.json does not hold an object");
  }
  return manifest as Record<string, unknown>;
}
