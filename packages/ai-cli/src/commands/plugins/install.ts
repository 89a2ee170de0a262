import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { nearest } from "@d0ttino/llm/errors/did-you-mean";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { readPluginWord, type PluginWord } from "../../manager/plugin-word.ts";
import type { Registry } from "../../manager/registry/registry.ts";
import { wantedPackage, type WantedPackage } from "../../manager/wanted-package.ts";
import { agree } from "./agree-to-install.ts";
import { allowances, installEach } from "./install-each.ts";
import { changeOptions, openRegistry, pluginStore } from "./manager-tools.ts";
import type { ManagerInvocation } from "./manager-invocation.ts";

/** `ai-cli plugins install`: each name succeeds or fails alone. */
export async function install(invocation: ManagerInvocation): Promise<number> {
  const { options, words } = invocation;
  if (words.length === 0) {
    throw new D0ttinoError("usage", "Name what to install.", { hint: "ai-cli plugins list shows what there is." });
  }
  const change = changeOptions();
  const named = new Map(words.map((word) => [word, readPluginWord(word, process.cwd())]));
  const needsRegistry = [...named.values()].some(({ kind }) => kind === "name");
  const registry = needsRegistry ? await openRegistry(invocation, change.signal) : undefined;
  const findWord = (word: string): WantedPackage => find(named.get(word) as PluginWord, registry, invocation);
  // A name alone that there is none of is wrong usage; among others it is one of those that fail.
  if (named.size === 1) for (const word of named.keys()) findWord(word);

  const store = pluginStore();
  if (options["yes"] !== true && options["dry-run"] !== true) {
    const strangers = [...named].filter(([, { kind }]) => kind !== "name").map(([word]) => word);
    await agree([...named.keys()], strangers, options["json"] === true, (word) => {
      const { request, ...wanted } = findWord(word);
      return {
        store,
        request,
        options: { ...change, ...wanted, ...allowances(options), offline: options["offline"] === true },
      };
    });
  }
  return installEach([...named.keys()], findWord, store, options, change);
}

function find(word: PluginWord, registry: Registry | undefined, { kind }: ManagerInvocation): WantedPackage {
  if (word.kind !== "name") {
    const isLocal = word.kind === "local";
    const spec = isLocal ? word.path : word.spec;
    if (isLocal) checkPath(spec);
    return { request: { spec, isLocal }, ...(kind === undefined ? {} : { expected: { kind, name: undefined } }) };
  }
  const entry = registry?.find(kind, word.name);
  if (entry === undefined) throw unknown(word.name, registry, kind);
  return wantedPackage(entry, word.version);
}

/** @throws D0ttinoError `usage` or `install-failed` for what npm's libraries would say something unclear about */
function checkPath(path: string): void {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) {
    throw new D0ttinoError("usage", `There is no folder or file ${path}.`, {
      hint: "Name the folder of the plug-in, or a tarball of it.",
    });
  }
  if (!status.isDirectory() && !/\.(?:tgz|tar\.gz)$/i.test(path)) {
    throw new D0ttinoError("install-failed", `${path} is neither a folder nor a tarball.`, {
      hint: "npm pack makes a tarball (.tgz) of a folder.",
    });
  }
  if (status.isDirectory() && !existsSync(join(path, "package.json"))) {
    throw new D0ttinoError("install-failed", `${path} is no plug-in's folder: it has no package.json.`, {
      hint: "Name the folder that holds the plug-in's package.json.",
    });
  }
}

function unknown(name: string, registry: Registry | undefined, kind: ManagerInvocation["kind"]): D0ttinoError {
  const other = kind === undefined ? undefined : registry?.find(undefined, name);
  const entries = (registry?.entries ?? []).filter((entry) => kind === undefined || entry.kind === kind);
  const near = nearest(
    name,
    entries.map((entry) => entry.name),
  );
  const what = kind ?? "plug-in";
  return new D0ttinoError("unknown-plugin", `The registry has no ${what} "${name}".`, {
    hint:
      other !== undefined
        ? `It is a ${other.kind}: ai-cli plugins install ${name}`
        : near === undefined
          ? `ai-cli plugins list shows all. A package of npm is npm:${name}, a folder ./${name}.`
          : `Did you mean "${near}"?`,
  });
}
