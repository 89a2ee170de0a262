import type { AiSdkModel, AiSdkProvider } from "@d0ttino/plugin-sdk";
import { BackendError } from "@d0ttino/plugin-sdk/host";
import { backendKey } from "../config/backend-key.ts";
import { readBaseUrl } from "../network/base-url.ts";
import { discreetModel } from "./discreet-model.ts";
import type { ProviderSettings } from "./provider-settings.ts";

/** What every `create…` function of the AI SDK takes, by the names it has there. */
interface CreateSettings {
  readonly apiKey?: string;
  readonly baseURL?: string;
}

type Create = (settings: CreateSettings) => unknown;

/**
 * The provider in a package that is no plug-in but a provider of the AI SDK: the export that is named, or the first
 * `create…` function. It is created when a model is asked for, with the key and the address as they are then.
 * @returns undefined when the module has no such export; what it has when that can be no provider
 */
export function aiSdkProvider(
  module: Readonly<Record<string, unknown>>,
  name: string | null,
  settings: ProviderSettings,
): unknown {
  const found = name === null ? firstFactory(module) : module[name];
  if (typeof found !== "function" && !isProvider(found)) return found;
  const create: Create = isProvider(found) ? () => found : (found as Create);
  return { languageModel: (modelId) => makeModel(create, settings, modelId) } satisfies AiSdkProvider;
}

async function makeModel(create: Create, settings: ProviderSettings, modelId: string): Promise<AiSdkModel> {
  const apiKey = await backendKey(settings);
  const baseURL = baseUrl(settings);
  const provider = create({
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(baseURL === undefined ? {} : { baseURL }),
  });
  return discreetModel(await modelOf(provider, modelId), apiKey);
}

/** Some providers are only called with the id. */
function modelOf(provider: unknown, modelId: string): AiSdkModel | Promise<AiSdkModel> {
  if (isProvider(provider)) return provider.languageModel(modelId);
  if (typeof provider === "function") return (provider as AiSdkProvider["languageModel"])(modelId);
  throw new BackendError("what its package exports makes no provider of the AI SDK", {
    kind: "invalid-request",
    hint: "Tell the maintainers of the registry.",
  });
}

function firstFactory(module: Readonly<Record<string, unknown>>): unknown {
  return Object.entries(module).find(([key, value]) => key.startsWith("create") && typeof value === "function")?.[1];
}

/** Providers are functions or objects. */
function isProvider(value: unknown): value is AiSdkProvider {
  return typeof (value as Partial<AiSdkProvider> | null | undefined)?.languageModel === "function";
}

function baseUrl({ baseUrl: found }: ProviderSettings): string | undefined {
  if (found === undefined) return undefined;
  const { username, password } = readBaseUrl(found.text, found.origin);
  if (username === "" && password === "") return found.text;
  // `fetch` would refuse it, and repeat it in its error.
  throw new BackendError("the base URL holds a user name or a password, which its provider cannot send", {
    kind: "invalid-request",
    hint: `Take them out of ${found.origin}.`,
  });
}
