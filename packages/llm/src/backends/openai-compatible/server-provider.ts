import { BackendError, type AiSdkProvider } from "@d0ttino/plugin-sdk";
import { ChatModel } from "./chat-model.ts";
import { exchange } from "./http-exchange.ts";
import { ServerConnection } from "./server-connection.ts";
import type { OpenAiCompatibleServer } from "./server.ts";

/** A server as a backend: a provider of models, which can ask the server which models it has. */
export function serverProvider(server: OpenAiCompatibleServer): AiSdkProvider {
  return {
    languageModel: async (modelId) => new ChatModel(await ServerConnection.open(server), modelId),
    defaultModelId: async (signal) => {
      const [first] = await listModels(server, signal);
      if (first !== undefined) return first;
      throw new BackendError("the server has no models", { kind: "not-found", hint: "Name one with -m." });
    },
  };
}

/**
 * The ids of the models that a server offers, in its order.
 * @throws BackendError
 */
export async function listModels(server: OpenAiCompatibleServer, signal: AbortSignal): Promise<string[]> {
  const connection = await ServerConnection.open(server);
  const answer = await exchange({ ...connection.request("models", signal), method: "GET" });
  const chunks: Uint8Array[] = [];
  for await (const bytes of answer.body) chunks.push(bytes);
  if (answer.status !== 200) {
    throw new BackendError(`its list of models cannot be read (HTTP ${answer.status})`, {
      status: answer.status,
      hint: "Name a model with -m.",
    });
  }
  try {
    const { data } = JSON.parse(Buffer.concat(chunks).toString("utf8")) as { data: { id: unknown }[] };
    return data.map((model) => model.id).filter((id) => typeof id === "string");
  } catch {
    throw new BackendError("its list of models cannot be understood", {
      kind: "malformed",
      hint: "Name a model with -m.",
    });
  }
}
