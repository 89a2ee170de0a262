import type { PluginKind } from "@d0ttino/plugin-sdk/host";
import { configuredServers } from "../backends/openai-compatible/configured-servers.ts";
import { SERVERS } from "../backends/openai-compatible/server.ts";
import { RECIPE_NAMES, SAMPLE_BACKEND } from "./built-in-names.ts";

/** A backend or recipe that comes with the library. Its module registers it, as a plug-in's would. */
export interface BuiltIn {
  readonly kind: PluginKind;
  readonly name: string;
  /** True for a server that only the config file names. */
  readonly isConfigured?: boolean;
  load(): Promise<unknown>;
}

const LOAD_RECIPE: Readonly<Record<(typeof RECIPE_NAMES)[number], BuiltIn["load"]>> = {
  sample: () => import("../builtins/sample-recipe.ts"),
  "disk-usage": () => import("../builtins/disk-usage-recipe.ts"),
};

const RECIPES: readonly BuiltIn[] = RECIPE_NAMES.map((name) => ({ kind: "recipe", name, load: LOAD_RECIPE[name] }));

/**
 * All built-ins of a kind, servers of the config file among the backends. A plug-in of the same name replaces one.
 * @throws D0ttinoError `bad-config`
 */
export function builtIns(kind: PluginKind): readonly BuiltIn[] {
  if (kind === "recipe") return RECIPES;
  return [
    ...configuredServers().map(({ name }) => ({
      kind,
      name,
      isConfigured: !SERVERS.some((server) => server.name === name),
      load: () => import("../builtins/openai-compatible-backends.ts"),
    })),
    { kind, name: SAMPLE_BACKEND, load: () => import("../builtins/sample-backend.ts") },
  ];
}
