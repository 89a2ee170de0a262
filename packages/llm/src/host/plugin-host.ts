import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { findRegistration, normalizeName, registry, type PluginKind } from "@d0ttino/plugin-sdk/host";
import { D0ttinoError } from "../errors/d0ttino-error.ts";
import { nearest } from "../errors/did-you-mean.ts";
import { listModelFiles } from "../models/model-files.ts";
import { readBrokenPlugins, type BrokenPlugins } from "./broken-plugins.ts";
import type { BuiltIn } from "./built-ins.ts";
import { byName, findCandidate, listEntries, listRows, type Candidate } from "./catalog.ts";
import { libraryVersion, type LibraryLocation } from "./library-location.ts";
import { loadPlugin, type LoadedPlugin } from "./load-plugin.ts";
import { places, type PlaceName } from "./places.ts";
import { knownProblem } from "./known-problem.ts";
import type { PluginEntry, PluginPackage, PluginProblem } from "./plugin-package.ts";
import { providerSettings, type ProviderSettings } from "./provider-settings.ts";
import { provideSdk } from "./sdk-resolver.ts";

/** What is known of a backend or recipe without importing it. */
export interface PluginInfo {
  readonly name: string;
  readonly kind: PluginKind;
  /** The package it comes from, or null when the running program registered it itself. */
  readonly package: string | null;
  readonly version: string | null;
  /** The place it was found in. */
  readonly place: PlaceName | "built-in" | "config-file" | "program";
  readonly status: "installed" | "linked" | "broken";
  /** Why it is broken, and what to do. */
  readonly problem?: string;
}

/** A plug-in that was imported, with where it came from. */
export interface FoundPlugin extends LoadedPlugin {
  readonly info: PluginInfo;
}

/** What a host needs from the program it lives in. */
export interface HostOptions {
  readonly location: LibraryLocation;
  /** Told of every fault of a plug-in that is met; each fault once. */
  readonly onProblem: (problem: PluginProblem) => void;
  /** Called before code of a plug-in runs, with the package's name. */
  readonly beforeImport?: (packageName: string) => void;
  /** How long one module may take to load, in milliseconds. */
  readonly importTimeout?: number;
}

/** Finds plug-ins and loads those that are asked for. One bad plug-in never keeps the others from working. */
export class PluginHost {
  readonly #options: HostOptions;
  readonly #told = new Set<string>();
  readonly #loaded = new Map<string, Promise<FoundPlugin>>();
  #prepared = false;

  constructor(options: HostOptions) {
    this.#options = options;
  }

  /** Everything of a kind that is installed or built in, by name; the places are read anew. Imports nothing. */
  list(kind: PluginKind): PluginInfo[] {
    const broken = readBrokenPlugins();
    const { rows, problems } = listRows<PluginInfo>(places(this.#options.location.dir), kind, {
      ofPlugin: (owner, entry, place) => pluginInfo(kind, owner, entry, place, broken),
      ofBuiltIn: builtInInfo,
    });
    this.#tell(problems);
    const own = [...registry().registrations.values()].filter((one) => one.kind === kind && one.owner === undefined);
    if (own.length === 0) return rows;
    const names = new Set(own.map((one) => one.name));
    const others = rows.filter((one) => !names.has(one.name));
    return [...own.map(({ name }) => programInfo(kind, name)), ...others].toSorted(byName);
  }

  /** Whether there is something of that kind and name. Imports nothing. */
  has(kind: PluginKind, name: string): boolean {
    const key = normalizeName(name);
    if (findRegistration(kind, key, undefined) !== undefined) return true;
    return findCandidate(places(this.#options.location.dir, key), kind, key).candidate !== undefined;
  }

  /** The providers of the AI SDK that are installed and can be asked by name. Imports nothing. */
  providers(): ProviderSettings[] {
    const { rows } = listEntries(places(this.#options.location.dir), "backend");
    return rows.flatMap((one) =>
      "adapter" in one && findRegistration("backend", one.name, undefined) === undefined ? [providerSettings(one)] : [],
    );
  }

  /**
   * Imports what stands behind a name.
   * @throws D0ttinoError `unknown-backend` or `unknown-recipe`, with the nearest name; PluginError when it cannot be used
   */
  async load(kind: PluginKind, name: string): Promise<FoundPlugin> {
    const key = normalizeName(name);
    const own = findRegistration(kind, key, undefined);
    if (own !== undefined)
      return { value: own.value, options: own.options, problems: [], info: programInfo(kind, key) };

    const loaded = this.#loaded.get(`${kind} ${key}`);
    if (loaded !== undefined) return loaded;
    const loading = this.#find(kind, key);
    this.#loaded.set(`${kind} ${key}`, loading);
    loading.catch(() => this.#loaded.delete(`${kind} ${key}`));
    return loading;
  }

  async #find(kind: PluginKind, name: string): Promise<FoundPlugin> {
    const { candidate, problems } = findCandidate(places(this.#options.location.dir, name), kind, name);
    this.#tell(problems);
    if (candidate === undefined) throw this.#unknown(kind, name);
    const plugin = await this.loadFrom(candidate);
    this.#tell(plugin.problems);
    return { ...plugin, info: infoOf(candidate) };
  }

  /**
   * Imports one name of one package, whoever else has it.
   * @throws PluginError when it cannot be used
   */
  async loadFrom(candidate: Candidate): Promise<LoadedPlugin> {
    if (candidate.place !== "built-in") {
      this.#prepare();
      this.#options.beforeImport?.(candidate.package.name);
    }
    return loadPlugin(candidate, this.#options.importTimeout);
  }

  #prepare(): void {
    if (this.#prepared) return;
    this.#prepared = true;
    registry().modelFiles = listModelFiles;
    const { sdk, dir } = this.#options.location;
    provideSdk(sdk(), pathToFileURL(join(dir, "/")).href);
  }

  #unknown(kind: PluginKind, name: string): D0ttinoError {
    const names = this.list(kind).map((info) => info.name);
    const near = nearest(name, names);
    return new D0ttinoError(`unknown-${kind}`, `There is no ${kind} "${name}".`, {
      hint: near === undefined ? `Those there are: ${names.join(", ")}.` : `Did you mean "${near}"?`,
    });
  }

  #tell(problems: readonly PluginProblem[]): void {
    for (const problem of problems) {
      const key = `${problem.package}\n${problem.stage}\n${problem.cause}`;
      if (this.#told.has(key)) continue;
      this.#told.add(key);
      this.#options.onProblem(problem);
    }
  }
}

function programInfo(kind: PluginKind, name: string): PluginInfo {
  return { name, kind, package: null, version: null, place: "program", status: "installed" };
}

function infoOf(candidate: Candidate): PluginInfo {
  return candidate.place === "built-in"
    ? builtInInfo(candidate.builtIn)
    : pluginInfo(candidate.kind, candidate.package, candidate.entry, candidate.place);
}

function builtInInfo({ kind, name, isConfigured }: BuiltIn): PluginInfo {
  const place = isConfigured === true ? "config-file" : "built-in";
  return { name, kind, package: "@d0ttino/llm", version: libraryVersion, place, status: "installed" };
}

function pluginInfo(
  kind: PluginKind,
  owner: PluginPackage,
  entry: PluginEntry,
  place: PlaceName,
  broken?: BrokenPlugins,
): PluginInfo {
  const { name: packageName, version, linked } = owner;
  const problem = knownProblem(owner, entry, broken);
  return problem === undefined
    ? { name: entry.name, kind, package: packageName, version, place, status: linked ? "linked" : "installed" }
    : { name: entry.name, kind, package: packageName, version, place, status: "broken", problem };
}
