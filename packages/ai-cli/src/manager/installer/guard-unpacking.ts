import pacote from "pacote";
import { inspectTarball } from "./inspect-tarball.ts";
import { NO_HASH, UnsoundPackage } from "./unsound-package.ts";

type Extract = typeof pacote.extract;
type Stream = (
  spec: string,
  handler: (tarball: NodeJS.ReadableStream) => Promise<void>,
  options?: object,
) => Promise<void>;

/** Opens the tarball that a spec of npm's means. The types of pacote leave it out. */
const openTarball = (pacote.tarball as unknown as { stream: Stream }).stream;

/**
 * Sees to it that npm's installer unpacks nothing that was not inspected, and that what it unpacks is whole. It unpacks in
 * several places, and some of it while it still finds out what to install, so all go through here.
 */
export function guardUnpacking(): void {
  torn = undefined;
  count = 0;
  if (pacote.extract === inspected) return;
  Object.assign(pacote, { extract: inspected });
  process.on("log", noteTorn);
  // A file beyond `ulimit -f` raises this signal, by which a library of npm's ends the program where nobody else listens.
  process.on("SIGXFSZ", () => {});
}

/** Who is told how many packages were unpacked since the guard was last set. */
let tell: ((count: number) => void) | undefined;
let count = 0;

/** Tells of each package that is unpacked from now on, with how many that are; nobody any more when it is undefined. */
export function watchUnpacking(listener: ((count: number) => void) | undefined): void {
  tell = listener;
}

/** What kept a file from being written since the guard was last set. */
let torn: unknown;

/** Where a file cannot be written, as on a full disk, npm's libraries log it and go on. */
function noteTorn(_level: string, title: unknown, code: unknown, _message: unknown, error: unknown): void {
  if (title === "tar" && code === "TAR_ENTRY_ERROR" && error !== undefined) torn ??= error;
}

const original: Extract = pacote.extract;

const inspected: Extract = async (spec, dest, options = {}) => {
  // Which packages may come from anywhere but the registry was decided when the tree was planned. The address of a
  // tarball is the registry's affair, and the hash holds what comes from there.
  const free = { ...options, allowRemote: "all" };
  try {
    if (!options.integrity && /@https?:/.test(spec)) throw new UnsoundPackage(NO_HASH);
    await openTarball(spec, inspectTarball, free);
    const result = await original(spec, dest, free);
    if (torn !== undefined) throw torn;
    tell?.((count += 1));
    return result;
  } catch (error) {
    throw named(error, spec);
  }
};

/**
 * Inspects what a spec of npm's means without unpacking it.
 * @throws UnsoundPackage; whatever npm's libraries throw
 */
export async function inspectPackage(spec: string, options: object): Promise<void> {
  await openTarball(spec, inspectTarball, options);
}

/** Errors of tarballs do not say whose. */
function named(error: unknown, spec: string): unknown {
  const id = spec.replace(/@(?:https?|file):.*$/s, "");
  if (error instanceof Error && !("pkgid" in error && error.pkgid !== undefined)) Object.assign(error, { pkgid: id });
  return error;
}
