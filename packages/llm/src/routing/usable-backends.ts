import { configuredServers } from "../backends/openai-compatible/configured-servers.ts";
import { SERVERS, type OpenAiCompatibleServer } from "../backends/openai-compatible/server.ts";
import type { KeyNeed } from "../config/backend-key.ts";
import { storedKeys } from "../config/keys-file.ts";
import { variable } from "../config/environment.ts";
import { isThisMachine } from "../network/this-machine.ts";
import type { PluginHost } from "../host/plugin-host.ts";
import { listModelFiles } from "../models/model-files.ts";
import type { RoutingMode } from "./choose-route.ts";

/** How long a local server may take to say that it is there, in milliseconds. */
const PATIENCE = 500;

/** What can work here and now. */
export interface UsableBackends {
  readonly names: readonly string[];
  /** Why a server does not count that the user pointed to, each a sentence without its end. */
  readonly failures: readonly string[];
}

/** The backend that runs model files itself, of the plug-in @d0ttino/llama-plugin. */
const EMBEDDED = "llama";

/**
 * The backends that can answer here and now when nothing is configured, the best first: those with a key, what is built
 * in before the providers that were installed, then the servers without one that answer and have a model, then the
 * embedded model when one is on disk.
 */
export async function usableBackends(
  host: PluginHost,
  { mode, signal }: { readonly mode: RoutingMode; readonly signal: AbortSignal },
): Promise<UsableBackends> {
  const isFitting = ({ local }: { readonly local: boolean }): boolean =>
    mode === "auto" || local === (mode === "local");
  const installed = host.providers();
  const fitting = configuredServers().filter(
    (server) => isFitting(server) && !installed.some((provider) => provider.name === server.name),
  );
  const keys = storedKeys();
  const hasKey = ({ name, apiKeyVariable }: KeyNeed): boolean => isSet(apiKeyVariable) || keys.has(name);
  const withKey = fitting.filter(hasKey);
  const providers = installed.filter((provider) => isFitting(provider) && hasKey(provider));
  const near = fitting.filter(
    (server) => !withKey.includes(server) && !server.needsKey && (isChosen(server) || isLoopback(server.baseUrl)),
  );
  const answers = await Promise.all(near.map((server) => askForModels(server, signal)));
  const answering = near.filter((_server, at) => answers[at] === "has models");
  const embedded = mode !== "remote" && hasEmbedded(host) && listModelFiles().length > 0 ? [EMBEDDED] : [];
  return {
    names: [...[...withKey, ...providers, ...answering].map(({ name }) => name), ...embedded],
    failures: near.flatMap((server, at) => {
      const answer = answers[at];
      return isChosen(server) && answer instanceof Error ? [`${server.name}: ${answer.message}`] : [];
    }),
  };
}

/** Whether there is something that can run a model file. */
export function hasEmbedded(host: PluginHost): boolean {
  return host.has("backend", EMBEDDED);
}

function isSet(name: string | undefined): boolean {
  return name !== undefined && variable(name) !== undefined;
}

/** Whether the user pointed to a server, with a variable or in the config file. */
function isChosen({ baseUrl, baseUrlVariable }: OpenAiCompatibleServer): boolean {
  return isSet(baseUrlVariable) || !SERVERS.some((known) => known.baseUrl === baseUrl);
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && isThisMachine(new URL(url).hostname);
}

async function askForModels(server: OpenAiCompatibleServer, signal: AbortSignal): Promise<"has models" | Error> {
  const { listModels } = await import("../backends/openai-compatible/server-provider.ts");
  try {
    const models = await listModels(server, AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]));
    return models.length > 0 ? "has models" : new Error("it has no model");
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
