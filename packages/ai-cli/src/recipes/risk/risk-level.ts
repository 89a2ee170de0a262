/**
 * How much a step could break, from nothing to everything.
 *
 * - `none`: it reads and prints.
 * - `low`: it makes or changes things of the project, in a way that is easily undone.
 * - `medium`: it reaches out of the project: installs, sends, asks for other privileges, runs code nobody has read.
 * - `high`: it loses data or a service that may not come back, gives secrets or rights away, publishes for good, or cannot
 *   be read.
 * - `critical`: it loses all of something: the machine, a disk, a home, a database, an account's resources.
 */
export type RiskLevel = "none" | "low" | "medium" | "high" | "critical";

/** All of them, the least serious first. */
export const RISK_LEVELS: readonly RiskLevel[] = ["none", "low", "medium", "high", "critical"];

/** Whether a level is as serious as another, or more. */
export function isAtLeast(level: RiskLevel, than: RiskLevel): boolean {
  return RISK_LEVELS.indexOf(level) >= RISK_LEVELS.indexOf(than);
}
