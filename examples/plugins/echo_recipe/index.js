import { registerRecipe, sh } from "@d0ttino/plugin-sdk";

/** @type {import("@d0ttino/plugin-sdk").RecipeFunction} */
export const run = (goal) => [sh`printf '%s\n' ${goal}`];

registerRecipe("echo", run, { description: "Prints the goal" });
