import { readFileSync } from "node:fs";
import { basename, delimiter, dirname, isAbsolute, join, sep } from "node:path";
import type { PluginKind } from "@d0ttino/plugin-sdk/host";
import { directories } from "../config/directories.ts";
import { variable } from "../config/environment.ts";
import { codeOf, messageOf } from "../errors/message-of.ts";
import { readIndex } from "./index-file.ts";
import { readNodeModules, type PlaceContent } from "./node-modules.ts";
import type { PluginPackage, PluginProblem } from "./plugin-package.ts";
import { readManifest, type ManifestReading } from "./read-manifest.ts";

/** Where plug-ins are looked for, by what the place is to a user. */
export type PlaceName = "plugin-path" | "linked" | "plugin-home" | "synced-recipes" | "node-modules";

/** One place; it is read when something is looked for there, not before. */
export interface Place {
  readonly name: PlaceName;
  /** The one kind that counts there; undefined when all do. */
  readonly only?: PluginKind;
  read(): PlaceContent;
}

/**
 * All places in the order in which they are asked; the first that has a name wins.
 * @param libraryDir the real path of the library's own folder, from which node_modules folders are looked for upward
 * @param name the one name that will be looked for there, where it is one; packages without it may then be left out
 */
export function places(libraryDir: string, name?: string): Place[] {
  const { pluginHome, syncedRecipes, cache } = directories();
  const home = once(() => readHome(pluginHome, name));
  return [
    { name: "plugin-path", read: once(readPluginPath) },
    { name: "linked", read: once(() => linkedOf(home().linked)) },
    { name: "plugin-home", read: () => home() },
    { name: "synced-recipes", only: "recipe", read: once(() => readStore(syncedRecipes, name)) },
    ...nodeModulesAbove(libraryDir).map((dir): Place => ({
      name: "node-modules",
      read: once(() => readNodeModules(dir, cache)),
    })),
  ];
}

function once<T>(read: () => T): () => T {
  let value: { is: T } | undefined;
  return () => (value ??= { is: read() }).is;
}

/** D0TTINO_PLUGIN_PATH: folders of packages. A relative one would make the current directory a source of code. */
function readPluginPath(): PlaceContent {
  const readings = (variable("D0TTINO_PLUGIN_PATH") ?? "")
    .split(delimiter)
    .filter((dir) => dir !== "")
    .map((dir): ManifestReading =>
      isAbsolute(dir) ? readManifest(dir, true, "must-be-plugin") : { problem: relativeFolder(dir) },
    );
  return contentOf(readings);
}

function relativeFolder(dir: string): PluginProblem {
  return {
    package: basename(dir),
    stage: "manifest",
    cause: `D0TTINO_PLUGIN_PATH names the relative folder ${JSON.stringify(dir)}, and nothing is loaded relative to the current directory`,
    remedy: "Write its absolute path, for example with $PWD in front",
  };
}

/** The packages of a store: `current` names the generation whose index.json counts. */
function readStore(store: string, name?: string): PlaceContent {
  let generation: string;
  try {
    generation = readFileSync(join(store, "current"), "utf8").trim();
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return { packages: [], problems: [] };
    return storeProblem(store, `${join(store, "current")} cannot be read: ${messageOf(error)}`);
  }
  if (generation === "" || generation !== basename(generation) || generation.startsWith(".")) {
    return storeProblem(store, `${join(store, "current")} does not name a generation`);
  }
  const dir = join(store, "generations", generation);
  const index = readIndex(join(dir, "index.json"), dir, name);
  if (index === undefined) return storeProblem(store, `${join(dir, "index.json")} is missing`);
  return "cause" in index ? { packages: [], problems: [index] } : { packages: index, problems: [] };
}

function storeProblem(store: string, cause: string): PlaceContent {
  return {
    packages: [],
    problems: [
      {
        package: store,
        stage: "index",
        cause,
        remedy: "Its plug-ins are left out. Mend it: ai-cli plugins doctor --fix",
      },
    ],
  };
}

/** The plug-in home, with its links to other folders apart. */
function readHome(store: string, name?: string): PlaceContent & { readonly linked: readonly PluginPackage[] } {
  const { packages, problems } = readStore(store, name);
  const linked = packages.filter((one) => one.linked);
  return { packages: linked.length === 0 ? packages : packages.filter((one) => !one.linked), problems, linked };
}

/** Linked folders change under their author's hands, so their package.json counts, not what the index remembers. */
function linkedOf(packages: readonly PluginPackage[]): PlaceContent {
  return contentOf(packages.map((one) => readManifest(one.dir, true, "must-be-plugin")));
}

function contentOf(readings: readonly ManifestReading[]): PlaceContent {
  return {
    packages: readings.flatMap((reading) => (reading.package === undefined ? [] : [reading.package])),
    problems: readings.flatMap((reading) => (reading.problem === undefined ? [] : [reading.problem])),
  };
}

/**
 * Every node_modules folder that an import from the library could reach, up to the one that holds the outermost
 * package. In a checkout, where the library lies in no node_modules, the outermost package is the workspace's root.
 */
function nodeModulesAbove(libraryDir: string): string[] {
  const found: string[] = [];
  const marker = `${sep}node_modules${sep}`;
  const outermost = `${libraryDir}${sep}`.indexOf(marker);
  const last = outermost === -1 ? dirname(dirname(libraryDir)) : libraryDir.slice(0, outermost);
  for (let dir = libraryDir; ; dir = dirname(dir)) {
    if (basename(dir) !== "node_modules") found.push(join(dir, "node_modules"));
    if (dir === last || dir === dirname(dir)) return found;
  }
}
