/**
 * The verbs of the plug-in manager, in the order in which they are shown, with the options that mean something to each
 * besides those of `EVERYWHERE`.
 */
export const PLUGIN_VERBS = {
  list: ["update"],
  search: ["update"],
  outdated: ["update"],
  install: ["update", "dry-run", "allow-scripts", "gpu"],
  remove: ["update", "dry-run"],
  update: ["update", "dry-run"],
  sync: ["update", "dry-run", "dest"],
  link: [],
  unlink: ["dry-run"],
  rollback: [],
  registry: ["against", "allow-shrinking"],
  info: ["update"],
  doctor: ["fix"],
  test: ["env", "goal", "model"],
  reset: ["dry-run"],
  new: ["backend", "recipe", "provider", "js", "ts"],
  publish: ["check"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** A verb of the plug-in manager. */
export type PluginVerb = keyof typeof PLUGIN_VERBS;

/** Options that hold for every verb: none asks with `--yes`, or asks a network with `--offline`. */
const EVERYWHERE: readonly string[] = ["yes", "offline", "json", "debug"];

/** The words that stand before a verb and limit it to one kind. */
export const PLUGIN_KINDS = { backends: "backend", recipes: "recipe" } as const;

/** Whether an option means something to a verb. */
export function takesOption(verb: PluginVerb, option: string): boolean {
  const own: readonly string[] = PLUGIN_VERBS[verb];
  return own.includes(option) || EVERYWHERE.includes(option);
}
