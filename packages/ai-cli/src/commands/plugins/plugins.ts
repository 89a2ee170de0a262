import { nearest } from "@d0ttino/llm/errors/did-you-mean";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import type { Command, Invocation } from "../command.ts";
import type { ManagerInvocation } from "./manager-invocation.ts";
import { isVerb, readVerb } from "./read-verb.ts";
import { PLUGIN_KINDS, PLUGIN_VERBS, takesOption, type PluginVerb } from "./verbs.ts";

export { suggestWords } from "./suggest-words.ts";

type Verb = (invocation: ManagerInvocation) => Promise<number>;

const LOADERS: Readonly<Record<PluginVerb, () => Promise<Verb>>> = {
  list: async () => (await import("./list.ts")).list,
  search: async () => (await import("./list.ts")).search,
  outdated: async () => (await import("./list.ts")).outdated,
  install: async () => (await import("./install.ts")).install,
  remove: async () => (await import("./remove.ts")).remove,
  unlink: async () => (await import("./remove.ts")).unlink,
  link: async () => (await import("./link.ts")).link,
  update: async () => (await import("./update.ts")).update,
  sync: async () => (await import("./sync.ts")).sync,
  registry: async () => (await import("./registry.ts")).registry,
  info: async () => (await import("./info.ts")).info,
  reset: async () => (await import("./reset.ts")).reset,
  doctor: async () => (await import("./doctor.ts")).doctor,
  test: async () => (await import("./test.ts")).test,
  rollback: async () => (await import("./rollback.ts")).rollback,
  new: async () => (await import("./new.ts")).newPlugin,
  publish: async () => (await import("./publish.ts")).publish,
};

/** What others call our verbs. */
const ELSEWHERE: Readonly<Record<string, PluginVerb>> = {
  add: "install",
  uninstall: "remove",
  rm: "remove",
  delete: "remove",
  upgrade: "update",
  ls: "list",
  find: "search",
  show: "info",
  view: "info",
  undo: "rollback",
  check: "doctor",
  create: "new",
  init: "new",
};

/** `ai-cli plugins`: finds the verb, which loads what it needs. */
export async function plugins(invocation: Invocation, commands: readonly Command[]): Promise<number> {
  const { kind, name, words } = readVerb(invocation.words);
  if (name === undefined || !isVerb(name)) throw noVerb(name);
  for (const option of Object.keys(invocation.options)) if (!takesOption(name, option)) throw strayOption(option, name);
  if (invocation.options["update"] !== undefined && invocation.options["offline"] !== undefined) {
    throw new D0ttinoError("usage", "--update fetches the registry, and --offline fetches nothing: give one of them.");
  }
  const run = await LOADERS[name]();
  return run({ ...invocation, words, kind, commands });
}

function noVerb(name: string | undefined): D0ttinoError {
  const verbs = Object.keys(PLUGIN_VERBS);
  const all = `One of: ${verbs.join(", ")}.`;
  if (name === undefined) return new D0ttinoError("usage", "Say what to do with plug-ins.", { hint: all });
  const near = Object.hasOwn(ELSEWHERE, name)
    ? ELSEWHERE[name]
    : nearest(name, [...verbs, ...Object.keys(PLUGIN_KINDS)]);
  return new D0ttinoError("usage", `There is no ai-cli plugins ${JSON.stringify(name)}.`, {
    hint: near === undefined ? all : `Did you mean "${near}"?`,
  });
}

/** An option that would be ignored may have been meant to hold something back. */
function strayOption(option: string, verb: PluginVerb): D0ttinoError {
  const takers = (Object.keys(PLUGIN_VERBS) as PluginVerb[]).filter((one) => takesOption(one, option)).map(shown);
  return new D0ttinoError("usage", `ai-cli plugins ${shown(verb)} has no --${option}.`, {
    hint: `It goes with ${takers.length < 2 ? "" : `${takers.slice(0, -1).join(", ")} and `}${takers.at(-1)}.`,
  });
}

function shown(verb: PluginVerb): string {
  return verb === "sync" ? "recipes sync" : verb === "registry" ? "registry check" : verb;
}
