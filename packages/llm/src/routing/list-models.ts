import { isBackendError, normalizeName } from "@d0ttino/plugin-sdk/host";
import { configuredServers } from "../backends/openai-compatible/configured-servers.ts";
import { messageOf } from "../errors/message-of.ts";
import { loadBackend } from "../host/loaded-backend.ts";
import type { PluginHost } from "../host/plugin-host.ts";
import { usableBackends } from "./usable-backends.ts";

/** A model that can be asked for with `-m backend/model`. */
export interface ListedModel {
  readonly backend: string;
  readonly model: string;
  /** Whether it is asked when none is named. */
  readonly isDefault: boolean;
}

/** The models of a backend, or why it does not tell them. */
export interface ModelList {
  readonly backend: string;
  readonly models: readonly ListedModel[];
  readonly problem?: string;
}

/**
 * The models that backends offer: what their servers say, else what they registered.
 * @param name the one backend to ask; without it all that can work here and now
 * @throws D0ttinoError `unknown-backend`, `plugin-failed`
 */
export async function listModels(
  host: PluginHost,
  name: string | undefined,
  signal: AbortSignal,
): Promise<ModelList[]> {
  const names =
    name === undefined ? (await usableBackends(host, { mode: "auto", signal })).names : [normalizeName(name)];
  return Promise.all(names.map((one) => modelsOf(host, one, signal)));
}

async function modelsOf(host: PluginHost, name: string, signal: AbortSignal): Promise<ModelList> {
  const backend = await loadBackend(host, name);
  const server = configuredServers().find((one) => one.name === backend.name);
  const listed = (ids: readonly string[]): ListedModel[] =>
    ids.map((model) => ({ backend: backend.name, model, isDefault: model === (backend.defaultModel ?? ids[0]) }));
  const { place } = backend.info;
  if ((place !== "built-in" && place !== "config-file") || server === undefined)
    return { backend: backend.name, models: listed(backend.models) };
  try {
    const client = await import("../backends/openai-compatible/server-provider.ts");
    return { backend: backend.name, models: listed(await client.listModels(server, signal)) };
  } catch (error) {
    const hint = isBackendError(error) && error.hint !== undefined ? ` ${error.hint}` : "";
    return { backend: backend.name, models: [], problem: `${messageOf(error)}.${hint}` };
  }
}
