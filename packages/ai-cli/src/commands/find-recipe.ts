import { D0ttinoError, isD0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { loadRecipe, type LoadedRecipe } from "@d0ttino/llm/host/loaded-recipe";
import type { PluginHost } from "@d0ttino/llm/host/plugin-host";

/**
 * Loads the recipe of a name; when there is none the error says also what the registry has.
 * @param packageDir the real path of this program's own package
 * @throws D0ttinoError `unknown-recipe` or `plugin-failed`
 */
export async function findRecipe(host: PluginHost, name: string, packageDir: string): Promise<LoadedRecipe> {
  try {
    return await loadRecipe(host, name);
  } catch (error) {
    if (!isD0ttinoError(error) || error.code !== "unknown-recipe") throw error;
    const { registryHint } = await import("./registry-hint.ts");
    const isNameNear = error.hint?.startsWith("Did you mean") === true;
    const hint = await registryHint("recipe", name, { isNameNear, packageDir });
    if (hint === undefined) throw error;
    throw new D0ttinoError("unknown-recipe", error.message, {
      hint: isNameNear ? `${hint}\n${error.hint}` : hint,
    });
  }
}
