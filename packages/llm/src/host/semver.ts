// The questions the host asks of version ranges, in a module of their own so that they are loaded only when asked.
import lt from "semver/functions/lt.js";
import satisfies from "semver/functions/satisfies.js";
import valid from "semver/functions/valid.js";
import gtr from "semver/ranges/gtr.js";
import validRange from "semver/ranges/valid.js";

export { gtr, validRange };

/**
 * Whether a range allows a version; that of a prerelease counts like any other. What is no range of versions, such as
 * `file:…` or `workspace:*`, says nothing and so allows it.
 */
export function allowsVersion(range: string, version: string): boolean {
  return validRange(range) === null || satisfies(version, range, { includePrerelease: true });
}

/** The text when it is one exact version, written as npm writes it, or null. */
export function exactVersion(text: string): string | null {
  return valid(text) === text ? text : null;
}

/** Whether a version is lower than another; false when one of them is no exact version. */
export function isLower(one: string, other: string): boolean {
  return exactVersion(one) !== null && exactVersion(other) !== null && lt(one, other);
}
