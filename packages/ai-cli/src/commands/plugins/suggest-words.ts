import type { PluginKind } from "@d0ttino/plugin-sdk/host";
import { KIND_OF_GROUP, type PluginPackage } from "@d0ttino/llm/host/plugin-package";
import { loadRegistry } from "../../manager/registry/load-registry.ts";
import type { Suggestions } from "../command.ts";
import { pluginStore } from "./manager-tools.ts";
import { isVerb, readVerb } from "./read-verb.ts";
import { shippedRegistry } from "./shipped-registry.ts";
import { PLUGIN_KINDS, PLUGIN_VERBS, takesOption, type PluginVerb } from "./verbs.ts";

/**
 * What the word behind those that were typed can be, and which options count there. It asks nobody: the registry is what
 * was fetched before, or came with the program.
 */
export async function suggestWords(typed: readonly string[], packageDir: string): Promise<Suggestions> {
  const { kind, name, words } = readVerb(typed);
  if (name === undefined) return { words: kind === undefined ? [...VERBS, ...Object.keys(PLUGIN_KINDS)] : VERBS };
  if (!isVerb(name)) return { words: [] };
  const found = await wordsFor(name, kind, words, packageDir).catch(() => []);
  return { words: found.filter((one) => !words.includes(one)), isOption: (option) => takesOption(name, option) };
}

const VERBS = Object.keys(PLUGIN_VERBS);

async function wordsFor(
  verb: PluginVerb,
  kind: PluginKind | undefined,
  before: readonly string[],
  packageDir: string,
): Promise<readonly string[]> {
  switch (verb) {
    case "install":
      return namesOfRegistry(kind, packageDir);
    case "remove":
    case "update":
    case "doctor":
      return installedNames(kind, () => true);
    case "unlink":
      return installedNames(kind, (one) => one.linked);
    case "info":
      if (before.length > 0) return [];
      return [...new Set([...(await namesOfRegistry(kind, packageDir)), ...installedNames(kind, () => true)])];
    case "registry":
      return before.length === 0 ? ["check"] : [];
    default:
      return [];
  }
}

async function namesOfRegistry(kind: PluginKind | undefined, packageDir: string): Promise<string[]> {
  const options = { offline: true, shipped: shippedRegistry(packageDir), onWarning: () => {} };
  const { entries } = await loadRegistry(options);
  return entries.filter((one) => kind === undefined || one.kind === kind).map((one) => one.name);
}

function installedNames(kind: PluginKind | undefined, isMeant: (one: PluginPackage) => boolean): string[] {
  return (pluginStore().current()?.packages ?? [])
    .filter(isMeant)
    .flatMap(({ entries }) => entries)
    .filter(({ group }) => kind === undefined || KIND_OF_GROUP[group] === kind)
    .map(({ name }) => name);
}
