import { isValidName, normalizeName } from "@d0ttino/plugin-sdk/host";
import type { Config } from "../config/config-file.ts";
import { nearest } from "../errors/did-you-mean.ts";
import { D0ttinoError } from "../errors/d0ttino-error.ts";
import { sentence } from "../errors/message-of.ts";
import { loadBackend } from "../host/loaded-backend.ts";
import type { PluginHost } from "../host/plugin-host.ts";
import {
  chooseRoute,
  splitModel,
  withFlags,
  type Route,
  type RouteFlags,
  type RouteSettings,
  type RoutingMode,
} from "./choose-route.ts";
import { routeSettings } from "./route-settings.ts";
import { hasEmbedded, usableBackends } from "./usable-backends.ts";

/** A route, and whether the user chose it, with this prompt or for good, or it is what can work here and now. */
export interface FoundRoute extends Route {
  readonly origin: "chosen" | "found";
}

/**
 * The route of a prompt: as configured, else what can work here and now.
 * @throws D0ttinoError `no-backend`, `bad-config`, or `usage` when a named backend contradicts the locality asked for, or
 *   the name of the model is empty
 */
export async function findRoute(
  host: PluginHost,
  config: Config,
  prompt: string,
  flags: RouteFlags,
  signal: AbortSignal,
): Promise<FoundRoute> {
  const settings = routeSettings(config);
  checkModelName(flags);
  if (flags.backend === undefined && flags.model !== undefined) checkSpelling(host, settings, flags.model);
  const mode = flags.locality ?? settings.mode;
  const local = mode === "auto" ? new Set<string>() : await localBackends(host, settings.route);
  const chosen = chooseRoute(settings, flags, prompt, {
    exists: (name) => host.has("backend", name),
    isLocal: (name) => local.has(normalizeName(name)),
  });
  if (chosen !== undefined) {
    if (flags.locality !== undefined) await checkLocality(host, chosen, flags.locality);
    return { ...chosen, origin: "chosen" };
  }
  const usable = await usableBackends(host, { mode, signal });
  if (usable.names.length === 0) throw noBackend(mode, usable.failures, hasEmbedded(host));
  const reason = "nothing fitting is configured, so it is what can work here and now";
  return { entries: withFlags(usable.names.map(splitModel), flags), reason, origin: "found" };
}

function checkModelName({ backend, model }: RouteFlags): void {
  if (model === undefined) return;
  // Behind -b the whole name is the model's.
  const name = backend === undefined ? (splitModel(model).model ?? model) : model;
  if (name.trim() !== "") return;
  throw new D0ttinoError("usage", `${JSON.stringify(model)} names no model.`, {
    hint: "Give -m MODEL or -m BACKEND/MODEL, or leave -m out for the default; ai-cli models lists the models.",
  });
}

/** A model of `sampel` is most likely one of `sample`, and its prompt must not go to another backend. */
function checkSpelling(host: PluginHost, { aliases }: RouteSettings, name: string): void {
  const { backend, model } = splitModel(name);
  if (model === undefined || !isValidName(backend)) return;
  if (Object.hasOwn(aliases, name) || host.has("backend", backend)) return;
  const near = nearest(
    backend,
    host.list("backend").map((info) => info.name),
  );
  if (near === undefined) return;
  throw new D0ttinoError("unknown-backend", `There is no backend "${backend}" for the model ${name}.`, {
    hint: `Did you mean "${near}/${model}"? A model of that very name is sent with -b in front.`,
  });
}

/** Which of the backends of a route are local. Only a backend itself says so, so they are loaded. */
async function localBackends(host: PluginHost, route: readonly string[]): Promise<ReadonlySet<string>> {
  const names = route.map((entry) => normalizeName(splitModel(entry).backend));
  const local = await Promise.all(names.map((name) => isLocal(host, name)));
  return new Set(names.filter((_name, at) => local[at]));
}

/** One that cannot be loaded counts as remote: no prompt that must stay here goes to it. */
async function isLocal(host: PluginHost, name: string): Promise<boolean> {
  try {
    return (await loadBackend(host, name)).local;
  } catch {
    return false;
  }
}

async function checkLocality(host: PluginHost, route: Route, locality: "local" | "remote"): Promise<void> {
  for (const { backend } of route.entries) {
    if (!host.has("backend", backend) || (await isLocal(host, backend)) === (locality === "local")) continue;
    throw new D0ttinoError("usage", `The backend ${backend} is not ${locality}.`, {
      hint: `Leave out --${locality}, or name another backend.`,
    });
  }
}

function noBackend(mode: RoutingMode, failures: readonly string[], canEmbed: boolean): D0ttinoError {
  const missing = [
    ...(mode === "local" ? [] : ["no API key is set"]),
    ...(mode === "remote" ? [] : ["no local server answers"]),
    ...(mode === "remote" || !canEmbed ? [] : ["no model is on this machine"]),
  ];
  const remedies = [
    ...(mode === "remote"
      ? []
      : [
          canEmbed
            ? "bring a small model here with ai-cli models pull smollm2"
            : "run models on this machine with ai-cli plugins install llama",
        ]),
    ...(mode === "local" ? [] : ["set a key such as OPENROUTER_API_KEY"]),
    ...(mode === "remote" ? [] : ["start a local server such as Ollama"]),
    "try -b sample, which only repeats the prompt",
  ];
  const told = [`No backend can answer here: ${listed(missing, "and")}.`, ...failures.map(sentence)].join(" ");
  const remedy = listed(remedies, "or");
  return new D0ttinoError("no-backend", told, { hint: `${remedy.charAt(0).toUpperCase()}${remedy.slice(1)}.` });
}

function listed(parts: readonly string[], word: "and" | "or"): string {
  const comma = parts.length > 2 || word === "or" ? "," : "";
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")}${comma} ${word} ${parts.at(-1)}`;
}
