import { resolve } from "node:path";
import { registerRecipe, sh, type RecipeContext, type Step } from "@d0ttino/plugin-sdk";

/** Where the space of a folder has gone. It only reads, and works on any POSIX system. */
function diskUsage(goal: string, { cwd, shell }: RecipeContext): Step[] {
  if (shell === "powershell") throw new Error("it needs a POSIX shell");
  // An absolute path never begins with a dash, which find would read as an expression.
  const folder = resolve(cwd, goal);
  return [
    { why: "How full the file system is", run: sh`df -h ${folder}` },
    {
      why: "The twenty largest folders in it, in KiB",
      run: sh`du -xk ${folder} 2>/dev/null | sort -rn | head -n 20`,
    },
    {
      why: "Its files of more than 100 MiB (folders that may not be read are left out)",
      run: sh`find ${folder} -xdev -type f -size +204800 -exec ls -lh {} + 2>/dev/null`,
      allowFail: true,
    },
  ];
}

registerRecipe("disk-usage", diskUsage, {
  description: "Shows what takes the space in a folder; the goal is the folder",
});
