import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { eachWord } from "./each-word.ts";
import { changeOptions, pluginStore } from "./manager-tools.ts";
import type { ManagerInvocation } from "./manager-invocation.ts";
import { pluginFolder } from "./plugin-folder.ts";

/** `ai-cli plugins link`: uses a folder from where it lies. */
export async function link({ words, options, kind }: ManagerInvocation): Promise<number> {
  if (words.length === 0) throw new D0ttinoError("usage", "Name the folder of the plug-in.");
  // One alone that is not there is wrong usage; among others it is one of those that fail.
  if (words.length === 1) pluginFolder(words[0] as string);
  const change = changeOptions();
  const { linkPlugin } = await import("../../manager/with-npm.ts");
  return eachWord(words, options["json"] === true, async (word) => {
    const dir = pluginFolder(word);
    const expected = kind === undefined ? undefined : { kind, name: undefined };
    const { name, version, entries } = await linkPlugin(pluginStore(), dir, { ...change, expected });
    const brings = entries.map((entry) => entry.name).join(", ");
    return { text: `${name} ${version} is linked from ${dir} (${brings}).`, data: { package: name, version } };
  });
}
