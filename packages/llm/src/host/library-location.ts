import { resolve } from "node:path";
import type { SdkLocation } from "./sdk-resolver.ts";

/** The version of the library, which built-ins carry too. */
export const libraryVersion = "0.1.0";

/** Where the host's own code lies on disk. */
export interface LibraryLocation {
  /** The real path of the package's folder; plug-ins are looked for in node_modules folders above it. */
  readonly dir: string;
  readonly sdk: () => SdkLocation;
}

/**
 * @param folder the folder of a module of the package, `import.meta.dirname`
 * @param up how many folders its package.json lies above that
 */
export function libraryLocation(folder: string, up: number, sdk: () => SdkLocation): LibraryLocation {
  return { dir: resolve(folder, ...Array.from({ length: up }, () => "..")), sdk };
}
