import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { normalizeName } from "@d0ttino/plugin-sdk/host";
import { readJson } from "@d0ttino/llm/config/read-json";
import { nearest } from "@d0ttino/llm/errors/did-you-mean";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { readBrokenPlugins } from "@d0ttino/llm/host/broken-plugins";
import { knownProblem } from "@d0ttino/llm/host/known-problem";
import { KIND_OF_GROUP, type PluginPackage } from "@d0ttino/llm/host/plugin-package";
import { findPlugins, type PlacedPlugin } from "../../manager/doctor/try-plugins.ts";
import { packageFacts, type PackageFacts } from "../../manager/package-facts.ts";
import type { Registry, RegistryEntry } from "../../manager/registry/registry.ts";
import { isFault, readStoreState } from "../../manager/doctor/store-state.ts";
import { showControlCharacters } from "../../terminal/control-characters.ts";
import { writeData } from "../../terminal/terminal.ts";
import { asItIs } from "./linked-folder.ts";
import { changeOptions, openRegistry, pluginStore } from "./manager-tools.ts";
import { pluginStatus } from "./plugin-status.ts";
import type { ManagerInvocation } from "./manager-invocation.ts";

/** `ai-cli plugins info`: what the registry says of a name, and what is here of it. Imports no plug-in. */
export async function info(invocation: ManagerInvocation): Promise<number> {
  const { words, options, kind, packageDir } = invocation;
  const [word] = words;
  if (word === undefined || words.length > 1) throw new D0ttinoError("usage", "Name one plug-in.");
  const registry = await openRegistry(invocation, changeOptions().signal);
  const name = normalizeName(word);
  const entry = registry.find(kind, word) ?? registry.entries.find((one) => one.package === word);
  const { plugins } = findPlugins(packageDir);
  const isMeant = (one: PluginPackage): boolean =>
    one.name === word ||
    one.entries.some((each) => each.name === name && (kind === undefined || KIND_OF_GROUP[each.group] === kind));
  const found: Found | undefined = [...plugins, ...brokenLinks()].find((one) => isMeant(one.package));
  if (entry === undefined && found === undefined) throw unknown(word, kind, registry, plugins);
  const facts =
    found === undefined ? await factsOfNpm(entry, options["offline"] === true) : factsOnDisk(found.package.dir);
  const report = reportOf(word, entry, found, facts);
  if (options["json"] === true) writeData(`${JSON.stringify(report, null, 2)}\n`);
  else writeData(showControlCharacters(text(report)));
  return 0;
}

/** A package that is here; a fault when its folder is no plug-in's any more. */
type Found = Pick<PlacedPlugin, "place" | "package"> & { readonly fault?: string };

/** The links whose folder is no plug-in's any more. */
function brokenLinks(): Found[] {
  const index = readStoreState(pluginStore().dir)?.generation?.index;
  const packages = index === undefined || isFault(index) ? [] : index.map(asItIs);
  return packages.flatMap(({ owner, fault }) =>
    fault === undefined ? [] : [{ place: "linked", package: owner, fault }],
  );
}

