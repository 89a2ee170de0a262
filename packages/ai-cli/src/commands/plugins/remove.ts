import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { normalizeName, type PluginKind } from "@d0ttino/plugin-sdk/host";
import { nearest } from "@d0ttino/llm/errors/did-you-mean";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { KIND_OF_GROUP, type PluginPackage } from "@d0ttino/llm/host/plugin-package";
import { providersWithout } from "../../manager/provider-package.ts";
import { eachWord, type WordOutcome } from "./each-word.ts";
import { changeOptions, openRegistry, pluginStore } from "./manager-tools.ts";
import type { ManagerInvocation } from "./manager-invocation.ts";

/** `ai-cli plugins remove`: by a name that the package brings, or its own. Nothing of it is imported. */
export async function remove(invocation: ManagerInvocation): Promise<number> {
  // Removing needs no registry, but --update promises to fetch it.
  if (invocation.options["update"] === true) await openRegistry(invocation, changeOptions().signal);
  return take(invocation, () => true, "installed");
}

/** `ai-cli plugins unlink`: the same for linked folders alone, which can be named, too. */
export function unlink(invocation: ManagerInvocation): Promise<number> {
  return take(invocation, (one) => one.linked, "linked");
}

async function take(
  { words, options, kind }: ManagerInvocation,
  isMeant: (one: PluginPackage) => boolean,
  state: "installed" | "linked",
): Promise<number> {
  if (words.length === 0) {
    throw new D0ttinoError("usage", `Name what to ${state === "linked" ? "unlink" : "remove"}.`, {
      hint: "ai-cli plugins list shows what there is.",
    });
  }
  const change = { ...changeOptions(), offline: options["offline"] === true };
  const { removePlugin } = await import("../../manager/with-npm.ts");
  return eachWord(words, options["json"] === true, async (word) => {
    const hasName = named(word, kind);
    const isNamed = (one: PluginPackage): boolean => isMeant(one) && hasName(one);
    const packages = pluginStore().current()?.packages ?? [];
    const found = packages.find(isNamed);
    const name = normalizeName(word);
    if (options["dry-run"] === true && found !== undefined) {
      const left = providersWithout(found, name).map((one) => one.name);
      const { name: owner, version, linked } = found;
      const text =
        left.length > 0
          ? `${name} would be removed; ${owner} ${version} would stay for ${left.join(", ")}.`
          : `${owner} ${version} would be ${linked ? "linked no more" : "removed"}.`;
      return { text, data: { package: owner, version, left } };
    }
    const removed = await removePlugin(pluginStore(), isNamed, name, change);
    if (removed === undefined) {
      const meant = packages.filter(isMeant);
      if (kind !== undefined && meant.some(named(word, undefined))) return ofOtherKind(word, state, kind);
      return absent(word, state, packages.some(hasName), namesOf(meant));
    }
    const { package: owner, version, wasLinked, left } = removed;
    const whole = wasLinked ? `${owner} is linked no more; its folder stays.` : `${owner} ${version} is removed.`;
    const text = left.length > 0 ? `${name} is removed; ${owner} ${version} stays for ${left.join(", ")}.` : whole;
    return { text, data: { package: owner, version, left } };
  });
}

/** Whether a package brings what a word names, is called so, or is linked from there. */
function named(word: string, kind: ManagerInvocation["kind"]): (one: PluginPackage) => boolean {
  const [name, dir] = [normalizeName(word), realPath(word)];
  return (one) =>
    one.name === word ||
    (one.linked && one.dir === dir) ||
    one.entries.some((entry) => entry.name === name && (kind === undefined || KIND_OF_GROUP[entry.group] === kind));
}

/** What is gone was linked by its real path all the same. */
function realPath(word: string): string {
  const path = resolve(word);
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function absent(word: string, state: string, isInstalled: boolean, names: readonly string[]): WordOutcome {
  const near = nearest(word, names);
  const hint = isInstalled
    ? ` It is installed: ai-cli plugins remove ${word}`
    : near === undefined
      ? ""
      : ` Did you mean "${near}"?`;
  return { text: `${word} is not ${state}.${hint}`, data: { package: null, version: null, left: [] } };
}

function ofOtherKind(word: string, state: "installed" | "linked", kind: PluginKind): WordOutcome {
  const [other, verb] = [kind === "backend" ? "recipe" : "backend", state === "linked" ? "unlink" : "remove"];
  const text = `${word} is no ${kind} but a ${other}: ai-cli plugins ${verb} ${word}`;
  return { text, data: { package: null, version: null, left: [] } };
}

function namesOf(packages: readonly PluginPackage[]): string[] {
  return packages.flatMap(({ name, entries }) => [name, ...entries.map((entry) => entry.name)]);
}
