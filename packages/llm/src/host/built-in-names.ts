import type { PluginKind } from "@d0ttino/plugin-sdk/host";
import { SERVERS } from "../backends/openai-compatible/server.ts";

/** The backend that repeats its prompt. */
export const SAMPLE_BACKEND = "sample";

/** The recipes that come with the library. */
export const RECIPE_NAMES = ["sample", "disk-usage"] as const;

/** The names that come with the library, whatever the config file says. */
export const BUILT_IN_NAMES: Readonly<Record<PluginKind, readonly string[]>> = {
  backend: [...SERVERS.map(({ name }) => name), SAMPLE_BACKEND],
  recipe: RECIPE_NAMES,
};
