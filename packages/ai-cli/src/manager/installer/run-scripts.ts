import { cpSync, renameSync, rmSync } from "node:fs";
import Arborist from "@npmcli/arborist";
import type { NpmSettings } from "./npm-settings.ts";

/**
 * Runs the scripts of packages that were just installed, as npm does.
 * @param dir the generation
 * @param locations where they lie in it
 * @throws whatever npm's libraries throw when one fails
 */
export async function runScripts(dir: string, locations: readonly string[], settings: NpmSettings): Promise<void> {
  const arborist = new Arborist({ ...settings, path: dir, ignoreScripts: false });
  const tree = await arborist.loadActual();
  const nodes = [...tree.inventory.values()].filter((node) => locations.includes(node.location));
  for (const { path } of nodes) separate(path);
  await (arborist as unknown as Rebuilder).rebuild({ nodes });
}

/** What the types of npm's installer leave out. */
interface Rebuilder {
  rebuild(options: { nodes: readonly Arborist.Node[] }): Promise<void>;
}

/** Files may be hard links to an older generation, which a script must not change. */
function separate(path: string): void {
  const copy = `${path}.copy`;
  cpSync(path, copy, { recursive: true, verbatimSymlinks: true });
  rmSync(path, { recursive: true });
  renameSync(copy, path);
}
