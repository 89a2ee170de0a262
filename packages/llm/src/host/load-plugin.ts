import { realpathSync } from "node:fs";
import { join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import {
  backendForm,
  findRegistration,
  isRecipe,
  registry,
  SDK_VERSION,
  type PluginKind,
  type Registration,
} from "@d0ttino/plugin-sdk/host";
import { D0ttinoError } from "../errors/d0ttino-error.ts";
import { codeOf, messageOf } from "../errors/message-of.ts";
import { createAiSdkProvider } from "./ai-sdk-provider.ts";
import type { Candidate } from "./catalog.ts";
import { describeProblem, type PluginEntry, type PluginPackage, type PluginProblem } from "./plugin-package.ts";
import { importAs } from "./registration-owner.ts";

/** How long a plug-in's module may take to load, in milliseconds. */
export const IMPORT_TIMEOUT = 10_000;

/** A backend or recipe as it was registered. */
export interface LoadedPlugin {
  readonly value: unknown;
  readonly options: Readonly<Record<string, unknown>>;
  /** What the package did besides, for example registering names that it does not declare. */
  readonly problems: readonly PluginProblem[];
}

/** Thrown when a plug-in that was asked for cannot be used. */
export class PluginError extends D0ttinoError {
  readonly problem: PluginProblem;

  constructor(problem: PluginProblem, cause?: unknown) {
    super("plugin-failed", describeProblem({ ...problem, remedy: "" }).replace(/\. \.$/, "."), {
      hint: `${problem.remedy}.`,
      cause,
    });
    this.problem = problem;
  }
}

/**
 * Imports the module behind one name and finds what it registered.
 * @throws PluginError when the package cannot be used; nothing else is affected
 */
export async function loadPlugin(candidate: Candidate, timeout = IMPORT_TIMEOUT): Promise<LoadedPlugin> {
  if (candidate.place === "built-in") return loadBuiltIn(candidate.kind, candidate.name, candidate.builtIn.load);

  const { kind, name, package: owner, entry } = candidate;
  if (entry.problem !== undefined) throw new PluginError({ package: owner.name, stage: "manifest", ...entry.problem });
  await checkSdk(owner);
  const file = locate(owner, entry);
  const ownerKey = `${owner.name}@${owner.version} ${owner.dir}`;
  const module = await importModule(owner, file, ownerKey, timeout);
  const problems = undeclared(owner, ownerKey);

  const registered = findRegistration(kind, name, ownerKey);
  if (registered !== undefined) return { value: registered.value, options: registered.options, problems };
  const exported = entry.adapter === "ai-sdk" ? providerOf(owner, module, entry) : exportOf(module, kind, entry.export);
  if (exported !== undefined && isUsable(kind, exported)) return { value: exported, options: {}, problems };
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

/** Refuses a package that needs another SDK. Ranges that are no versions (`file:…`, `workspace:*`) say nothing. */
async function checkSdk(owner: PluginPackage): Promise<void> {
  if (owner.sdk === null || owner.sdk === "*") return;
  const { gtr, satisfies, validRange } = await import("./semver.ts");
  if (validRange(owner.sdk) === null || satisfies(SDK_VERSION, owner.sdk, { includePrerelease: true })) return;
  const newer = !gtr(SDK_VERSION, owner.sdk);
  throw new PluginError({
    package: owner.name,
    stage: "sdk",
    cause: `it needs @d0ttino/plugin-sdk ${owner.sdk}, and this host has ${SDK_VERSION}`,
    remedy: newer
      ? "Update @d0ttino/ai-cli, or install an older version of the plug-in"
      : "Install a newer version of the plug-in",
  });
}

/** The real path of the entry's file, which must lie inside the package also after links are followed. */
function locate(owner: PluginPackage, entry: PluginEntry): string {
  const file = join(owner.dir, entry.file);
  const fail = (cause: string, remedy: string): PluginError =>
    new PluginError({ package: owner.name, stage: "file", cause, remedy });
  let real: string;
  try {
    real = realpathSync(file);
    if (real.startsWith(realpathSync(owner.dir) + sep)) return real;
  } catch (error) {
    if (codeOf(error) !== "ENOENT" && codeOf(error) !== "ENOTDIR")
      throw fail(`${file} cannot be read: ${messageOf(error)}`, "Check its permissions");
    throw fail(
      `its file ${entry.file} is missing in ${owner.dir}`,
      owner.linked ? "Build the plug-in" : "Reinstall the plug-in",
    );
  }
  throw fail(`its file ${entry.file} is a link that points outside the package`, "Do not use it; tell its author");
}

/** How often a file failed to load. Node keeps a failed module for good, so another try takes another URL. */
const failures = new Map<string, number>();

function noteFailure(file: string): void {
  failures.set(file, (failures.get(file) ?? 0) + 1);
}

async function importModule(
  owner: PluginPackage,
  file: string,
  ownerKey: string,
  timeout: number,
): Promise<Record<string, unknown>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new PluginError(hung(owner, timeout))), timeout);
  });
  const url = pathToFileURL(file);
  const failed = failures.get(file) ?? 0;
  if (failed > 0) url.search = `again=${failed}`;
  const loading = importAs(ownerKey, () => import(url.href) as Promise<Record<string, unknown> | null | undefined>);
  try {
    // A module that exports `then` resolves to whatever that gives.
    return (await Promise.race([loading, late])) ?? {};
  } catch (error) {
    noteFailure(file);
    if (error instanceof PluginError) throw error;
    throw new PluginError(
      {
        package: owner.name,
        stage: "import",
        cause: `it failed while it was loaded: ${messageOf(error)}`,
        remedy: remedyFor(error),
      },
      error,
    );
  } finally {
    clearTimeout(timer);
  }
}

function hung(owner: PluginPackage, timeout: number): PluginProblem {
  return {
    package: owner.name,
    stage: "import",
    cause: `it did not finish loading within ${timeout / 1000} seconds`,
    remedy: "Remove it, or tell its author: a plug-in must not wait for anything when it is imported",
  };
}

const REMEDIES: Readonly<Record<string, string>> = {
  ERR_MODULE_NOT_FOUND: "Install its dependencies, or reinstall the plug-in",
  MODULE_NOT_FOUND: "Install its dependencies, or reinstall the plug-in",
  ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING: "An installed plug-in must be JavaScript: build it, or link its folder",
  ERR_UNKNOWN_FILE_EXTENSION: "The file must be JavaScript, or TypeScript in a linked folder",
};

function remedyFor(error: unknown): string {
  return REMEDIES[codeOf(error) ?? ""] ?? "Update or remove it, or tell its author";
}

function providerOf(owner: PluginPackage, module: Record<string, unknown>, entry: PluginEntry): unknown {
  try {
    return createAiSdkProvider(module, entry.export);
  } catch (error) {
    const cause = `its provider could not be created: ${messageOf(error)}`;
    throw new PluginError({ package: owner.name, stage: "register", cause, remedy: remedyFor(error) }, error);
  }
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
