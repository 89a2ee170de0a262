import { directories } from "@d0ttino/llm/config/directories";
import { allVariables } from "@d0ttino/llm/config/environment";
import { nearest } from "@d0ttino/llm/errors/did-you-mean";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { normalizeName } from "@d0ttino/plugin-sdk/host";
import { KIND_OF_GROUP } from "@d0ttino/llm/host/plugin-package";
import type { Finding } from "../../manager/doctor/finding.ts";
import { withheldVariables } from "../../manager/doctor/passed-variables.ts";
import { pluginFindings, problemFindings } from "../../manager/doctor/plugin-findings.ts";
import { recordBroken } from "../../manager/doctor/record-broken.ts";
import { settingsFindings } from "../../manager/doctor/settings-findings.ts";
import { storeFindings } from "../../manager/doctor/store-findings.ts";
import { readStoreState } from "../../manager/doctor/store-state.ts";
import { findPlugins, tryPlugins, type PlacedPlugin, type TriedPlugin } from "../../manager/doctor/try-plugins.ts";
import { isTerminal, writeProgress } from "../../terminal/terminal.ts";
import type { ManagerInvocation } from "./manager-invocation.ts";

/** What doctor is asked to look at. */
export type Examined = Omit<ManagerInvocation, "commands">;

/** What doctor saw. */
export interface Examination {
  readonly plugins: readonly TriedPlugin[];
  readonly findings: readonly Finding[];
}

/**
 * Looks at all plug-ins, or those that are named, and at what they lie in, and keeps for the lists what is broken.
 * @throws D0ttinoError `unknown-plugin` for a name that nothing here has; the reason of the signal
 */
export async function examine({ words, kind, packageDir }: Examined, signal: AbortSignal): Promise<Examination> {
  const { plugins, problems } = findPlugins(packageDir);
  const fitting = plugins.filter(
    ({ package: { entries } }) => kind === undefined || entries.some((entry) => KIND_OF_GROUP[entry.group] === kind),
  );
  const stores = storesFindings();
  const wanted = words.length === 0 ? fitting : named(words, fitting, stores);
  const withheld = withheldVariables(allVariables());
  const onNext = (one: PlacedPlugin): void => {
    if (isTerminal.stderr) writeProgress(`${one.package.name}…`);
  };
  const tried = await tryPlugins(wanted, packageDir, signal, onNext);
  if (isTerminal.stderr) writeProgress("");
  recordBroken(tried, withheld);
  // What lies on disk is looked at last: code that was imported may have changed it.
  const rest = [...problemFindings(problems), ...storesFindings(), ...settingsFindings()];
  const found = tried.flatMap((one) => pluginFindings(one, withheld));
  const told =
    words.length === 0 && kind === undefined ? rest : rest.filter(({ about }) => isAbout(about, wanted, words));
  return { plugins: tried, findings: withoutRepeats([...found, ...told]) };
}

function storesFindings(): Finding[] {
  const { pluginHome, syncedRecipes } = directories();
  return [pluginHome, syncedRecipes].flatMap((dir) => {
    const state = readStoreState(dir);
    return state === undefined ? [] : storeFindings(state);
  });
}

function named(words: readonly string[], plugins: readonly PlacedPlugin[], stores: readonly Finding[]): PlacedPlugin[] {
  const found = plugins.filter((one) => words.some((word) => hasName(one, word)));
  for (const word of words) {
    if (plugins.some((one) => hasName(one, word)) || stores.some((one) => one.about === word)) continue;
    const names = plugins.flatMap(({ package: one }) => [one.name, ...one.entries.map((entry) => entry.name)]);
    const near = nearest(word, names);
    throw new D0ttinoError("unknown-plugin", `No plug-in here is called ${JSON.stringify(word)}.`, {
      hint: near === undefined ? "ai-cli plugins list shows all." : `Did you mean "${near}"?`,
    });
  }
  return found;
}

function hasName({ package: { name, entries } }: PlacedPlugin, word: string): boolean {
  return name === word || entries.some((entry) => entry.name === normalizeName(word));
}

function isAbout(about: string, plugins: readonly PlacedPlugin[], words: readonly string[]): boolean {
  return words.includes(about) || plugins.some((one) => one.package.name === about);
}

/** One cause is told once: a folder that is gone says more than the module in it that cannot be imported. */
function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const mendable = new Set(
    findings.filter((one) => one.area === "store" && one.level === "broken").map((one) => one.about),
  );
  return findings.filter(
    ({ area, about, message }) =>
      area !== "plug-in" || !mendable.has(about) || !/\((?:file|manifest)\): /.test(message),
  );
}
