/**
 * Writes the tarballs of all packages, as a registry would get them.
 * Run: npm run pack:all [-- FOLDER]; the folder is artifacts/ unless another is named.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";

const folder = process.argv[2] ?? "artifacts";
if (folder === "artifacts") rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--workspaces", "--pack-destination", folder], {
  stdio: ["ignore", "inherit", "inherit"],
});
