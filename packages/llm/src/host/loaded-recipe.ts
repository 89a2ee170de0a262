import type { RecipeContext, RecipeFunction, RecipeOption, RecipePlan } from "@d0ttino/plugin-sdk";
import type { PluginHost, PluginInfo } from "./plugin-host.ts";

/** A recipe that was loaded and can plan. */
export interface LoadedRecipe {
  readonly name: string;
  /** Where it comes from. */
  readonly info: PluginInfo;
  readonly description: string | undefined;
  readonly options: Readonly<Record<string, RecipeOption>>;
  /** The shell its steps are written for, where it says so. */
  readonly shell: string | undefined;
  readonly deterministic: boolean;
  /** Turns a goal into steps; runs nothing. Throws what the recipe throws. */
  plan(goal: string, context: RecipeContext): RecipePlan;
}

/**
 * Loads the recipe of a name.
 * @throws D0ttinoError `unknown-recipe` or `plugin-failed`
 */
export async function loadRecipe(host: PluginHost, name: string): Promise<LoadedRecipe> {
  const { value, options, info } = await host.load("recipe", name);
  const recipe = value as RecipeFunction | { run: RecipeFunction };
  return {
    name: info.name,
    info,
    description: typeof options["description"] === "string" ? options["description"] : undefined,
    options: (options["options"] ?? {}) as LoadedRecipe["options"],
    shell: typeof options["shell"] === "string" ? options["shell"] : undefined,
    deterministic: options["deterministic"] !== false,
    plan: (goal, context) => (typeof recipe === "function" ? recipe(goal, context) : recipe.run(goal, context)),
  };
}
