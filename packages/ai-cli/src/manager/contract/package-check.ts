/** The outcome of one check of a package. */
export interface PackageCheck {
  /** `package`, or the backend or recipe that was looked at, as `backend "mine"`. */
  readonly about: string;
  /** What was checked, as a statement about it: `answers a prompt`. */
  readonly name: string;
  /** False when it failed; what was skipped is ok. */
  readonly ok: boolean;
  readonly skipped: boolean;
  /** Why it failed or was skipped, or what was measured; else null. */
  readonly message: string | null;
}

/** Everything that was found about a package. */
export interface PackageReport {
  readonly name: string;
  readonly version: string | null;
  /** Absolute. */
  readonly dir: string;
  /** How long the import of its modules took, in milliseconds, rounded; null when one failed. */
  readonly importMs: number | null;
  readonly checks: readonly PackageCheck[];
}

export function passed(about: string, name: string, message: string | null = null): PackageCheck {
  return { about, name, ok: true, skipped: false, message };
}

export function failed(about: string, name: string, message: string): PackageCheck {
  return { about, name, ok: false, skipped: false, message };
}

export function skipped(about: string, name: string, message: string): PackageCheck {
  return { about, name, ok: true, skipped: true, message };
}
