import { isAbsolute } from "node:path";
import { normalizeName } from "@d0ttino/plugin-sdk/host";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { KIND_OF_GROUP, type PluginPackage } from "@d0ttino/llm/host/plugin-package";
import { eachWord } from "./each-word.ts";
import { changeOptions, pluginStore } from "./manager-tools.ts";
import type { ManagerInvocation } from "./plugins.ts";

/** `ai-cli plugins remove`: by a name that the package brings, or its own. Nothing of it is imported. */
export function remove(invocation: ManagerInvocation): Promise<number> {
  return take(invocation, () => true, "is not installed");
}

/** `ai-cli plugins unlink`: the same for linked folders alone. */
export function unlink(invocation: ManagerInvocation): Promise<number> {
  return take(invocation, (one) => one.linked, "is not linked");
}

async function take(
  { words, options, kind }: ManagerInvocation,
  isMeant: (one: PluginPackage) => boolean,
  otherwise: string,
): Promise<number> {
  if (words.length === 0) throw new D0ttinoError("usage", "Name what to remove.");
  const change = changeOptions();
  const { removePlugin } = await import("../../manager/with-npm.ts");
  return eachWord(words, options["json"] === true, async (word) => {
    const name = normalizeName(word);
    const isNamed = (one: PluginPackage): boolean =>
      isMeant(one) &&
      (one.name === word ||
        (isAbsolute(word) && one.dir === word) ||
        one.entries.some(
          (entry) => entry.name === name && (kind === undefined || KIND_OF_GROUP[entry.group] === kind),
        ));
    const found = pluginStore().current()?.packages.find(isNamed);
    if (options["dry-run"] === true && found !== undefined) {
      const text = `${found.name} ${found.version} would be ${found.linked ? "linked no more" : "removed"}.`;
      return { text, data: { package: found.name, version: found.version } };
    }
    const removed = await removePlugin(pluginStore(), isNamed, change);
    if (removed === undefined) return { text: `${word} ${otherwise}.`, data: { package: null, version: null } };
    const { package: owner, version, wasLinked } = removed;
    const text = wasLinked ? `${owner} is linked no more; its folder stays.` : `${owner} ${version} is removed.`;
    return { text, data: { package: owner, version } };
  });
}
