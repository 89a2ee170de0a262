/** One backend to try. */
export interface RouteEntry {
  readonly backend: string;
  /** The model the user named for it; undefined leaves it to the backend's own default. */
  readonly model: string | undefined;
}

/** Which backends may be asked and in which order, as `LLM_ROUTING_MODE` says. */
export type RoutingMode = "auto" | "local" | "remote";

/** What the user set for good: in the environment or the config file. */
export interface RouteSettings {
  /** Backends in order, each `name` or `name/model`: the primary, the fallback, and any others. */
  readonly route: readonly string[];
  readonly mode: RoutingMode;
  /** In mode `auto`, prompts of more words than this go to the primary first, others to the fallback. */
  readonly threshold: number;
  /** Names for models: `-m NAME` stands for the model, as `model` or `backend/model`. */
  readonly aliases: Readonly<Record<string, string>>;
}

/** What the user says for this one prompt. */
export interface RouteFlags {
  /** Ask this backend and no other. */
  readonly backend?: string | undefined;
  /** An alias, a model, or `backend/model` when the part before the first slash is a backend's name. */
  readonly model?: string | undefined;
  /** Ask local backends only, or remote ones only, whatever the mode is. */
  readonly locality?: "local" | "remote" | undefined;
  /** False cuts the route to its first entry. */
  readonly fallback?: boolean | undefined;
}

/** What is known of backends. */
export interface KnownBackends {
  /** Whether a name is a backend's. */
  exists(name: string): boolean;
  /** Whether a backend says that no prompt leaves the machine. */
  isLocal(name: string): boolean;
}

/** The backends to try for a prompt, in order, and why these. */
export interface Route {
  readonly entries: readonly RouteEntry[];
  /** One line for a person. */
  readonly reason: string;
}

/**
 * Chooses the backends for a prompt. A plain function of its arguments.
 * @returns undefined when nothing fitting is configured, so that what can work here has to be found out
 */
export function chooseRoute(
  settings: RouteSettings,
  flags: RouteFlags,
  prompt: string,
  known: KnownBackends,
): Route | undefined {
  const model = flags.model === undefined ? undefined : (ownAlias(settings.aliases, flags.model) ?? flags.model);
  if (flags.backend !== undefined) {
    return { entries: [{ backend: flags.backend, model }], reason: `-b asks for ${flags.backend} alone` };
  }
  const named = model === undefined ? undefined : splitModel(model);
  if (named?.model !== undefined && known.exists(named.backend)) {
    return { entries: [named], reason: `-m asks for a model of ${named.backend}` };
  }
  const mode = flags.locality ?? settings.mode;
  const fitting = settings.route
    .map(splitModel)
    .filter(({ backend }) => mode === "auto" || known.isLocal(backend) === (mode === "local"));
  if (fitting.length === 0) return undefined;
  const { entries, reason } =
    mode === "auto" ? byLength(fitting, prompt, settings.threshold) : { entries: fitting, reason: REASONS[mode] };
  return { entries: withFlags(entries, { ...flags, model }), reason };
}

const REASONS = {
  local: "only local backends may be asked",
  remote: "local backends are skipped",
};

/** Long prompts go to the primary first, short ones to the fallback; a third backend and more stay behind. */
function byLength(entries: readonly RouteEntry[], prompt: string, threshold: number): Route {
  const [primary, fallback, ...others] = entries;
  if (primary === undefined || fallback === undefined) return { entries, reason: "it is the only one configured" };
  return hasMoreWords(prompt, threshold)
    ? { entries, reason: `the prompt has more than ${threshold} words, so the primary goes first` }
    : {
        entries: [fallback, primary, ...others],
        reason: `the prompt has at most ${threshold} words, so the fallback goes first`,
      };
}

/** Whether a text has more words than that; a long text is not counted to its end. */
export function hasMoreWords(text: string, count: number): boolean {
  const words = text.matchAll(/\S+/g);
  for (let seen = 0; seen <= count; seen += 1) if (words.next().done === true) return false;
  return true;
}

/** Applies the flags to a route: a model named for the prompt is the first entry's, which is the one it was meant for. */
export function withFlags(route: readonly RouteEntry[], flags: RouteFlags): readonly RouteEntry[] {
  const entries = flags.fallback === false ? route.slice(0, 1) : route;
  return entries.map((entry, at) => (at === 0 && flags.model !== undefined ? { ...entry, model: flags.model } : entry));
}

/** Splits `backend/model` at the first slash; ids of models may contain more of them. */
export function splitModel(text: string): RouteEntry {
  const slash = text.indexOf("/");
  return slash === -1
    ? { backend: text, model: undefined }
    : { backend: text.slice(0, slash), model: text.slice(slash + 1) };
}

function ownAlias(aliases: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(aliases, name) ? aliases[name] : undefined;
}
