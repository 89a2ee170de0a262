import type { Verb } from "../command.ts";

const NAME_IS =
  "NAME is a name of the registry, NAME@VERSION one of its versions. Anything else is npm:PACKAGE, ./DIR or FILE.tgz.";

/** The verbs of the plug-in manager, in the order in which they are shown. */
export const PLUGIN_VERBS = {
  list: {
    usage: ["[backends|recipes] list"],
    summary: "What is installed, and what the registry has",
    options: ["update"],
  },
  search: {
    usage: ["[backends|recipes] search WORD..."],
    summary: "Names of the registry that have to do with all of the words",
    options: ["update"],
  },
  outdated: {
    usage: ["[backends|recipes] outdated"],
    summary: "What the registry has in another version",
    options: ["update"],
  },
  install: {
    usage: ["[backends|recipes] install NAME..."],
    summary: "Install plug-ins, each with its dependencies",
    details: [
      NAME_IS,
      "A folder is packed and installed with its dependencies; link uses it from where it lies.",
      "No script of a package runs unless it is allowed by name.",
    ],
    options: ["update", "dry-run", "allow-scripts", "gpu"],
  },
  remove: {
    usage: ["[backends|recipes] remove NAME..."],
    summary: "Remove plug-ins, also those that cannot be loaded",
    options: ["update", "dry-run"],
  },
  update: {
    usage: ["[backends|recipes] update [NAME...]"],
    summary: "Take the registry's versions, of all or of those named",
    options: ["update", "dry-run"],
  },
  sync: {
    usage: ["recipes sync"],
    summary: "Bring every recipe of the registry, so that recipes run without a network",
    details: ["What is unchanged costs nothing. What fails is named, keeps its old copy, and the others go on."],
    options: ["update", "dry-run", "dest"],
  },
  link: {
    usage: ["link DIR"],
    summary: "Use a folder from where it lies, as it is at each start",
    options: [],
  },
  unlink: {
    usage: ["unlink NAME|DIR"],
    summary: "Use a linked folder no more; it stays where it is",
    options: ["dry-run"],
  },
  rollback: { usage: ["rollback"], summary: "Go back to the state before the last change", options: [] },
  registry: {
    usage: ["registry check FILE [NAME...]"],
    summary: "For who keeps a registry: what is wrong with a file, and with the packages in it or of NAME",
    options: ["against", "allow-shrinking"],
  },
  info: {
    usage: ["[backends|recipes] info NAME"],
    summary: "All that is known of a plug-in, installed or not",
    options: ["update"],
  },
  doctor: {
    usage: ["doctor [NAME...]"],
    summary: "Import every plug-in in a process of its own, and hold what is noted against what is there",
    options: ["fix"],
  },
  test: {
    usage: ["test [DIR]"],
    summary: "For authors: run the contract suite on the package in a folder, here if none is named",
    options: ["env", "goal", "model"],
  },
  reset: {
    usage: ["reset"],
    summary: "Remove everything that is installed, linked or synced",
    details: ["rollback brings the plug-in home back."],
    options: ["dry-run"],
  },
  new: {
    usage: ["new NAME"],
    summary: "Make a folder with a plug-in to go on from: source, test, SDK, README and CI",
    details: ["A backend in JavaScript is the default."],
    options: ["backend", "recipe", "provider", "js", "ts"],
  },
  publish: {
    usage: ["publish --check [DIR]"],
    summary: "Pack a folder, say what a registry would have against it, and print its entry",
    details: ["npm publish publishes."],
    options: ["check"],
  },
} as const satisfies Readonly<Record<string, Verb>>;

/** A verb of the plug-in manager. */
export type PluginVerb = keyof typeof PLUGIN_VERBS;

/** Options that hold for every verb: none asks with `--yes`, or asks a network with `--offline`. */
const EVERYWHERE: readonly string[] = ["yes", "offline", "json", "debug"];

/** The words that stand before a verb and limit it to one kind. */
export const PLUGIN_KINDS = { backends: "backend", recipes: "recipe" } as const;

/** Whether an option means something to a verb. */
export function takesOption(verb: PluginVerb, option: string): boolean {
  const own: readonly string[] = PLUGIN_VERBS[verb].options;
  return own.includes(option) || EVERYWHERE.includes(option);
}
