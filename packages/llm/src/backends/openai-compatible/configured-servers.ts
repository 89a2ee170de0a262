import { readConfig, type BackendSettings } from "../../config/config-file.ts";
import { SERVERS, type OpenAiCompatibleServer } from "./server.ts";

/** A server, with what the config file says of it. */
export interface ConfiguredServer extends OpenAiCompatibleServer {
  readonly timeouts?: BackendSettings["timeouts"];
}

/**
 * All servers there are: those of the table with what the config file says of them, and those it adds.
 * @throws D0ttinoError `bad-config`
 */
export function configuredServers(): readonly ConfiguredServer[] {
  const { backends } = readConfig();
  const known = SERVERS.map((server) => withSettings(server, backends[server.name]));
  const added = Object.entries(backends)
    .filter(
      ([name, { baseUrl }]) => baseUrl !== undefined && !SERVERS.some((server) => server.name === name.toLowerCase()),
    )
    .map(([name, settings]) => withSettings({ ...ADDED, name: name.toLowerCase() }, settings));
  return [...known, ...added];
}

const ADDED: OpenAiCompatibleServer = {
  name: "",
  description: "A server from the config file",
  baseUrl: "",
  needsKey: false,
  local: false,
};

function withSettings(server: OpenAiCompatibleServer, settings: BackendSettings | undefined): ConfiguredServer {
  if (settings === undefined) return server;
  const { apiKeyEnv, ...rest } = settings;
  return { ...server, ...rest, ...(apiKeyEnv === undefined ? {} : { apiKeyVariable: apiKeyEnv, needsKey: true }) };
}
