import { configuredServers } from "../backends/openai-compatible/configured-servers.ts";
import type { OpenAiCompatibleServer } from "../backends/openai-compatible/server.ts";
import { storedKeys } from "../config/keys-file.ts";
import { variable } from "../config/environment.ts";
import type { RoutingMode } from "./choose-route.ts";

/** How long a local server may take to say that it is there, in milliseconds. */
const PATIENCE = 500;

/**
 * The backends that can answer here and now when nothing is configured, the best first: those with a key, then the
 * servers without one that answer and have a model.
 */
export async function usableBackends(options: {
  readonly mode: RoutingMode;
  /** Whether servers may be asked if they are there; without asking, they are left out. */
  readonly probe: boolean;
  readonly signal: AbortSignal;
}): Promise<readonly string[]> {
  const { mode, probe, signal } = options;
  const fitting = configuredServers().filter((server) => mode === "auto" || server.local === (mode === "local"));
  const keys = storedKeys();
  const withKey = fitting.filter((server) => isSet(server.apiKeyVariable) || keys.has(server.name));
  const near = fitting.filter((server) => !withKey.includes(server) && !server.needsKey && isNear(server));
  const answers = probe ? await Promise.all(near.map((server) => hasModels(server, signal))) : [];
  return [...withKey, ...near.filter((_server, at) => answers[at])].map((server) => server.name);
}

function isSet(name: string | undefined): boolean {
  return name !== undefined && variable(name) !== undefined;
}

/** Whether a server is one the user pointed to, or would be on this machine. */
function isNear(server: OpenAiCompatibleServer): boolean {
  return isSet(server.baseUrlVariable) || isLoopback(server.baseUrl);
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);
}

async function hasModels(server: OpenAiCompatibleServer, signal: AbortSignal): Promise<boolean> {
  const { listModels } = await import("../backends/openai-compatible/server-provider.ts");
  try {
    const models = await listModels(server, AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]));
    return models.length > 0;
  } catch {
    return false;
  }
}
