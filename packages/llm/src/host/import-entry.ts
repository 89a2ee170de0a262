import { realpathSync } from "node:fs";
import { join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { directories } from "../config/directories.ts";
import { codeOf, messageOf } from "../errors/message-of.ts";
import { PluginError } from "./plugin-error.ts";
import type { PluginEntry, PluginPackage, PluginProblem } from "./plugin-package.ts";
import { importAs } from "./registration-owner.ts";

/** How long a plug-in's module may take to load, in milliseconds. */
export const IMPORT_TIMEOUT = 10_000;

/** The real path of the entry's file, which must lie inside the package also after links are followed. @throws PluginError */
export function locateEntry(owner: PluginPackage, entry: PluginEntry): string {
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

/** Remembers that a file did not give what it should, so that the next try loads it anew. */
export function noteFailure(file: string): void {
  failures.set(file, (failures.get(file) ?? 0) + 1);
}

/**
 * Imports an entry's file; what is registered meanwhile is put down to `ownerKey`.
 * @param timeout how long it may take, in milliseconds
 * @throws PluginError
 */
export async function importEntry(
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
        remedy: remedyFor(error, owner),
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

/** What addons say that were built for another version of Node, and what finds prebuilt ones when none fits. */
const OTHER_NODE = /NODE_MODULE_VERSION|No native build was found/;

/** What to do about an error while a module was loaded. */
function remedyFor(error: unknown, owner: PluginPackage): string {
  if (codeOf(error) === "ERR_DLOPEN_FAILED" || OTHER_NODE.test(messageOf(error))) return nativeRemedy(error, owner);
  return REMEDIES[codeOf(error) ?? ""] ?? "Update or remove it, or tell its author";
}

function nativeRemedy(error: unknown, { name, dir, linked }: PluginPackage): string {
  const why = OTHER_NODE.test(messageOf(error))
    ? `Native code of ${name} was made for another version of Node`
    : `Native code of ${name} does not run here`;
  const { pluginHome, syncedRecipes } = directories();
  const isOurs = !linked && [pluginHome, syncedRecipes].some((store) => dir.startsWith(store + sep));
  return isOurs ? `${why}. Reinstall it: ai-cli plugins doctor --fix` : `${why}. Run npm rebuild in ${dir}`;
}
