import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/**
 * Installs packages that only a check needs, which would make every `npm install` longer, into a folder of their own,
 * once.
 * @param dependencies names and exact versions; the first names the folder
 * @returns the folder that has `node_modules`; undefined where npm cannot have them
 */
export function bringPackages(
  dependencies: Readonly<Record<string, string>>,
  overrides: Readonly<Record<string, unknown>> = {},
): string | undefined {
  const names = Object.entries(dependencies).map(([name, version]) => `${name}-${version}`);
  const folder = resolve("node_modules/.cache/brought", names.join("+"));
  const done = join(folder, "done");
  if (existsSync(done)) return folder;
  mkdirSync(folder, { recursive: true });
  const manifest = { name: "brought", private: true, dependencies, overrides };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  const args = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", "--fetch-retries=1"];
  const { status } = spawnSync("npm", args, { cwd: folder, stdio: "ignore", timeout: 300_000 });
  if (status !== 0) return undefined;
  writeFileSync(done, "");
  return folder;
}
