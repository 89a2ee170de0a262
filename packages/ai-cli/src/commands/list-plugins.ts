import type { PluginKind } from "@d0ttino/plugin-sdk/host";
import type { PluginInfo } from "@d0ttino/llm/host/plugin-host";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { writeData } from "../terminal/terminal.ts";
import { showControlCharacters } from "../terminal/control-characters.ts";
import type { Invocation } from "./command.ts";

/** `ai-cli backends` and `ai-cli recipes`: what there is and where it comes from. Imports no plug-in. */
export async function listPlugins(kind: PluginKind, { options, words, host }: Invocation): Promise<number> {
  if (words.length > 0) throw new D0ttinoError("usage", `ai-cli ${kind}s takes no arguments.`);
  const found = host.list(kind);
  if (options["json"] === true) {
    const rows = found.map(({ status, ...info }) => ({ ...info, latest: null, status }));
    writeData(`${JSON.stringify(rows, null, 2)}\n`);
    return 0;
  }
  const rows = [["NAME", "STATUS", "PACKAGE", "VERSION", "FROM"], ...found.map(rowOf)];
  const widths = [0, 0, 0, 0];
  for (const row of rows)
    for (let at = 0; at < 4; at += 1) widths[at] = Math.max(widths[at] ?? 0, row[at]?.length ?? 0);
  let text = "";
  for (const row of rows) {
    for (let at = 0; at < 4; at += 1) text += `${(row[at] ?? "").padEnd(widths[at] ?? 0)}  `;
    text += `${row[4] ?? ""}\n`;
  }
  writeData(showControlCharacters(text));
  return 0;
}

function rowOf(info: PluginInfo): string[] {
  const from = info.problem ?? PLACES[info.place];
  return [info.name, info.status, info.package ?? "", info.version ?? "", from];
}

const PLACES: Readonly<Record<PluginInfo["place"], string>> = {
  "built-in": "built in",
  "plugin-path": "D0TTINO_PLUGIN_PATH",
  linked: "a linked folder",
  "plugin-home": "the plug-in home",
  "synced-recipes": "recipes sync",
  "node-modules": "node_modules beside ai-cli",
  program: "this program",
};
