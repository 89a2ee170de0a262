import { existsSync } from "node:fs";
import { join } from "node:path";
import { planning, recipePackage } from "./make-plugin.ts";
import { openTerminal, type PseudoTerminal, type TerminalOptions } from "./pseudo-terminal.ts";
import { tempFolder } from "./temp-folder.ts";

export interface RecipeTerminal extends PseudoTerminal {
  readonly cwd: string;
  /** Whether a file of the working directory is there. */
  has(file: string): boolean;
}

/** Keys by name. */
export const KEY = {
  enter: "\r",
  ctrlC: "\u0003",
  ctrlD: "\u0004",
  ctrlZ: "\u001A",
  backspace: "\u007F",
  up: "\u001B[A",
} as const;

/** Runs a recipe of these steps at a terminal, in a folder of its own. */
export function atTerminal(
  steps: unknown,
  args: readonly string[] = [],
  options: TerminalOptions = {},
): RecipeTerminal {
  const cwd = options.cwd ?? tempFolder("work");
  const plugins = [recipePackage("it", planning("it", steps))];
  const terminal = openTerminal(["recipe", "it", ...args], { plugins, ...options, cwd });
  return { ...terminal, cwd, has: (file) => existsSync(join(cwd, file)) };
}
