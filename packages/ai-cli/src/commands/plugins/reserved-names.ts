import type { Command } from "../command.ts";

/** The words of our own commands, which no plug-in should be called: `ai-cli models NAME` and the like would be unclear. */
export function reservedNames(commands: readonly Command[]): readonly string[] {
  const words = commands.flatMap(({ name, words: first = [] }) => [name, ...first]);
  return [...new Set([...words, "ai", "ai-cli", "d0ttino", "d0ttino-plugins", "help", "plugin", "version"])];
}
