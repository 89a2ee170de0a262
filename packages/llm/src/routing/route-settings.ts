import type { Config } from "../config/config-file.ts";
import { variable } from "../config/environment.ts";
import { D0ttinoError } from "../errors/d0ttino-error.ts";
import type { RouteSettings, RoutingMode } from "./choose-route.ts";

const MODES: readonly string[] = ["auto", "local", "remote"] satisfies RoutingMode[];
const DEFAULT_THRESHOLD = 50;

/**
 * The settings of routing: the environment, and below it the config file.
 * @throws D0ttinoError `bad-config` when a variable has no valid value
 */
export function routeSettings(config: Config): RouteSettings {
  const named = [variable("LLM_PRIMARY_BACKEND"), variable("LLM_FALLBACK_BACKEND")].filter(
    (name) => name !== undefined,
  );
  const configured = config.route ?? (config.model === undefined ? [] : [config.model]);
  return {
    route: named.length > 0 ? named : configured,
    mode: mode(),
    threshold: threshold(),
    aliases: config.aliases,
  };
}

function mode(): RoutingMode {
  const value = variable("LLM_ROUTING_MODE")?.toLowerCase() ?? "auto";
  if (MODES.includes(value)) return value as RoutingMode;
  throw new D0ttinoError("bad-config", `LLM_ROUTING_MODE is ${JSON.stringify(value)}.`, {
    hint: "It may be auto, local or remote.",
  });
}

function threshold(): number {
  const value = variable("LLM_COMPLEXITY_THRESHOLD");
  if (value === undefined) return DEFAULT_THRESHOLD;
  if (/^\d+$/.test(value)) return Number(value);
  throw new D0ttinoError("bad-config", `LLM_COMPLEXITY_THRESHOLD is ${JSON.stringify(value)}.`, {
    hint: "It is a number of words, for example 50.",
  });
}
