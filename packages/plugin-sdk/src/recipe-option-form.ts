import { excerpt } from "./excerpt.ts";
import type { RecipeOption } from "./recipe.ts";

const NAME = /^[a-z][a-z0-9-]*$/;
const TYPES: readonly unknown[] = ["string", "number", "boolean"] satisfies RecipeOption["type"][];
const FIELDS: readonly string[] = ["description", "type", "choices", "default"] satisfies (keyof RecipeOption)[];

/** What is wrong with the options that a recipe registers, as a sentence without its stop, or undefined. */
export function recipeOptionsProblem(options: unknown): string | undefined {
  if (options === undefined) return undefined;
  if (!isObject(options)) return `options is ${excerpt(options)} and must be an object with one field an option`;
  for (const [name, option] of Object.entries(options)) {
    if (!NAME.test(name))
      return `the option ${JSON.stringify(name)} must be named by lower case letters, digits and dashes, the first a letter`;
    const problem = optionProblem(option);
    if (problem !== undefined) return `the option ${name} ${problem}`;
  }
  return undefined;
}

function optionProblem(option: unknown): string | undefined {
  if (!isObject(option)) return `is ${excerpt(option)} and must be an object`;
  const unknown = Object.keys(option).find((field) => !FIELDS.includes(field));
  if (unknown !== undefined) return `has a field \`${unknown}\` that no option has`;
  const { description, type = "string", choices, default: value } = option;
  if (description !== undefined && typeof description !== "string") return "has a `description` that is no string";
  if (!TYPES.includes(type)) return `has the \`type\` ${excerpt(type)}, which must be string, number or boolean`;
  if (choices !== undefined && (type !== "string" || !isListOfTexts(choices)))
    return "has `choices`, which must be a list of strings, for an option of type string";
  if (value === undefined) return undefined;
  if (typeof value !== type) return `has the \`default\` ${excerpt(value)}, which must be of type ${String(type)}`;
  if (isListOfTexts(choices) && !choices.includes(value as string))
    return `has the \`default\` ${excerpt(value)}, which is none of its \`choices\``;
  return undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isListOfTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "string");
}
