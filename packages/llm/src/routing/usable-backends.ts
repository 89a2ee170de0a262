import { variable } from "../config/environment.ts";
import { SERVERS, type OpenAiCompatibleServer } from "../backends/openai-compatible/server.ts";

/** How long a local server may take to say that it is there, in milliseconds. */
const PATIENCE = 500;

/**
 * The backends that can answer here and now when nothing is configured, the best first: those with a key, then the
 * local servers that answer and have a model.
 */
export async function usableBackends(signal: AbortSignal): Promise<readonly string[]> {
  const withKey = SERVERS.filter((server) => isSet(server.apiKeyVariable));
  const local = SERVERS.filter((server) => !withKey.includes(server) && !server.needsKey && isNear(server));
  const answers = await Promise.all(local.map((server) => hasModels(server, signal)));
  return [...withKey, ...local.filter((_server, at) => answers[at])].map((server) => server.name);
}

function isSet(name: string | undefined): boolean {
  return name !== undefined && variable(name) !== undefined;
}

/** Whether a server is one the user pointed to, or would be on this machine. */
function isNear(server: OpenAiCompatibleServer): boolean {
  return isSet(server.baseUrlVariable) || new URL(server.baseUrl).hostname === "localhost";
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
