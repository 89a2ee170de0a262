import type { PackageCheck, PackageReport } from "../../manager/contract/package-check.ts";
import { showControlCharacters } from "../../terminal/control-characters.ts";

const GREEN = 32;
const RED = 31;
const GREY = 90;

/** The report for a person: a line for each check, under what it is about, and how many there were. */
export function testReport({ name, version, dir, checks }: PackageReport, hasColours: boolean): string {
  const lines: string[] = [`${[name, version ?? ""].join(" ").trim()}, in ${dir}`];
  let about = "";
  for (const check of checks.toSorted((a, b) => orderOf(a, checks) - orderOf(b, checks))) {
    if (check.about !== about) lines.push("", check.about);
    about = check.about;
    lines.push(line(check, hasColours));
  }
  const failed = checks.filter((check) => !check.ok).length;
  const skipped = checks.filter((check) => check.skipped).length;
  const rest = skipped === 0 ? "" : `, ${skipped} skipped`;
  lines.push("", `${checks.length - failed - skipped} passed, ${failed} failed${rest}.`);
  return `${lines.map((one) => (hasColours ? one : showControlCharacters(one))).join("\n")}\n`;
}

/** What is about one thing stands together, in the order in which the things came up. */
function orderOf(check: PackageCheck, checks: readonly PackageCheck[]): number {
  return checks.findIndex((one) => one.about === check.about);
}

function line({ name, ok, skipped, message }: PackageCheck, hasColours: boolean): string {
  const [sign, colour] = skipped ? ["-", GREY] : ok ? ["✓", GREEN] : ["✗", RED];
  const why =
    message === null ? "" : showControlCharacters(ok ? ` (${skipped ? "skipped: " : ""}${message})` : `: ${message}`);
  return hasColours ? `  \u001B[${colour}m${sign}\u001B[39m ${name}${why}` : `  ${sign} ${name}${why}`;
}
