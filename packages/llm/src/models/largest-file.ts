import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** How many bytes the largest file in a folder or below it has; what vanishes meanwhile does not count. */
export async function largestFile(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => (await stat(join(entry.parentPath, entry.name)).catch(() => ({ size: 0 }))).size);
  return Math.max(0, ...(await Promise.all(sizes)));
}
