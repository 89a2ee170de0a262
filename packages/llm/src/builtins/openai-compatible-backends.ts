import { registerBackend } from "@d0ttino/plugin-sdk";
import { serverProvider } from "../backends/openai-compatible/server-provider.ts";
import { configuredServers } from "../backends/openai-compatible/configured-servers.ts";

for (const server of configuredServers()) {
  const { name, description, local, defaultModel, timeouts } = server;
  registerBackend(name, serverProvider(server, { timeouts }), { description, local, defaultModel });
}
