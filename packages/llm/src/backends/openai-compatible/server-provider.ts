import type { AiSdkProvider } from "@d0ttino/plugin-sdk";
import { BackendError } from "@d0ttino/plugin-sdk/host";
import { answerFailure } from "./answer-failure.ts";
import { ChatModel } from "./chat-model.ts";
import { clientSettings, type ClientOptions, type ClientSettings } from "./client-options.ts";
import type { AnswerBody } from "./exchange.ts";
import { exchange } from "./http-exchange.ts";
import { redact } from "./redact.ts";
import { ServerConnection } from "./server-connection.ts";
import { errorIn, fieldsOf } from "./server-error.ts";
import type { OpenAiCompatibleServer } from "./server.ts";

/** The largest list of models that is read, in bytes; OpenRouter's has about half a mebibyte. */
const LARGEST_LIST = 32 * 1024 * 1024;

/**
 * A server as a backend: a provider of models, which can ask the server which models it has.
 * @param options another `fetch`, other limits
 */
export function serverProvider(server: OpenAiCompatibleServer, options: ClientOptions = {}): AiSdkProvider {
  const settings = clientSettings(options);
  return {
    languageModel: async (modelId) => new ChatModel(await ServerConnection.open(server), modelId, settings),
    defaultModelId: async (signal) => {
      const [first] = await listModels(server, signal, options);
      if (first !== undefined) return first;
      throw new BackendError("the server has no models", { kind: "not-found", hint: "Name one with -m." });
    },
  };
}

/**
 * The ids of the models that a server offers, in its order.
 * @throws BackendError
 */
export async function listModels(
  server: OpenAiCompatibleServer,
  signal: AbortSignal,
  options: ClientOptions = {},
): Promise<string[]> {
  const connection = await ServerConnection.open(server);
  try {
    return await askForModels(connection, signal, clientSettings(options));
  } catch (error) {
    throw redact(error, { key: connection.apiKey, prompts: [] });
  }
}

async function askForModels(
  connection: ServerConnection,
  signal: AbortSignal,
  settings: ClientSettings,
): Promise<string[]> {
  const answer = await exchange({ ...connection.request("models", signal), method: "GET" }, settings);
  if (answer.status < 200 || answer.status > 299) {
    const { message, kind, status, retryAfter, hint } = await answerFailure(answer);
    const told = `its list of models cannot be read: ${message}`;
    throw new BackendError(told, { kind, status, retryAfter, hint: hint ?? "Name a model with -m." });
  }
  return modelIds(await textOf(answer.body, settings.timeouts.silence));
}

async function textOf(body: AnswerBody, patience: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const bytes = await body.read(patience);
      if (bytes === undefined) return Buffer.concat(chunks).toString("utf8");
      chunks.push(bytes);
      size += bytes.length;
      if (size > LARGEST_LIST) throw new BackendError("its list of models is too large", { kind: "malformed" });
    }
  } finally {
    body.close();
  }
}

function modelIds(text: string): string[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {}
  const fields = fieldsOf(list);
  if (fields?.["error"] !== undefined && fields["error"] !== null) throw errorIn(fields);
  // Together sends the list itself.
  const models = Array.isArray(list) ? list : fields?.["data"];
  if (!Array.isArray(models)) {
    throw new BackendError("its list of models cannot be understood", {
      kind: "malformed",
      hint: "Name a model with -m.",
    });
  }
  return models.map((model: unknown) => fieldsOf(model)?.["id"]).filter((id) => typeof id === "string");
}
