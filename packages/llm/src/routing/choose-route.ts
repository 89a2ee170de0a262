/** One backend to try. */
export interface RouteEntry {
  readonly backend: string;
  /** The model the user named for it; undefined leaves it to the backend's own default. */
  readonly model: string | undefined;
}

/** What the user set for good: in the environment or the config file. */
export interface RouteSettings {
  /** `LLM_PRIMARY_BACKEND` and `LLM_FALLBACK_BACKEND`, each `name` or `name/model`. */
  readonly primary: string | undefined;
  readonly fallback: string | undefined;
  /** The config file's `route`. */
  readonly route: readonly string[] | undefined;
  /** The config file's `model`, as `backend/id`. */
  readonly model: string | undefined;
}

/** What the user says for this one prompt. */
export interface RouteFlags {
  readonly backend?: string | undefined;
  /** `model`, or `backend/model` when the part before the first slash is a backend's name. */
  readonly model?: string | undefined;
  /** False cuts the route to its first entry. */
  readonly fallback?: boolean | undefined;
}

/**
 * The backends to try for a prompt, in order. A plain function of its arguments.
 * @param isBackend whether a name is a backend's
 * @returns undefined when nothing is configured, so that what can work here has to be found out
 */
export function chooseRoute(
  settings: RouteSettings,
  flags: RouteFlags,
  isBackend: (name: string) => boolean,
): readonly RouteEntry[] | undefined {
  if (flags.backend !== undefined) return [{ backend: flags.backend, model: flags.model }];
  const named = flags.model === undefined ? undefined : splitModel(flags.model);
  if (named?.model !== undefined && isBackend(named.backend)) return [named];

  const configured = settings.primary ?? settings.fallback;
  const names =
    configured === undefined
      ? (settings.route ?? (settings.model === undefined ? [] : [settings.model]))
      : [settings.primary, settings.fallback].filter((name) => name !== undefined);
  if (names.length === 0) return undefined;
  return withFlags(names.map(splitModel), flags);
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
