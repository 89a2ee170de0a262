import { sentence } from "@d0ttino/llm/errors/message-of";
import type { LoadedRecipe } from "@d0ttino/llm/host/loaded-recipe";
import type { Option } from "../arguments/option.ts";
import { showHiddenLine } from "../terminal/control-characters.ts";
import { columns, optionRow } from "./help-columns.ts";

/** The help of one recipe, whose texts come from a stranger. */
export function recipeHelp(recipe: LoadedRecipe, options: readonly Option[]): string {
  const { name, description, info, shell } = recipe;
  const from = [info.package ?? "this program", info.version ?? ""].join(" ").trim();
  const shown = options.map((option) => ({ ...option, summary: showHiddenLine(option.summary) }));
  const sections = [
    description === undefined ? `The recipe ${name}.` : sentence(showHiddenLine(description)),
    `Usage:\n  ai-cli recipe ${name} "GOAL"${options.length === 0 ? "" : " [options]"}`,
    ...(options.length === 0 ? [] : [["Options:", ...columns(shown.map(optionRow))].join("\n")]),
    `It comes from ${from}${shell === undefined ? "" : `, and its steps are for ${showHiddenLine(shell)}`}.\n` +
      "ai-cli recipe --help tells the options that every recipe has.",
  ];
  return `${sections.join("\n\n").replaceAll(/(?<! ) +$/gm, "")}\n`;
}
