/**
 * A program of its own, which doctor starts for each package: it imports the package's modules as `send` would, and
 * tells what came of it by message. Whatever their code does ends with this process.
 */
import { existsSync } from "node:fs";
import { setImmediate as nextTurn } from "node:timers/promises";
import { isD0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { messageOf } from "@d0ttino/llm/errors/message-of";
import { PluginHost } from "@d0ttino/llm/host/plugin-host";
import { describeProblem, KIND_OF_GROUP, type PluginEntry } from "@d0ttino/llm/host/plugin-package";
import type { TriedEntry, TryMessage, TryRequest } from "./manager/doctor/try-message.ts";
import { watchConnections } from "./manager/doctor/watch-connections.ts";
import { programLocation } from "./program-location.ts";
import { openOutputs } from "./terminal/terminal.ts";

const { place, package: owner, sdk } = JSON.parse(process.argv[2] ?? "") as TryRequest;
// What a plug-in does to the process must not keep it from telling.
const send = process.send?.bind(process) as (message: TryMessage, done: () => void) => void;
const tell = (message: TryMessage): Promise<void> => new Promise((done) => send(message, done));
process.on("disconnect", () => process.exit());

const location = programLocation();
const host = new PluginHost({
  location: sdk === undefined ? location : { ...location, sdk: () => sdk },
  onProblem: () => {},
});
watchConnections(({ shown }) => {
  void tell({ type: "connection", target: shown });
  return true;
});
void tryAll();

async function tryAll(): Promise<void> {
  openOutputs();
  const before = process.getActiveResourcesInfo();
  for (const entry of owner.entries) {
    await tell({ type: "start", group: entry.group, name: entry.name });
    await tell({ type: "entry", entry: await tryEntry(entry) });
  }
  // What fails just behind the import fails in time.
  for (let turn = 0; turn < 3; turn += 1) await nextTurn();
  const open = without(process.getActiveResourcesInfo(), before);
  await tell({ type: "end", open, isGone: !existsSync(owner.dir) });
}

async function tryEntry(entry: PluginEntry): Promise<TriedEntry> {
  const { group, name } = entry;
  const begin = performance.now();
  try {
    const { problems } = await host.loadFrom({ kind: KIND_OF_GROUP[group], name, place, package: owner, entry });
    return { group, name, warnings: problems.map(describeProblem), ms: performance.now() - begin };
  } catch (error) {
    const hint = isD0ttinoError(error) ? error.hint : undefined;
    return { group, name, message: messageOf(error), hint, warnings: [] };
  }
}

/** What is in a list more often than in another. */
function without(list: readonly string[], other: readonly string[]): string[] {
  const rest = [...other];
  return list.filter((one) => {
    const at = rest.indexOf(one);
    if (at !== -1) rest.splice(at, 1);
    return at === -1;
  });
}
