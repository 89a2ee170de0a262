import type { Arguments, GivenOption } from "../words/arguments.ts";

const PRETENDS: ReadonlySet<string> = new Set(
  "--dry-run --dryrun --dry_run --preview-only --assumeno --what-if --whatif --pretend --simulate --noop --no-op --no-act --just-print --recon --why-run".split(
    " ",
  ),
);

/** Whether a program is only asked what it can do, or what it would do. */
export function isQuestion({ options, operands }: Arguments): boolean {
  for (let at = 0; at < options.length; at++) {
    const { name, value } = options[at] as GivenOption;
    if (!name.startsWith("--")) continue;
    if (name === "--help" || (name === "--version" && operands.length === 0 && value === undefined)) return true;
    if (PRETENDS.has(name) && (value === undefined || !/^(?:none|false|no|0)$/.test(value.text))) return true;
  }
  return false;
}
