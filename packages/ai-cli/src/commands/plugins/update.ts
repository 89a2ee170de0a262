import { isAbsolute } from "node:path";
import { normalizeName } from "@d0ttino/plugin-sdk/host";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { KIND_OF_GROUP } from "@d0ttino/llm/host/plugin-package";
import type { Registry } from "../../manager/registry/registry.ts";
import type { InstalledPackage } from "../../manager/store/generation.ts";
import { wantedPackage, type WantedPackage } from "../../manager/wanted-package.ts";
import { writeMessage } from "../../terminal/terminal.ts";
import { installEach, refuseAllowances } from "./install-each.ts";
import { changeOptions, openRegistry, pluginStore } from "./manager-tools.ts";
import type { ManagerInvocation } from "./plugins.ts";

/** `ai-cli plugins update`: what is named, or all, as the registry has it now, or as it was asked for from elsewhere. */
export async function update(invocation: ManagerInvocation): Promise<number> {
  const { options, words, kind } = invocation;
  refuseAllowances(options, "update");
  const change = changeOptions();
  const current = pluginStore().current();
  const brings = (name: string, one: InstalledPackage): boolean =>
    current?.packages.some(
      ({ name: owner, entries }) =>
        owner === one.package &&
        (owner === name || entries.some((entry) => entry.name === normalizeName(name))) &&
        (kind === undefined || entries.some((entry) => KIND_OF_GROUP[entry.group] === kind)),
    ) === true;
  const installed = current?.installed ?? [];
  const all = installed.filter((one) => brings(one.package, one)).map((one) => one.package);
  if (words.length === 0 && all.length === 0) writeMessage("Nothing is installed that could be updated.");
  const registry = await openRegistry(invocation, change.signal);
  const find = (word: string): WantedPackage => {
    const found = installed.find((one) => brings(word, one));
    if (found === undefined) {
      throw new D0ttinoError("unknown-plugin", `${word} is not installed.`, {
        hint: `Install it: ai-cli plugins install ${word}`,
      });
    }
    return wanted(found, brings, registry);
  };
  return installEach(words.length === 0 ? all : words, find, pluginStore(), options, change);
}

function wanted(
  installed: InstalledPackage,
  brings: (name: string, one: InstalledPackage) => boolean,
  registry: Registry,
): WantedPackage {
  const { package: owner, requested } = installed;
  const entries = registry.entries.filter((one) => one.package === owner);
  // One package may stand under several names, of which others need not be wanted.
  const entry = entries.find(({ name }) => brings(name, installed)) ?? entries[0];
  return entry === undefined ? { request: { spec: requested, isLocal: isAbsolute(requested) } } : wantedPackage(entry);
}
