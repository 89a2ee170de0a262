import type { RecipeOption } from "@d0ttino/plugin-sdk";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { nearest } from "@d0ttino/llm/errors/did-you-mean";
import { runNames } from "../recipes/journal/run-folder.ts";
import type { Option, OptionValues } from "../arguments/option.ts";
import { ALLOWABLE } from "../recipes/consent-policy.ts";
import { COMMON_OPTIONS } from "./command.ts";

/** The options of every recipe. */
export const RECIPE_OPTIONS: readonly Option[] = [
  { name: "dry-run", summary: "Show the steps and run nothing" },
  { name: "yes", short: "y", summary: "Run all steps without asking, when none is of more than low risk" },
  {
    name: "allow",
    value: "LEVEL",
    choices: ALLOWABLE,
    summary: "With --yes: run steps of this risk, too (low, medium, high or critical)",
  },
  { name: "log", value: "FILE", summary: "Write the steps and their output to a file, too" },
  {
    name: "resume",
    value: "RUN",
    choices: runNames,
    summary: "Go on with a run that broke off, at its first unfinished step",
  },
  { name: "json", summary: "Print JSON, for programs" },
];

/** The options that a recipe declares, by name. */
type Declared = Readonly<Record<string, RecipeOption>>;

const TAKEN: ReadonlySet<string> = new Set([...RECIPE_OPTIONS, ...COMMON_OPTIONS].map((option) => option.name));

/** Whether an option of a recipe cannot be given, because every recipe has one of that name. */
export function isTaken(name: string, { type, default: value }: RecipeOption): boolean {
  return TAKEN.has(type === "boolean" && value === true ? `no-${name}` : name);
}

/** The options of a recipe as the command line takes them. */
export function commandLineOptions(declared: Declared): Option[] {
  return free(declared).map(([name, option]) => {
    const { type = "string", description = "", choices, default: value } = option;
    if (type === "boolean") return { name: value === true ? `no-${name}` : name, summary: description };
    const notes = [
      ...(choices === undefined ? [] : [choices.join(", ")]),
      ...(value === undefined ? [] : [`default ${JSON.stringify(value)}`]),
    ];
    const summary = `${description}${notes.length === 0 ? "" : ` (${notes.join("; ")})`}`.trim();
    return { name, value: type === "number" ? "NUMBER" : "TEXT", summary, ...(choices && { choices }) };
  });
}

function free(declared: Declared): [string, RecipeOption][] {
  return Object.entries(declared).filter(([name, option]) => !isTaken(name, option));
}

/**
 * What a recipe gets as its options: what was given, else the defaults.
 * @throws D0ttinoError `usage` for a value that an option does not take
 */
export function recipeOptionValues(declared: Declared, given: OptionValues): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(declared)) {
    const value = isTaken(name, option) ? option.default : valueOf(name, option, given);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

function valueOf(name: string, option: RecipeOption, given: OptionValues): unknown {
  const { type = "string", choices, default: preset } = option;
  if (type === "boolean") {
    if (preset === true) return !Object.hasOwn(given, `no-${name}`);
    return Object.hasOwn(given, name);
  }
  if (!Object.hasOwn(given, name)) return preset;
  const value = String(given[name]);
  if (type === "number") {
    const number = Number(value);
    if (value.trim() !== "" && Number.isFinite(number)) return number;
    throw new D0ttinoError("usage", `--${name} takes a number, not ${JSON.stringify(value)}.`);
  }
  if (choices === undefined || choices.includes(value)) return value;
  const near = nearest(value, choices);
  throw new D0ttinoError("usage", `--${name} takes ${choices.join(", ")}, not ${JSON.stringify(value)}.`, {
    hint: near === undefined ? undefined : `Did you mean ${near}?`,
  });
}
