import { registerRecipe, sh } from "@d0ttino/plugin-sdk";

/**
 * Finds what the files of this folder say about the goal.
 * @type {import("@d0ttino/plugin-sdk").RecipeFunction}
 */
export const mentions = (goal) => [
  { why: "How many files there are", run: sh`find . -type f -not -path '*/node_modules/*' | wc -l` },
  {
    why: "Which of them speak of it",
    run: sh`grep -rl --exclude-dir=node_modules -- ${goal} . | sort | head -n 20`,
    allowFail: true,
  },
];

registerRecipe("mentions", mentions, { description: "Finds what a folder says about something" });
