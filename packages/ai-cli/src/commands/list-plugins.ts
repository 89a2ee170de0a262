import type { PluginKind } from "@d0ttino/plugin-sdk/host";
import type { PluginInfo } from "@d0ttino/llm/host/plugin-host";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { writeData } from "../terminal/terminal.ts";
import { showControlCharacters } from "../terminal/control-characters.ts";
import { tableText } from "../terminal/table-text.ts";
import type { Invocation } from "./command.ts";

/** `ai-cli backends` and `ai-cli recipes`: what there is and where it comes from. Imports no plug-in. */
export async function listPlugins(kind: PluginKind, { options, words, host }: Invocation): Promise<number> {
  if (words.length > 0) throw new D0ttinoError("usage", `ai-cli ${kind}s takes no arguments.`);
  const found = host.list(kind);
  if (options["json"] === true) {
    const rows = found.map(({ status, problem, ...info }) => ({
      ...info,
      problem: problem ?? null,
      latest: null,
      status,
    }));
    writeData(`${JSON.stringify(rows, null, 2)}\n`);
    return 0;
  }
  const table = tableText(found, [
    ["NAME", (one) => one.name],
    ["STATUS", (one) => one.status],
    ["PACKAGE", (one) => one.package ?? ""],
    ["VERSION", (one) => one.version ?? ""],
    ["FROM", (one) => one.problem ?? PLACES[one.place]],
  ]);
  writeData(showControlCharacters(table));
  return 0;
}

const PLACES: Readonly<Record<PluginInfo["place"], string>> = {
  "built-in": "built in",
  "config-file": "the config file",
  "plugin-path": "D0TTINO_PLUGIN_PATH",
  linked: "a linked folder",
  "plugin-home": "the plug-in home",
  "synced-recipes": "recipes sync",
  "node-modules": "node_modules beside ai-cli",
  program: "this program",
};
