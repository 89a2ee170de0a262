import { isAbsolute } from "node:path";
import { normalizeName } from "@d0ttino/plugin-sdk/host";
import { nearest } from "@d0ttino/llm/errors/did-you-mean";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { KIND_OF_GROUP, type PluginPackage } from "@d0ttino/llm/host/plugin-package";
import type { Registry } from "../../manager/registry/registry.ts";
import type { InstalledPackage } from "../../manager/store/generation.ts";
import { wantedPackage, type WantedPackage } from "../../manager/wanted-package.ts";
import { writeData, writeMessage } from "../../terminal/terminal.ts";
import { installEach } from "./install-each.ts";
import { changeOptions, openRegistry, pluginStore } from "./manager-tools.ts";
import type { ManagerInvocation } from "./manager-invocation.ts";

/** `ai-cli plugins update`: what is named, or all, as the registry has it now, or as it was asked for from elsewhere. */
export async function update(invocation: ManagerInvocation): Promise<number> {
  const { options, words, kind } = invocation;
  const change = changeOptions();
  const { packages = [], installed = [] } = pluginStore().current() ?? {};
  const fitting = packages.filter(
    ({ entries }) => kind === undefined || entries.some((entry) => KIND_OF_GROUP[entry.group] === kind),
  );
  const brings = (name: string, one: InstalledPackage): boolean =>
    fitting.some((owner) => owner.name === one.package && hasName(owner, name));
  const findInstalled = (word: string): InstalledPackage => {
    const found = installed.find((one) => brings(word, one));
    if (found === undefined) throw notInstalled(word, fitting);
    return found;
  };
  // A name alone that there is none of is wrong usage; among others it is one of those that fail.
  if (words.length === 1) findInstalled(words[0] as string);
  const all = installed.filter((one) => brings(one.package, one)).map((one) => one.package);
  const wanted = words.length === 0 ? all : words;
  if (wanted.length === 0) {
    writeMessage("Nothing is installed that could be updated.");
    if (options["json"] === true) writeData("[]\n");
    return 0;
  }
  const registry = await openRegistry(invocation, change.signal);
  const find = (word: string): WantedPackage => {
    const found = findInstalled(word);
    const owners = fitting.filter((one) => one.name === found.package);
    const names = owners.flatMap(({ entries }) => entries.map((entry) => entry.name));
    return wantedNow(found, names, normalizeName(word), registry);
  };
  return installEach(wanted, find, pluginStore(), options, change);
}

function hasName({ name, entries }: PluginPackage, wanted: string): boolean {
  return name === wanted || entries.some((entry) => entry.name === normalizeName(wanted));
}

function notInstalled(word: string, packages: readonly PluginPackage[]): D0ttinoError {
  const linked = packages.find((one) => one.linked && hasName(one, word));
  if (linked !== undefined) {
    return new D0ttinoError("unknown-plugin", `${word} is linked: it is as ${linked.dir} has it.`, {
      hint: "Only what is installed can be updated.",
    });
  }
  const names = packages.flatMap(({ name, entries }) => [name, ...entries.map((entry) => entry.name)]);
  const near = nearest(word, names);
  return new D0ttinoError("unknown-plugin", `${word} is not installed.`, {
    hint: near === undefined ? `Install it: ai-cli plugins install ${word}` : `Did you mean "${near}"?`,
  });
}

/**
 * What a package is to become.
 * @param names those that it brings, which an update does not change
 * @param name the one that was asked for, whose version counts where the registry has several
 */
function wantedNow(
  { package: owner, requested, providers }: InstalledPackage,
  names: readonly string[],
  name: string,
  registry: Registry,
): WantedPackage {
  const all = registry.entries.filter((one) => one.package === owner);
  const known = all.filter((one) => names.includes(one.name));
  // A plug-in's names are its own, and may be others now; a provider has those that somebody asked for.
  const other = providers === undefined ? all.find((one) => one.adapter === undefined) : undefined;
  const entry = known.find((one) => one.name === name) ?? known[0] ?? other;
  if (entry === undefined) return { request: { spec: requested, isLocal: isAbsolute(requested) } };
  const others = known.filter((one) => one !== entry);
  return wantedPackage(entry, undefined, others);
}
