/**
 * Kills the plug-in manager many times more than the tests do: `npm run torture -- [ROUNDS [SEED]]`, 1,000 without a
 * number. It is the same test, so what it says is what the tests hold.
 */
import { spawnSync } from "node:child_process";

const [rounds = "1000", seed] = process.argv.slice(2);
if (![rounds, seed ?? "1"].every((text) => /^[1-9]\d*$/.test(text))) {
  console.error("Usage: npm run torture -- [ROUNDS [SEED]]");
  process.exit(2);
}
const env = { ...process.env, TORTURE_ROUNDS: rounds, ...(seed === undefined ? {} : { TORTURE_SEED: seed }) };
const args = ["vitest", "run", "tests/manager/crashes.test.ts", "--disable-console-intercept"];
process.exit(spawnSync("npx", args, { env, stdio: "inherit" }).status ?? 1);
