import { existsSync, lstatSync, readdirSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { makeFolder } from "@d0ttino/llm/config/make-folder";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { diskFailure } from "@d0ttino/llm/errors/disk-failure";
import { placeSdk, readTemplate } from "./author-kit.ts";
import { newFiles } from "./new-files.ts";
import { COMPILER } from "./new-manifest.ts";
import { namesOf, TEMPLATES, type PluginNames, type TemplateKind } from "./plugin-template.ts";

/** What was asked for. */
export interface PluginWish {
  readonly name: string;
  readonly kind: TemplateKind;
  readonly language: "js" | "ts";
  /** The absolute path of its folder, which is not there yet or empty. */
  readonly dir: string;
  /** The folder of the program's package. */
  readonly packageDir: string;
  readonly signal: AbortSignal;
}

/** What was made. */
export interface WrittenPlugin {
  readonly names: PluginNames;
  /** Paths in the folder. */
  readonly files: readonly string[];
}

/**
 * Makes the folder of a new plug-in: all of it, or nothing.
 * @throws D0ttinoError `usage` when there is something in the folder; `io-failed` when it cannot be written; the reason of the signal
 */
export async function writePlugin(wish: PluginWish): Promise<WrittenPlugin> {
  const { name, kind, language, dir, packageDir, signal } = wish;
  checkFree(dir);
  const names = namesOf(name, kind);
  const staging = join(dirname(dir), `.${basename(dir)}.${process.pid}.tmp`);
  try {
    makeFolder(join(staging, "vendor"));
    const sdkTarball = await placeSdk(packageDir, join(staging, "vendor"), signal);
    const found = Object.keys(COMPILER).filter((one) => isFound(one, dir));
    const files = newFiles({ kind, language, names, sdkTarball, found }, readTemplate(packageDir, TEMPLATES[kind]));
    for (const [path, text] of Object.entries(files)) {
      makeFolder(dirname(join(staging, path)));
      writeFileSync(join(staging, path), text);
    }
    if (existsSync(dir)) rmdirSync(dir);
    renameSync(staging, dir);
    return { names, files: [...Object.keys(files), `vendor/${sdkTarball}`] };
  } catch (error) {
    signal.throwIfAborted();
    throw diskFailure(error, dir);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function checkFree(dir: string): void {
  const hint = "Choose another name, or make that place empty.";
  if (lstatSync(dir, { throwIfNoEntry: false }) === undefined) return;
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new D0ttinoError("usage", `${dir} is there already, and no folder.`, { hint });
  }
  if (readdirSync(dir).length > 0) throw new D0ttinoError("usage", `The folder ${dir} is not empty.`, { hint });
}

/** Whether an import from a folder that may not be there yet would find a package in a project around it. */
function isFound(name: string, dir: string): boolean {
  try {
    createRequire(join(dir, "package.json")).resolve(`${name}/package.json`);
    return true;
  } catch {
    return false;
  }
}
