import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Bundles the packages before the first test, so that journeys run what the sources say. */
export function setup(): void {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  execFileSync(process.execPath, ["scripts/bundle.ts"], { cwd: root, stdio: "inherit" });
}
