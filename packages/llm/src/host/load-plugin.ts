import {
  backendForm,
  findRegistration,
  isRecipe,
  registry,
  type PluginKind,
  type Registration,
} from "@d0ttino/plugin-sdk/host";
import { aiSdkProvider } from "./ai-sdk-provider.ts";
import type { Candidate } from "./catalog.ts";
import { checkSdkRange } from "./check-sdk-range.ts";
import { IMPORT_TIMEOUT, importEntry, locateEntry, noteFailure } from "./import-entry.ts";
import { PluginError } from "./plugin-error.ts";
import type { PluginEntry, PluginPackage, PluginProblem } from "./plugin-package.ts";
import { providerSettings } from "./provider-settings.ts";
import { importAs } from "./registration-owner.ts";

/** A backend or recipe as it was registered. */
export interface LoadedPlugin {
  readonly value: unknown;
  readonly options: Readonly<Record<string, unknown>>;
  /** What the package did besides, for example registering names that it does not declare. */
  readonly problems: readonly PluginProblem[];
}

/**
 * Imports the module behind one name and finds what it registered.
 * @throws PluginError when the package cannot be used; nothing else is affected
 */
export async function loadPlugin(candidate: Candidate, timeout = IMPORT_TIMEOUT): Promise<LoadedPlugin> {
  if (candidate.place === "built-in") return loadBuiltIn(candidate.kind, candidate.name, candidate.builtIn.load);

  const { kind, name, package: owner, entry } = candidate;
  if (entry.problem !== undefined) throw new PluginError({ package: owner.name, stage: "manifest", ...entry.problem });
  await checkSdkRange(owner);
  const file = locateEntry(owner, entry);
  const ownerKey = `${owner.name}@${owner.version} ${owner.dir}`;
  const module = await importEntry(owner, file, ownerKey, timeout);
  const problems = undeclared(owner, ownerKey);

  const registered = findRegistration(kind, name, ownerKey);
  if (registered !== undefined) return { value: registered.value, options: registered.options, problems };
  const { value: exported, options } =
    entry.adapter === "ai-sdk" ? adapted(module, entry) : { value: exportOf(module, kind, entry.export), options: {} };
  if (exported !== undefined && isUsable(kind, exported)) return { value: exported, options, problems };
  noteFailure(file);
  throw new PluginError({
    package: owner.name,
    stage: "register",
    cause: `it did not register the ${kind} "${name}"${instead(owner, ownerKey, kind, entry, exported)}`,
    remedy: `Its ${entry.file} must call register${kind === "backend" ? "Backend" : "Recipe"}("${name}", …) or export it`,
  });
}

async function loadBuiltIn(kind: PluginKind, name: string, load: () => Promise<unknown>): Promise<LoadedPlugin> {
  const owner = "@d0ttino/llm";
  await importAs(owner, load);
  const registered = findRegistration(kind, name, owner);
  if (registered === undefined) throw new Error(`the built-in ${kind} "${name}" did not register itself`);
  return { value: registered.value, options: registered.options, problems: [] };
}

/** A provider of the AI SDK registers nothing; what a plug-in would say of itself is in its entry. */
function adapted(module: Record<string, unknown>, entry: PluginEntry): Pick<LoadedPlugin, "value" | "options"> {
  const settings = providerSettings(entry);
  const { local, defaultModel } = settings;
  const models = defaultModel === undefined ? [] : [defaultModel];
  return { value: aiSdkProvider(module, entry.export, settings), options: { local, defaultModel, models } };
}

function exportOf(module: Record<string, unknown>, kind: PluginKind, name: string | null): unknown {
  const named = (key: string): unknown =>
    module[key] ?? (module["default"] as Record<string, unknown> | undefined | null)?.[key];
  if (name !== null) return named(name);
  if (kind === "recipe") return named("run") ?? module["default"];
  return backendForm(module["default"]) === undefined ? (named("backend") ?? named("run")) : module["default"];
}

function isUsable(kind: PluginKind, value: unknown): boolean {
  return kind === "backend" ? backendForm(value) !== undefined : isRecipe(value);
}

function registeredBy(ownerKey: string): Registration[] {
  return [...registry().registrations.values()].filter((one) => one.owner === ownerKey);
}

/** Names that a package registers but does not declare: nobody could find them, and they might be somebody else's. */
function undeclared(owner: PluginPackage, ownerKey: string): PluginProblem[] {
  const declared = new Set(
    owner.entries.map((entry) => `${entry.group === "llm.plugins" ? "backend" : "recipe"} ${entry.name}`),
  );
  return registeredBy(ownerKey)
    .filter((one) => !declared.has(`${one.kind} ${one.name}`))
    .map((one) => ({
      package: owner.name,
      stage: "register",
      cause: `it registers the ${one.kind} "${one.name}", which its package.json does not declare, so it is ignored`,
      remedy: `Its author can add it to "entryPoints"`,
    }));
}

function instead(
  owner: PluginPackage,
  ownerKey: string,
  kind: PluginKind,
  entry: PluginEntry,
  exported: unknown,
): string {
  const names = registeredBy(ownerKey)
    .filter((one) => one.kind === kind)
    .map((one) => `"${one.name}"`);
  if (names.length > 0) return `, but ${names.join(", ")}`;
  if (entry.export === null) return "";
  return exported === undefined
    ? ` and has no export "${entry.export}"`
    : `, and its export "${entry.export}" is no ${kind}`;
}
