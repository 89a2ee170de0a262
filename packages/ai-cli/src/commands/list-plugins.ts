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
  let [nameWidth, packageWidth, versionWidth] = ["NAME".length, "PACKAGE".length, "VERSION".length];
  for (const one of found) {
    nameWidth = Math.max(nameWidth, one.name.length);
    packageWidth = Math.max(packageWidth, one.package?.length ?? 0);
    versionWidth = Math.max(versionWidth, one.version?.length ?? 0);
  }
  const row = (name: string, status: string, owner: string, version: string, from: string): string =>
    name.padEnd(nameWidth + GAP) +
    status.padEnd(STATUS_WIDTH + GAP) +
    owner.padEnd(packageWidth + GAP) +
    version.padEnd(versionWidth + GAP) +
    from;
  let text = row("NAME", "STATUS", "PACKAGE", "VERSION", "FROM\n");
  for (const one of found) {
    const from = one.problem === undefined ? PLACES[one.place] : `${one.problem}\n`;
    text += row(one.name, one.status, one.package ?? "", one.version ?? "", from);
  }
  writeData(showControlCharacters(text));
  return 0;
}

/** Spaces between columns. */
const GAP = 2;

const STATUS_WIDTH = "installed".length;

/** With the end of the line, for there may be thousands of lines. */
const PLACES: Readonly<Record<PluginInfo["place"], string>> = {
  "built-in": "built in\n",
  "config-file": "the config file\n",
  "plugin-path": "D0TTINO_PLUGIN_PATH\n",
  linked: "a linked folder\n",
  "plugin-home": "the plug-in home\n",
  "synced-recipes": "recipes sync\n",
  "node-modules": "node_modules beside ai-cli\n",
  program: "this program\n",
};
