import { registerBackend } from "@d0ttino/plugin-sdk";
import { serverProvider } from "../backends/openai-compatible/server-provider.ts";
import { SERVERS } from "../backends/openai-compatible/server.ts";

for (const server of SERVERS) {
  const { name, description, local, defaultModel } = server;
  registerBackend(name, serverProvider(server), { description, local, defaultModel });
}
