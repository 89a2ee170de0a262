import { SERVERS } from "../backends/openai-compatible/server.ts";
import type { PluginKind } from "@d0ttino/plugin-sdk/host";

/** A backend or recipe that comes with the library. Its module registers it, as a plug-in's would. */
export interface BuiltIn {
  readonly kind: PluginKind;
  readonly name: string;
  load(): Promise<unknown>;
}

/** All built-ins. A plug-in of the same name replaces one. */
export const BUILT_INS: readonly BuiltIn[] = [
  ...SERVERS.map(({ name }): BuiltIn => ({
    kind: "backend",
    name,
    load: () => import("../builtins/openai-compatible-backends.ts"),
  })),
  { kind: "backend", name: "sample", load: () => import("../builtins/sample-backend.ts") },
  { kind: "recipe", name: "sample", load: () => import("../builtins/sample-recipe.ts") },
  { kind: "recipe", name: "disk-usage", load: () => import("../builtins/disk-usage-recipe.ts") },
];
