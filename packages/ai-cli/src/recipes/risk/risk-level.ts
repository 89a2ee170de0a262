/**
 * How much a step could break, from nothing to everything.
 *
 * - `none`: it reads and prints.
 * - `low`: it makes or changes things of the project, in a way that is easily undone.
 * - `medium`: it reaches out of the project: installs, sends, asks for other privileges, runs code nobody has read.
 * - `high`: it loses data or a service that may not come back, or cannot be read.
 * - `critical`: it loses all of something: the machine, a disk, a home, a database, an account's resources.
 */
export type RiskLevel = "none" | "low" | "medium" | "high" | "critical";

const RANK: Readonly<Record<RiskLevel, number>> = { none: 0, low: 1, medium: 2, high: 3, critical: 4 };

/** Whether a level is as serious as another, or more. */
export function isAtLeast(level: RiskLevel, than: RiskLevel): boolean {
  return RANK[level] >= RANK[than];
}
