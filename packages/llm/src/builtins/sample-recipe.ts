import { powershell, registerRecipe, sh, type RecipeContext, type Step } from "@d0ttino/plugin-sdk";

/** Shows the goal, exactly as it was given. */
function showGoal(goal: string, { shell }: RecipeContext): Step[] {
  if (shell === "powershell") return [powershell`Write-Output ${goal}`];
  // echo reads a leading dash as an option, and in some shells a backslash as an escape.
  return [/^-|\\/.test(goal) ? sh`printf '%s\n' ${goal}` : sh`echo ${goal}`];
}

registerRecipe("sample", showGoal, { description: "Shows the goal" });
