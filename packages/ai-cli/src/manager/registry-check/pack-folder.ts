import { resolvePackage } from "../installer/resolve-package.ts";
import { npmSettings } from "../installer/npm-settings.ts";
import { meaning } from "../installer/install-failure.ts";
import { D0ttinoError, isD0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { sentence } from "@d0ttino/llm/errors/message-of";
import type { PackedPackage } from "./packed-package.ts";
import { readTarball } from "./read-tarball.ts";

/** What npm would publish of a folder. */
export interface PackedFolder {
  readonly name: string;
  readonly version: string;
  /** The sha512 of the tarball. */
  readonly integrity: string;
  /** The size of the tarball. */
  readonly bytes: number;
  readonly packed: PackedPackage;
}

/**
 * Packs a folder as `npm publish` does, without running any of its scripts. Nothing is written into it.
 * @param npmDir the folder whose .npmrc counts besides the user's
 * @throws D0ttinoError `install-failed` when it cannot be packed
 */
export async function packFolder(dir: string, npmDir: string): Promise<PackedFolder> {
  try {
    const settings = await npmSettings(npmDir, true);
    const { name, version, integrity, tarball } = await resolvePackage({ spec: dir, isLocal: true }, settings);
    if (typeof name !== "string" || typeof version !== "string") {
      throw new Error("its package.json needs a name and a version");
    }
    const bytes = tarball ?? Buffer.alloc(0);
    return { name, version, integrity, bytes: bytes.length, packed: await readTarball(bytes) };
  } catch (error) {
    if (isD0ttinoError(error)) throw error;
    const [cause, remedy] = meaning(error);
    throw new D0ttinoError("install-failed", `${dir} cannot be packed: ${sentence(cause)}`, {
      hint: remedy === undefined ? undefined : sentence(remedy),
      cause: error,
    });
  }
}
