import { backendForm, isClass, type AnyBackend, type BackendRegistration } from "./backend.ts";
import { isValidName, NAME_RULE, normalizeName } from "./name.ts";
import { isRecipe, type AnyRecipe, type RecipeRegistration } from "./recipe.ts";
import { recipeOptionsProblem } from "./recipe-option-form.ts";
import { record } from "./registry.ts";

/**
 * Makes a backend available under a name. Call it when your module is imported.
 *
 * @param name the name users type, case-insensitive; the same as the key in `entryPoints` of your package.json
 * @param backend a function, an instance with `run` or `stream`, or a model or provider of the AI SDK
 * @throws TypeError when the name is not valid or the value is no backend
 */
export function registerBackend(name: string, backend: AnyBackend, options: BackendRegistration = {}): void {
  checkName("registerBackend", name);
  if (backendForm(backend) === undefined) {
    throw new TypeError(
      `registerBackend(${JSON.stringify(name)}): ${describe(backend)} is not a backend. ` +
        "Pass a function (prompt, model, options) => text, an instance with run() or stream(), or an AI SDK model or provider.",
    );
  }
  record({ kind: "backend", name: normalizeName(name), value: backend, options: { ...options } });
}

/**
 * Makes a recipe available under a name. Call it when your module is imported.
 *
 * @param name the name users type, case-insensitive; the same as the key in `entryPoints` of your package.json
 * @param recipe a function from a goal to steps, or an instance with such a `run` method
 * @throws TypeError when the name is not valid, the value is no recipe, or an option of it is none
 */
export function registerRecipe(name: string, recipe: AnyRecipe, options: RecipeRegistration = {}): void {
  checkName("registerRecipe", name);
  if (!isRecipe(recipe)) {
    throw new TypeError(
      `registerRecipe(${JSON.stringify(name)}): ${describe(recipe)} is not a recipe. ` +
        "Pass a function (goal, context) => steps, or an instance with such a run() method.",
    );
  }
  const problem = recipeOptionsProblem(options.options);
  if (problem !== undefined) throw new TypeError(`registerRecipe(${JSON.stringify(name)}): ${problem}.`);
  record({ kind: "recipe", name: normalizeName(name), value: recipe, options: { ...options } });
}

function checkName(caller: string, name: unknown): void {
  if (!isValidName(name)) {
    throw new TypeError(
      `${caller}: ${JSON.stringify(name) ?? String(name)} is not a valid name. A name has ${NAME_RULE}.`,
    );
  }
}

function describe(value: unknown): string {
  if (isClass(value))
    return `the class ${(value as { name: string }).name} itself (did you mean new ${(value as { name: string }).name}()?)`;
  return value === null ? "null" : `a value of type ${typeof value}`;
}
