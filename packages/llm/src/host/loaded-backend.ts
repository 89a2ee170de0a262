import { toLanguageModel, type LanguageModel } from "@d0ttino/plugin-sdk/host";
import type { PluginHost, PluginInfo } from "./plugin-host.ts";

/** A backend that was loaded and can be asked. */
export interface LoadedBackend {
  readonly name: string;
  /** Where it comes from. */
  readonly info: PluginInfo;
  readonly description: string | undefined;
  /** True when it says that no prompt leaves the machine. */
  readonly local: boolean;
  readonly models: readonly string[];
  readonly defaultModel: string | undefined;
  /** The backend as a language model: with the given model, else the registered default. */
  languageModel(modelId?: string): LanguageModel;
}

/**
 * Loads the backend of a name.
 * @throws D0ttinoError `unknown-backend` or `plugin-failed`
 */
export async function loadBackend(host: PluginHost, name: string): Promise<LoadedBackend> {
  const { value, options, info } = await host.load("backend", name);
  const models = Array.isArray(options["models"]) ? options["models"].filter((id) => typeof id === "string") : [];
  const defaultModel = typeof options["defaultModel"] === "string" ? options["defaultModel"] : undefined;
  return {
    name: info.name,
    info,
    description: typeof options["description"] === "string" ? options["description"] : undefined,
    local: options["local"] === true,
    models,
    defaultModel,
    languageModel: (modelId) => toLanguageModel(info.name, value, modelId ?? defaultModel ?? models[0]),
  };
}
