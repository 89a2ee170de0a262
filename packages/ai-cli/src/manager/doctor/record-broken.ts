import { rmSync } from "node:fs";
import { writeFileAtomic } from "@d0ttino/llm/config/write-file-atomic";
import {
  brokenPluginsFile,
  readBrokenRecord,
  stampOf,
  type BrokenPlugin,
  type BrokenRecord,
} from "@d0ttino/llm/host/broken-plugins";
import { libraryVersion } from "@d0ttino/llm/host/library-location";
import { wantsWithheld } from "./plugin-findings.ts";
import type { TriedPlugin } from "./try-plugins.ts";

/**
 * Keeps what was found broken, for lists to show. What was found before of packages that were not looked at now stays.
 * A cache folder that cannot be written only costs the lists what they would have shown.
 */
export function recordBroken(tried: readonly TriedPlugin[], withheld: readonly string[]): void {
  const before = readBrokenRecord()?.broken ?? [];
  const rest = before.filter((one) => !tried.some(({ package: { dir } }) => dir === one.dir));
  const broken = [...rest, ...tried.flatMap((one) => brokenOf(one, withheld))];
  const record: BrokenRecord = { node: process.version, host: libraryVersion, broken };
  try {
    if (broken.length === 0) rmSync(brokenPluginsFile(), { force: true });
    else writeFileAtomic(brokenPluginsFile(), `${JSON.stringify(record, null, 2)}\n`);
  } catch {}
}

function brokenOf({ package: { dir, version }, tried }: TriedPlugin, withheld: readonly string[]): BrokenPlugin[] {
  const faulty = tried.entries.filter((one) => one.message !== undefined && wantsWithheld(one, withheld) === undefined);
  if (faulty.length === 0) return [];
  const stamp = stampOf(dir);
  return faulty.map(({ group, name, message = "", hint = "" }) => ({
    dir,
    version,
    stamp,
    group,
    name,
    problem: `${message} ${hint}`.trim(),
  }));
}
