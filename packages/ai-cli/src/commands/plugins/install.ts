import { nearest } from "@d0ttino/llm/errors/did-you-mean";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { readPluginWord, type PluginWord } from "../../manager/plugin-word.ts";
import type { Registry } from "../../manager/registry/registry.ts";
import { wantedPackage, type WantedPackage } from "../../manager/wanted-package.ts";
import { ask, isTerminal, writeMessage } from "../../terminal/terminal.ts";
import { changeOptions, openRegistry, pluginStore } from "./manager-tools.ts";
import { eachWord } from "./each-word.ts";
import { installOutcome } from "./install-outcome.ts";
import type { ManagerInvocation } from "./plugins.ts";

/** `ai-cli plugins install`: each name succeeds or fails alone. */
export async function install(invocation: ManagerInvocation): Promise<number> {
  const { options, words } = invocation;
  if (words.length === 0) {
    throw new D0ttinoError("usage", "Name what to install.", { hint: "ai-cli plugins list shows what there is." });
  }
  const change = changeOptions();
  const named = words.map((word) => [word, readPluginWord(word, process.cwd())] as const);
  let registry: Registry | undefined;
  if (named.some(([, { kind }]) => kind === "name")) registry = await openRegistry(invocation, change.signal);
  const wanted = new Map<string, WantedPackage>();
  for (const [word, meaning] of named) {
    wanted.set(word, find(meaning, registry, invocation));
    if (meaning.kind !== "name") await agree(word, options["yes"] === true);
  }
  const { installPlugin } = await import("../../manager/change-plugins.ts");
  return eachWord([...wanted.keys()], options["json"] === true, async (word) => {
    const { request, ...rest } = wanted.get(word) as WantedPackage;
    const offline = options["offline"] === true;
    return installOutcome(await installPlugin(pluginStore(), request, { ...change, ...rest, offline }));
  });
}

function find(word: PluginWord, registry: Registry | undefined, { kind }: ManagerInvocation): WantedPackage {
  if (word.kind === "npm") return { request: { spec: word.spec, isLocal: false } };
  if (word.kind === "local") return { request: { spec: word.path, isLocal: true } };
  const entry = registry?.find(kind, word.name);
  if (entry === undefined) throw unknown(word.name, registry, kind);
  return wantedPackage(entry, word.version);
}

function unknown(name: string, registry: Registry | undefined, kind: ManagerInvocation["kind"]): D0ttinoError {
  const entries = (registry?.entries ?? []).filter((entry) => kind === undefined || entry.kind === kind);
  const near = nearest(
    name,
    entries.map((entry) => entry.name),
  );
  const what = kind ?? "plug-in";
  return new D0ttinoError("unknown-plugin", `The registry has no ${what} "${name}".`, {
    hint:
      near === undefined
        ? `ai-cli plugins list shows all. A package of npm is npm:${name}, a folder ./${name}.`
        : `Did you mean "${near}"?`,
  });
}

/** Nobody has looked at what is not in the registry. @throws D0ttinoError `no-terminal`, or `interrupted` for a no */
async function agree(word: string, yes: boolean): Promise<void> {
  if (yes) return;
  const question = `${word} is not in the registry. Its code runs as yours when it is used. Install it? [y/N] `;
  if (!isTerminal.stdin || !isTerminal.stderr) {
    throw new D0ttinoError("no-terminal", `${word} is not in the registry, and there is no terminal to ask at.`, {
      hint: "With --yes it is installed without asking.",
    });
  }
  const answer = (await ask(question))?.trim().toLowerCase();
  if (answer === "y" || answer === "yes") return;
  writeMessage("Nothing was installed.");
  throw new D0ttinoError("interrupted", "Not agreed to.");
}
