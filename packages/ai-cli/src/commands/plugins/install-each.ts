import { findUnchanged } from "../../manager/find-unchanged.ts";
import type { Allowances } from "../../manager/installer/resolve-package.ts";
import type { InstallPreview } from "../../manager/preview-install.ts";
import type { ChangeOptions, PluginStore } from "../../manager/store/plugin-store.ts";
import type { WantedPackage } from "../../manager/wanted-package.ts";
import type { Invocation } from "../command.ts";
import { eachWord } from "./each-word.ts";
import { installOutcome } from "./install-outcome.ts";
import { previewOutcome } from "./install-preview.ts";

/**
 * Installs what each word means, or with --dry-run tells what that would do.
 * @param find gives what a word means, or throws when it means nothing
 * @returns the exit code: 1 when one failed
 */
export function installEach(
  words: readonly string[],
  find: (word: string) => WantedPackage,
  store: PluginStore,
  options: Invocation["options"],
  change: ChangeOptions,
): Promise<number> {
  const allowed = allowances(options);
  return eachWord(words, options["json"] === true, async (word, progress) => {
    const { request, ...wanted } = find(word);
    const onUnpack = (count: number): void => progress(`${count} ${count === 1 ? "package" : "packages"} unpacked…`);
    const all = { ...change, ...wanted, ...allowed, onUnpack, offline: options["offline"] === true };
    const isDryRun = options["dry-run"] === true;
    const unchanged = asksForMore(allowed) ? undefined : findUnchanged(store.current(), { request, ...wanted });
    if (unchanged !== undefined) {
      const { name, version } = unchanged;
      return isDryRun
        ? previewOutcome(nothingToDo(name, version))
        : installOutcome({ package: unchanged, before: version, isNew: false });
    }
    const { installPlugin, previewInstall } = await import("../../manager/with-npm.ts");
    return isDryRun
      ? previewOutcome(await previewInstall(store, request, all))
      : installOutcome(await installPlugin(store, request, all));
  });
}

function nothingToDo(name: string, version: string): InstallPreview {
  return {
    package: name,
    version,
    before: version,
    isNew: false,
    publisher: null,
    published: null,
    bytes: 0,
    dependencies: [],
    scripts: [],
  };
}

/** What the options allow the packages that are installed. */
export function allowances(options: Invocation["options"]): Allowances {
  const allowScripts = options["allow-scripts"];
  return {
    ...(options["gpu"] === true ? { gpu: true } : {}),
    ...(Array.isArray(allowScripts) ? { allowScripts } : {}),
  };
}

/** Whether something is allowed that need not have been allowed before. */
function asksForMore({ gpu, allowScripts }: Allowances): boolean {
  return gpu === true || allowScripts !== undefined;
}
