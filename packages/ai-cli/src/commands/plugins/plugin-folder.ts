import { statSync } from "node:fs";
import { resolve } from "node:path";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";

/**
 * The folder that a word names, absolute.
 * @throws D0ttinoError `usage` when there is none
 */
export function pluginFolder(word: string): string {
  const dir = resolve(word);
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory() === true) return dir;
  throw new D0ttinoError("usage", `There is no folder ${dir}.`, { hint: "Name the folder of the plug-in." });
}
