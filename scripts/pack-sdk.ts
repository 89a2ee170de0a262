/**
 * Packs the SDK as it is bundled, with its types, for plug-ins that are made in the checkout.
 * Run: node scripts/pack-sdk.ts FOLDER.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { packPackage } from "./pack-package.ts";

const SDK = resolve(import.meta.dirname, "../packages/plugin-sdk");
const folder = resolve(process.argv[2] ?? "artifacts");
const copy = mkdtempSync(join(tmpdir(), "d0ttino-sdk-"));
try {
  for (const part of ["dist", "LICENSE", "README.md"]) cpSync(join(SDK, part), join(copy, part), { recursive: true });
  const compiler = resolve(import.meta.dirname, "../node_modules/typescript/bin/tsc");
  const args = [compiler, "-p", join(SDK, "tsconfig.build.json"), "--outDir", join(copy, "dist")];
  execFileSync(process.execPath, args, { stdio: ["ignore", 2, 2] });
  packPackage(SDK, copy, folder);
} finally {
  rmSync(copy, { recursive: true, force: true });
}
