import { readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { directories } from "../config/directories.ts";
import { readJson } from "../config/read-json.ts";
import { libraryVersion } from "./library-location.ts";
import type { PluginEntry, PluginPackage } from "./plugin-package.ts";

/** A name that was found broken when its module was imported by doctor. */
export interface BrokenPlugin {
  /** The package's folder, absolute, its version, and a stamp of its files: with others the finding is void. */
  readonly dir: string;
  readonly version: string;
  readonly stamp: string;
  readonly group: PluginEntry["group"];
  readonly name: string;
  /** Why, and what to do, in sentences. */
  readonly problem: string;
}

/** What doctor found broken. Absent when everything works. */
export interface BrokenRecord {
  /** The versions that it was found with; with others it is void. */
  readonly node: string;
  readonly host: string;
  readonly broken: readonly BrokenPlugin[];
}

/** What is known to be broken and has not changed since. */
export interface BrokenPlugins {
  problemOf(owner: PluginPackage, entry: PluginEntry): string | undefined;
}

/** The file that holds what is broken; without it nothing is. */
export function brokenPluginsFile(): string {
  return join(directories().cache, "broken-plugins.json");
}

/** What doctor found broken at its last run; undefined when nothing. Never throws: a damaged record is none. */
export function readBrokenPlugins(): BrokenPlugins | undefined {
  const record = readBrokenRecord();
  if (record === undefined) return undefined;
  const { broken } = record;
  return {
    problemOf: ({ dir, version }, { group, name }) => {
      const found = broken.find((one) => one.dir === dir && one.group === group && one.name === name);
      return found?.version === version && found.stamp === stampOf(dir) ? found.problem : undefined;
    },
  };
}

/** The record as it is; undefined when there is none, or of other versions, or a damaged one. */
export function readBrokenRecord(): BrokenRecord | undefined {
  const file = brokenPluginsFile();
  try {
    // The usual case, in which no error need be made.
    if (statSync(file, { throwIfNoEntry: false }) === undefined) return undefined;
    const record = readJson(file) as Partial<BrokenRecord> | null | undefined;
    const isCurrent = record?.node === process.version && record.host === libraryVersion;
    return isCurrent && Array.isArray(record.broken) && record.broken.every(isBroken)
      ? (record as BrokenRecord)
      : undefined;
  } catch {
    return undefined;
  }
}

function isBroken(value: unknown): boolean {
  const one = value as Partial<Record<keyof BrokenPlugin, unknown>> | null;
  return (["dir", "version", "stamp", "group", "name", "problem"] as const).every(
    (field) => typeof one?.[field] === "string",
  );
}

/** More files than this are not looked at; the stamp of a large package is that of its first ones. */
const MOST_FILES = 2000;

/**
 * A text that changes when files of a package do, or what is installed beside it: how many there are, the sums of
 * their times and of their sizes. What it depends on counts by npm's hidden lock files.
 */
export function stampOf(dir: string): string {
  let [count, times, bytes] = [0, 0, 0];
  const add = (file: string): void => {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined) return;
    count += 1;
    times += Math.trunc(found.mtimeMs);
    bytes += found.size;
  };
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (count >= MOST_FILES) return;
      const path = join(folder, entry.name);
      if (entry.isFile()) add(path);
      else if (entry.isDirectory() && entry.name !== "node_modules" && entry.name !== ".git") visit(path);
    }
  };
  try {
    visit(dir);
    add(join(dir, "node_modules", LOCK));
    for (let above = dirname(dir); above !== dirname(above); above = dirname(above)) {
      if (basename(above) === "node_modules") add(join(above, LOCK));
    }
  } catch {
    // What cannot be read has a stamp, too.
  }
  return `${count} ${times} ${bytes}`;
}

const LOCK = ".package-lock.json";
