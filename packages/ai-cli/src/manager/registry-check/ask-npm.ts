import { Readable } from "node:stream";
import pacote from "pacote";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { codeOf } from "@d0ttino/llm/errors/message-of";
import { checkManifest } from "../installer/check-manifest.ts";
import { inspectTarball } from "../installer/inspect-tarball.ts";
import { isUnreachable, meaning } from "../installer/install-failure.ts";
import { npmSettings } from "../installer/npm-settings.ts";
import type { MissingPackage, PublishedPackage } from "./published-package.ts";
import { readTarball } from "./read-tarball.ts";

/** How npm is asked. */
export interface AskOptions {
  /** The folder whose .npmrc counts besides the user's. */
  readonly dir: string;
  readonly signal: AbortSignal;
}

const MISSING: Readonly<Record<string, MissingPackage["rule"]>> = {
  E404: "no-package",
  ENOVERSIONS: "no-package",
  ETARGET: "no-version",
  EINTEGRITY: "integrity",
};

/**
 * What npm has of a package. Its tarball goes to npm's cache; nothing of it is unpacked and nothing runs.
 * @param spec a package of npm with a version, a range or a tag
 * @throws D0ttinoError `download-failed` when npm cannot be reached; the reason of the signal
 */
export async function askNpm(spec: string, { dir, signal }: AskOptions): Promise<PublishedPackage | MissingPackage> {
  try {
    const settings = { ...(await npmSettings(dir, false)), preferOnline: true, fullMetadata: true, signal };
    const manifest = await pacote.manifest(spec, settings);
    const { name, version, integrity } = checkManifest(spec, manifest);
    const bytes = await pacote.tarball(`${name}@${version}`, { ...settings, integrity });
    await inspectTarball(Readable.from([bytes]));
    const { deprecated } = manifest as { deprecated?: unknown };
    return {
      version,
      integrity: integrity.split(/\s+/).find((hash) => hash.startsWith("sha512-")),
      deprecated: typeof deprecated === "string" && deprecated !== "" ? deprecated : undefined,
      packed: await readTarball(bytes),
    };
  } catch (error) {
    signal.throwIfAborted();
    const [cause] = meaning(error);
    if (isUnreachable(error)) {
      throw new D0ttinoError("download-failed", `${spec} could not be looked at: ${cause}.`, {
        hint: "Check the network connection, or leave out what npm knows: --offline.",
        cause: error,
      });
    }
    return { rule: MISSING[codeOf(error) ?? ""] ?? "unreadable", why: cause };
  }
}
