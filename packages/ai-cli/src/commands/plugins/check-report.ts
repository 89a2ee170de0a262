import type { CheckedPackages } from "../../manager/registry-check/check-packages.ts";
import type { Baseline } from "../../manager/registry-check/compare-registries.ts";
import type { Finding } from "../../manager/registry-check/finding.ts";

/** What came of a check. */
export interface CheckReport {
  /** As it was named. */
  readonly file: string;
  readonly findings: readonly Finding[];
  /** How many entries are sound. */
  readonly entries: number;
  readonly packages: CheckedPackages;
  readonly offline: boolean;
  readonly baseline: Baseline | undefined;
}

/** The report for a program. */
export function reportAsJson({ file, findings, entries, packages, offline, baseline }: CheckReport): string {
  const { folders, asked, left } = packages;
  const checked = { entries, folders, packages: asked, notAsked: left };
  return `${JSON.stringify({ file, findings, checked, offline, against: baseline?.shown ?? null }, null, 2)}\n`;
}

/** The report for a person: a line for each finding, and one that says how much was looked at. */
export function reportAsLines({ file, findings, entries, packages, baseline }: CheckReport): string {
  const told = findings.map(({ line, severity, rule, what, fix }) => {
    return `${file}:${line}: ${severity}: ${what}. ${/[.?!]$/.test(fix) ? fix : `${fix}.`} [${rule}]`;
  });
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const counts = [
    amount(entries, "entry", "entries"),
    ...(packages.folders === 0 ? [] : [`${amount(packages.folders, "folder", "folders")} beside it`]),
    ...(packages.asked === 0 ? [] : [`${amount(packages.asked, "package", "packages")} of npm`]),
    ...(baseline === undefined ? [] : [`compared with ${baseline.shown}`]),
  ].join(", ");
  const left =
    packages.left === 0 ? "" : ` npm was not asked for ${amount(packages.left, "package", "packages")}: --offline.`;
  const warnings = amount(findings.length - errors, "warning", "warnings");
  const verdict = findings.length === 0 ? "is good" : `has ${amount(errors, "error", "errors")} and ${warnings}`;
  return [...told, `${file} ${verdict}: ${counts}.${left}`, ""].join("\n");
}

function amount(count: number, one: string, more: string): string {
  return `${count} ${count === 1 ? one : more}`;
}
