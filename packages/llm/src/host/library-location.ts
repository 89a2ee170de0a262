import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { SdkLocation } from "./sdk-resolver.ts";

/** The version of the library, which built-ins carry too. */
export const libraryVersion = "0.1.0";

/** Where the host's own code lies on disk. */
export interface LibraryLocation {
  /** The real path of the package's folder; plug-ins are looked for in node_modules folders above it. */
  readonly dir: string;
  /** The same as a URL, with a trailing slash. */
  readonly url: string;
  readonly sdk: () => SdkLocation;
}

/**
 * @param moduleUrl a module of the package, `import.meta.url`
 * @param up how many folders its package.json lies above it
 */
export function libraryLocation(moduleUrl: string, up: number, sdk: () => SdkLocation): LibraryLocation {
  const dir = resolve(dirname(fileURLToPath(moduleUrl)), ...Array.from({ length: up }, () => ".."));
  return { dir, url: pathToFileURL(join(dir, "/")).href, sdk };
}
