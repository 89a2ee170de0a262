import { D0ttinoError, isD0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import type { InstallOptions } from "../../manager/change-plugins.ts";
import type { PackageRequest } from "../../manager/installer/resolve-package.ts";
import type { InstallPreview } from "../../manager/preview-install.ts";
import type { PluginStore } from "../../manager/store/plugin-store.ts";
import { ask, isTerminal, writeMessage, writeProgress } from "../../terminal/terminal.ts";
import { previewText } from "./install-preview.ts";

/** An install that is still to be agreed to. */
interface Proposal {
  readonly store: PluginStore;
  readonly request: PackageRequest;
  readonly options: InstallOptions;
}

/**
 * Shows at a terminal what would be installed for the first time, and asks once for all of it. Without a terminal, or
 * for a program, what the registry names needs no consent.
 * @param strangers the words that no registry knows, whose packages nobody has looked at
 * @throws D0ttinoError `no-terminal` when there is nobody to ask about strangers; `interrupted` for a no
 */
export async function agree(
  words: readonly string[],
  strangers: readonly string[],
  json: boolean,
  propose: (word: string) => Proposal,
): Promise<void> {
  const [stranger] = strangers;
  if (!isTerminal.stdin || !isTerminal.stderr || json) {
    if (stranger === undefined) return;
    throw new D0ttinoError("no-terminal", `${stranger} is not in the registry, and there is nobody to ask.`, {
      hint: "With --yes it is installed without asking.",
    });
  }
  const { previewInstall } = await import("../../manager/with-npm.ts");
  const texts: string[] = [];
  for (const word of words) {
    writeProgress(`${word}…`);
    const preview = await previewOrNothing(() => propose(word), previewInstall);
    writeProgress("");
    if (preview === undefined || !preview.isNew || (preview.before !== undefined && !strangers.includes(word)))
      continue;
    texts.push(previewText(preview));
    if (strangers.includes(word))
      texts.push("  Not in the registry: nobody has looked at it. Its code runs as yours when it is used.");
  }
  if (texts.length === 0) return;
  writeMessage(texts.join("\n"));
  const isCareful = stranger !== undefined;
  const answer = (
    await ask(`Install ${words.length === 1 ? "it" : "them"}? ${isCareful ? "[y/N]" : "[Y/n]"} `)
  )?.trim();
  if (/^y(?:es)?$/i.test(answer ?? "") || (answer === "" && !isCareful)) return;
  writeMessage("Nothing was installed.");
  throw new D0ttinoError("interrupted", "Not agreed to.");
}

/** What cannot be shown cannot be installed either, which says why. */
async function previewOrNothing(
  propose: () => Proposal,
  preview: (store: PluginStore, request: PackageRequest, options: InstallOptions) => Promise<InstallPreview>,
): Promise<InstallPreview | undefined> {
  try {
    const { store, request, options } = propose();
    return await preview(store, request, options);
  } catch (error) {
    if (isD0ttinoError(error) && error.code !== "interrupted") return undefined;
    throw error;
  }
}
