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
    `${name.padEnd(nameWidth)}  ${status.padEnd(STATUS_WIDTH)}  ${owner.padEnd(packageWidth)}  ${version.padEnd(versionWidth)}  ${from}\n`;
  let text = row("NAME", "STATUS", "PACKAGE", "VERSION", "FROM");
  for (const one of found) {
    text += row(one.name, one.status, one.package ?? "", one.version ?? "", one.problem ?? PLACES[one.place]);
  }
  writeData(showControlCharacters(text));
  return 0;
}

const STATUS_WIDTH = "installed".length;

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
