import type { PackageCheck, PackageReport } from "../../manager/contract/package-check.ts";
import { styled, type Style } from "../../terminal/colours.ts";
import { showControlCharacters } from "../../terminal/control-characters.ts";

/** The report for a person: a line for each check, under what it is about, and how many there were. */
export function testReport({ name, version, dir, checks }: PackageReport, hasColours: boolean): string {
  const lines: string[] = [showControlCharacters(`${[name, version ?? ""].join(" ").trim()}, in ${dir}`)];
  for (const about of new Set(checks.map((check) => check.about))) {
    lines.push("", about);
    for (const group of groups(checks.filter((check) => check.about === about))) lines.push(line(group, hasColours));
  }
  const failed = checks.filter((check) => !check.ok).length;
  const skipped = checks.filter((check) => check.skipped).length;
  const rest = skipped === 0 ? "" : `, ${skipped} skipped`;
  lines.push("", `${checks.length - failed - skipped} passed, ${failed} failed${rest}.`);
  return `${lines.join("\n")}\n`;
}

/** Each check by itself, but what was skipped for one reason together. */
function groups(checks: readonly PackageCheck[]): [PackageCheck, ...PackageCheck[]][] {
  const all: [PackageCheck, ...PackageCheck[]][] = [];
  for (const check of checks) {
    const last = all.at(-1);
    if (last !== undefined && check.skipped && last[0].skipped && last[0].message === check.message) last.push(check);
    else all.push([check]);
  }
  return all;
}

function line(
  [{ name, ok, skipped, message }, ...others]: readonly [PackageCheck, ...PackageCheck[]],
  hasColours: boolean,
): string {
  const [sign, colour] = (skipped ? ["-", "dim"] : ok ? ["✓", "green"] : ["✗", "red"]) as [string, Style];
  const why = message === null ? "" : ok ? ` (${skipped ? "skipped: " : ""}${message})` : `: ${message}`;
  const more = others.length === 0 ? "" : `, and ${others.length} more`;
  const shown = showControlCharacters(`${name}${more}${why}`);
  return `  ${hasColours ? styled(sign, colour) : sign} ${shown}`;
}
