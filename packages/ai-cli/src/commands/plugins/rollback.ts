import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { writeData, writeMessage } from "../../terminal/terminal.ts";
import { changeOptions, pluginStore } from "./manager-tools.ts";
import type { ManagerInvocation } from "./manager-invocation.ts";

/** `ai-cli plugins rollback`: the state before the last change counts again; a second time undoes that. */
export async function rollback({ words, options, kind }: ManagerInvocation): Promise<number> {
  if (words.length > 0 || kind !== undefined) {
    throw new D0ttinoError("usage", "ai-cli plugins rollback takes no names: all plug-ins go back together.", {
      hint: "ai-cli plugins install NAME@VERSION brings another version of one.",
    });
  }
  const store = pluginStore();
  const done = await store.change(changeOptions(), () => Promise.resolve(store.rollback()));
  const packages = (store.current()?.packages ?? []).map(({ name, version }) => ({ name, version }));
  if (options["json"] === true) writeData(`${JSON.stringify({ rolledBack: done, packages }, null, 2)}\n`);
  else if (!done) writeMessage("There is no state before this one.");
  else {
    const what = packages.map(({ name, version }) => `${name} ${version}`).join(", ");
    writeMessage(`Back to the state before: ${what === "" ? "no plug-ins" : what}.`);
  }
  return 0;
}
