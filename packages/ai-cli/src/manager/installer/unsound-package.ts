/** A package that no honest packer made, or registry named; the message says what is wrong, with "it" for the package. */
export class UnsoundPackage extends Error {
  readonly code = "EUNSOUND";
  /** The package, as npm's libraries name it in their errors; undefined until it is known. */
  pkgid: string | undefined;
}

/** What is wrong with a package whose content nobody vouches for. */
export const NO_HASH = "the registry of npm tells no hash of it, so nobody could tell whether it was changed";
