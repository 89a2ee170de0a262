import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import type { ResolvedPackage } from "./installer/resolve-package.ts";
import type { InstalledPackage } from "./store/generation.ts";

/**
 * Holds a package to what the registry of plug-ins says of it, and to what was installed before.
 * @throws D0ttinoError `install-failed`
 */
export function checkIntegrity(
  now: ResolvedPackage,
  wanted: string | undefined,
  before: InstalledPackage | undefined,
): void {
  if (wanted !== undefined && wanted !== now.integrity) {
    throw new D0ttinoError(
      "install-failed",
      `${now.name} ${now.version} is not the package that the registry of plug-ins means: its SHA-512 is another.`,
      { hint: "It may have been swapped. Tell the maintainers of the registry." },
    );
  }
  // What was noted anew by doctor may have lost its hash.
  if (before?.version === now.version && !["", now.integrity].includes(before.integrity)) {
    throw new D0ttinoError(
      "install-failed",
      `${now.name} ${now.version} was published a second time with another content.`,
      { hint: "What is installed stays. Ask its author before you remove it and install it anew." },
    );
  }
}