function reportOf(
  word: string,
  entry: RegistryEntry | undefined,
  found: Found | undefined,
  facts: PackageFacts | undefined,
) {
  const owner = found?.package;
  const broken = readBrokenPlugins();
  const problem =
    owner === undefined
      ? undefined
      : (found?.fault ?? owner.entries.map((one) => knownProblem(owner, one, broken)).find((one) => one !== undefined));
  const first = owner?.entries.find((one) => one.name === normalizeName(word)) ?? owner?.entries[0];
  const note = found?.place === "plugin-home" ? noteOf(found.package.name) : undefined;
  const latest = entry?.version ?? null;
  return {
    name: entry?.name ?? first?.name ?? word,
    kind: entry?.kind ?? (first === undefined ? null : KIND_OF_GROUP[first.group]),
    package: owner?.name ?? entry?.package ?? null,
    version: owner?.version ?? null,
    latest: latest ?? (owner === undefined ? (facts?.version ?? null) : null),
    status: pluginStatus(owner, latest, problem ?? null),
    problem: problem ?? null,
    description: entry?.description ?? facts?.description ?? null,
    homepage: entry?.homepage ?? facts?.homepage ?? null,
    licence: facts?.licence ?? null,
    author: facts?.author ?? null,
    publisher: facts?.publisher ?? null,
    published: facts?.published ?? null,
    dependencies: facts?.dependencies ?? null,
    bytes: facts?.bytes ?? null,
    place: found?.place ?? null,
    dir: owner?.dir ?? null,
    requested: note?.requested ?? null,
    integrity: note?.integrity ?? entry?.integrity ?? null,
    entries: (owner?.entries ?? []).map((one) => ({
      name: one.name,
      kind: KIND_OF_GROUP[one.group],
      file: one.file,
      apiKeyEnv: one.apiKeyEnv ?? null,
      defaultModel: one.defaultModel ?? null,
    })),
    apiKeyEnv: first?.apiKeyEnv ?? entry?.apiKeyEnv ?? null,
    defaultModel: first?.defaultModel ?? entry?.defaultModel ?? null,
  };
}

function noteOf(name: string): { readonly requested: string; readonly integrity: string } | undefined {
  const notes = readStoreState(pluginStore().dir)?.generation?.notes;
  return notes === undefined || isFault(notes) ? undefined : notes.installed.find((one) => one.package === name);
}

function factsOnDisk(dir: string): PackageFacts | undefined {
  try {
    return packageFacts((readJson(join(dir, "package.json")) ?? {}) as Record<string, unknown>, bytesIn(dir));
  } catch {
    return undefined;
  }
}

/** What npm says besides; without a network the rest must do. */
async function factsOfNpm(entry: RegistryEntry | undefined, offline: boolean): Promise<PackageFacts | undefined> {
  if (entry === undefined) return undefined;
  if (entry.dir !== undefined) return factsOnDisk(entry.dir);
  if (offline) return undefined;
  const { describePackage, npmSettings } = await import("../../manager/with-npm.ts");
  return describePackage(entry.spec, await npmSettings(pluginStore().dir, false)).catch(() => undefined);
}

function bytesIn(dir: string): number {
  return readdirSync(dir, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? sum : sum + bytesIn(path);
    return entry.isFile() ? sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0) : sum;
  }, 0);
}

/** The report for a person: a line for all that is known. */
function text(report: ReturnType<typeof reportOf>): string {
  const rows = Object.entries(report).flatMap(([key, value]) => {
    if (value === null || (Array.isArray(value) && value.length === 0)) return [];
    const shown = Array.isArray(value) ? value.map((one) => `${one.name} (${one.kind})`).join(", ") : String(value);
    return [`${key.padEnd("dependencies".length)}  ${shown}`];
  });
  return `${rows.join("\n")}\n`;
}

function unknown(
  word: string,
  kind: ManagerInvocation["kind"],
  registry: Registry,
  plugins: readonly PlacedPlugin[],
): D0ttinoError {
  const names = [
    ...registry.entries.map((one) => one.name),
    ...plugins.flatMap(({ package: one }) => [one.name, ...one.entries.map((entry) => entry.name)]),
  ];
  const isOfOtherKind = names.includes(normalizeName(word));
  const near = nearest(word, names);
  return new D0ttinoError(
    "unknown-plugin",
    `Neither the registry nor this machine has a ${kind ?? "plug-in"} ${JSON.stringify(word)}.`,
    {
      hint: isOfOtherKind
        ? `It is of the other kind: ai-cli plugins info ${word}`
        : word.startsWith("npm:")
          ? `ai-cli plugins install ${word} --dry-run shows a package of npm.`
          : near === undefined
            ? "ai-cli plugins list shows all."
            : `Did you mean "${near}"?`,
    },
  );
}
