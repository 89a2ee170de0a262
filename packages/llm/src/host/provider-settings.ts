import type { KeyNeed } from "../config/backend-key.ts";
import { backendVariable } from "../config/backend-variable.ts";
import { readConfig } from "../config/config-file.ts";
import { variable } from "../config/environment.ts";
import type { PluginEntry } from "./plugin-package.ts";

/** How a provider of the AI SDK is used as a backend. */
export interface ProviderSettings extends KeyNeed {
  readonly apiKeyVariable: string | undefined;
  /** Where its API begins, if that is not where the provider says, and what set it. */
  readonly baseUrl: { readonly text: string; readonly origin: string } | undefined;
  readonly defaultModel: string | undefined;
  /** True when no prompt leaves the machine, which only the user can know. */
  readonly local: boolean;
}

/**
 * What the registry said of a provider when it was installed, below what the config file and the environment say.
 * @throws D0ttinoError `bad-config`
 */
export function providerSettings({ name, apiKeyEnv, defaultModel }: PluginEntry): ProviderSettings {
  const configured = Object.entries(readConfig().backends).find(([key]) => key.toLowerCase() === name)?.[1] ?? {};
  const baseUrlVariable = backendVariable(name, "BASE_URL");
  const inVariable = variable(baseUrlVariable);
  const apiKeyVariable = configured.apiKeyEnv ?? apiKeyEnv;
  return {
    name,
    apiKeyVariable,
    needsKey: apiKeyVariable !== undefined,
    baseUrl:
      inVariable !== undefined
        ? { text: inVariable, origin: baseUrlVariable }
        : configured.baseUrl !== undefined
          ? { text: configured.baseUrl, origin: "the base URL in the config file" }
          : undefined,
    defaultModel: configured.defaultModel ?? defaultModel,
    local: configured.local === true,
  };
}
