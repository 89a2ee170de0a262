import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { directories } from "@d0ttino/llm/config/directories";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { brokenPluginsFile } from "@d0ttino/llm/host/broken-plugins";
import { recoverStore } from "../../manager/doctor/recover-store.ts";
import { isFault, readStoreState } from "../../manager/doctor/store-state.ts";
import { forgetRegistry } from "../../manager/registry/registry-cache.ts";
import { PluginStore, type ChangeOptions } from "../../manager/store/plugin-store.ts";
import { ask, isTerminal, writeData, writeMessage } from "../../terminal/terminal.ts";
import { changeOptions } from "./manager-tools.ts";
import type { ManagerInvocation } from "./manager-invocation.ts";

/** Something that a reset takes away. */
interface Removal {
  readonly package: string;
  readonly version: string;
  readonly from: "plug-in home" | "synced recipes";
  readonly linked: boolean;
}

/** `ai-cli plugins reset`: an empty plug-in home, and no synced recipes. It is a change like others: rollback undoes it. */
export async function reset({ words, options, kind }: ManagerInvocation): Promise<number> {
  if (words.length > 0 || kind !== undefined) {
    throw new D0ttinoError("usage", "ai-cli plugins reset takes no names: everything goes.", {
      hint: "ai-cli plugins remove NAME removes one.",
    });
  }
  const { pluginHome, syncedRecipes } = directories();
  const removals = [...removalsOf(pluginHome, "plug-in home"), ...removalsOf(syncedRecipes, "synced recipes")];
  const json = options["json"] === true;
  const isDryRun = options["dry-run"] === true;
  if (!json) writeMessage(describe(removals, isDryRun));
  if (isDryRun) {
    if (json) writeData(`${JSON.stringify({ reset: false, packages: removals }, null, 2)}\n`);
    return 0;
  }
  await agree(options["yes"] === true);
  const change = changeOptions();
  for (const dir of [pluginHome, syncedRecipes]) await empty(new PluginStore(dir), change);
  forgetRegistry();
  rmSync(brokenPluginsFile(), { force: true });
  if (json) writeData(`${JSON.stringify({ reset: true, packages: removals }, null, 2)}\n`);
  else writeMessage(removals.length === 0 ? "Done." : "Done. ai-cli plugins rollback brings the plug-in home back.");
  return 0;
}

function removalsOf(dir: string, from: Removal["from"]): Removal[] {
  const generation = readStoreState(dir)?.generation;
  if (generation === undefined) return [];
  const { notes, index } = generation;
  const installed = isFault(notes) ? [] : notes.installed;
  const links = isFault(index) ? [] : index.filter((one) => one.linked);
  return [
    ...installed.map((one) => ({ package: one.package, version: one.version, from, linked: false })),
    ...links.map((one) => ({ package: one.name, version: one.version, from, linked: true })),
  ];
}

function describe(removals: readonly Removal[], isDryRun: boolean): string {
  const lines = removals.map(({ package: name, version, from, linked }) =>
    linked ? `  ${name}, which is linked; its folder stays` : `  ${name} ${version}, of the ${from}`,
  );
  const kept = "Config, keys, models and runs stay.";
  return [
    isDryRun ? "These would be removed:" : "These are removed:",
    ...lines,
    "  the copy of the registry",
    kept,
  ].join("\n");
}

/** @throws D0ttinoError `no-terminal`, or `interrupted` for a no */
async function agree(yes: boolean): Promise<void> {
  if (yes) return;
  if (!isTerminal.stdin || !isTerminal.stderr) {
    throw new D0ttinoError("no-terminal", "There is no terminal to ask at, so nothing was removed.", {
      hint: "With --yes it is done without asking.",
    });
  }
  const answer = (await ask("Remove them? [y/N] "))?.trim().toLowerCase();
  if (answer === "y" || answer === "yes") return;
  writeMessage("Nothing was removed.");
  throw new D0ttinoError("interrupted", "Not agreed to.");
}

async function empty(store: PluginStore, change: ChangeOptions): Promise<void> {
  if (readStoreState(store.dir) === undefined) return;
  await store.change(change, async () => {
    // A damaged store must not keep anybody from emptying it.
    recoverStore(store);
    // Another empty one would be what rollback goes back to.
    if ((store.current()?.packages ?? []).length + (store.current()?.installed ?? []).length === 0) return;
    await store.next(({ dir }) => {
      for (const name of readdirSync(dir)) rmSync(join(dir, name), { recursive: true, force: true });
      return Promise.resolve({ installed: [], packages: [], result: undefined });
    });
  });
}
