import { exactVersion } from "@d0ttino/llm/host/semver";
import { quoted } from "../registry/quoted.ts";
import type { PlacedEntry } from "../registry/read-registry.ts";
import type { Fault } from "./finding.ts";

/** Whether the package of an entry comes from npm for anybody: from a folder it comes for this file's readers alone. */
export function isFromNpm({ path, entry }: Pick<PlacedEntry, "path" | "entry">): boolean {
  return path === undefined || entry.version !== undefined;
}

/** What is wrong with an entry as it stands in the file. */
export function checkEntry(placed: PlacedEntry): Fault[] {
  const { name, version, integrity, adapter, apiKeyEnv, defaultModel, package: owner } = placed.entry;
  const faults: Fault[] = [];
  const pin = `npm view ${owner} version dist.integrity shows what to write`;
  if (isFromNpm(placed)) {
    if (version === undefined) {
      const what = `${quoted(name)} has no version, so it would be whichever is the latest`;
      faults.push({ rule: "not-pinned", what, fix: `Add "version" and "integrity"; ${pin}` });
    } else if (exactVersion(version) === null) {
      const what = `${quoted(name)} has ${quoted(version)} for a version, which may become another one`;
      faults.push({ rule: "not-pinned", field: "version", what, fix: `Write an exact version; ${pin}` });
    } else if (integrity === undefined) {
      const what = `${quoted(name)} has no integrity, so nobody would notice another content`;
      faults.push({
        rule: "not-pinned",
        what,
        fix: `Add "integrity"; npm view ${owner}@${version} dist.integrity shows it`,
      });
    }
  }
  if (apiKeyEnv !== undefined && !/^[A-Z][A-Z0-9_]*$/.test(apiKeyEnv)) {
    const what = `"apiKeyEnv" of ${quoted(name)} is ${quoted(apiKeyEnv)}, which does not look like a variable`;
    faults.push({ rule: "key-variable", field: "apiKeyEnv", what, fix: 'Write it like "ACME_API_KEY"' });
  }
  if (adapter !== undefined && defaultModel === undefined) {
    const what = `${quoted(name)} has no default model`;
    faults.push({ rule: "no-default-model", what, fix: 'Add "defaultModel" with a model id of that vendor' });
  }
  return faults;
}

/** What is wrong with an entry beside those before it in the file. */
export function checkAgainstEarlier({ path, entry }: PlacedEntry, earlier: readonly PlacedEntry[]): Fault[] {
  const faults: Fault[] = [];
  const { name, kind, version } = entry;
  const same = earlier.find((other) => other.entry.package === entry.package);
  if (same !== undefined) {
    const first = quoted(same.entry.name);
    if (same.entry.version !== version || same.path !== path) {
      const what = `${quoted(name)} and ${first} are ${entry.package} in two versions or from two places`;
      faults.push({ rule: "two-versions", field: "package", what, fix: "Write the same for both" });
    }
    const isProvider = entry.adapter !== undefined && same.entry.adapter !== undefined;
    if (isProvider && same.entry.export === entry.export) {
      const what = `${quoted(name)} and ${first} are one provider, ${entry.package}`;
      faults.push({ rule: "same-provider", field: "package", what, fix: "Keep one of the two names" });
    }
  }
  const rival = earlier.find((other) => other.entry.name === name && other.entry.kind !== kind);
  if (rival !== undefined && rival.entry.package !== entry.package) {
    const what = `${quoted(name)} is a backend of one package and a recipe of another`;
    faults.push({ rule: "name-two-kinds", what, fix: "Rename one of them: a bare name means the backend" });
  }
  return faults;
}
