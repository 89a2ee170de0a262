import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { planning, recipePackage } from "../support/make-plugin.ts";
import { ALL_STEPS, startCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

/** How many runs, and how many of them at the same time. */
const RUNS = Number(process.env["D0TTINO_TEST_KILLS"] ?? 100);
const AT_ONCE = 4;
const STEPS = 5;

const steps = Array.from({ length: STEPS }, (_, at) => ({
  run: `test "$LAST" = ${at} && sleep 0.0${at} && echo ${at + 1} >> made && export LAST=${at + 1}`,
  unless: `grep -qx ${at + 1} made`,
}));
// One without a guard leaves nothing behind but what is carried.
const plan = [{ run: "export LAST=0; touch made" }, ...steps];

/** Runs until a random moment or to the end; gives the exit code, null when it was killed. */
async function runUntil(moment: number, here: object, args: readonly string[]): Promise<number | null> {
  const cli = startCli(["recipe", ...args, ...ALL_STEPS], here);
  const timer = setTimeout(() => cli.child.kill("SIGKILL"), moment);
  const { code, stderr } = await cli.result;
  clearTimeout(timer);
  if (code === 2 && args.includes("--resume") && stderr.includes("There is no run"))
    return runUntil(moment, here, ["it"]);
  return code;
}

const plugins = [recipePackage("it", planning("it", plan))];

/** Kills a run and those that take it up again, until one gets to the end. */
async function killAndResume(run: number): Promise<void> {
  const here = { plugins, home: tempFolder("home"), cwd: tempFolder("work") };
  let code = await runUntil(Math.random() * 600, here, ["it"]);
  for (let kills = 0; code === null && kills < 10; kills += 1) {
    const patience = kills < 4 ? 50 + Math.random() * 600 : 20_000;
    code = await runUntil(patience, here, ["--resume", "last"]);
  }
  const made = existsSync(join(here.cwd, "made")) ? readFileSync(join(here.cwd, "made"), "utf8") : "";
  expect([run, code, made]).toEqual([run, 0, steps.map((_, at) => `${at + 1}\n`).join("")]);
}

it("loses no step and does none twice, whenever its program is killed", { timeout: RUNS * 30_000 }, async () => {
  let begun = 0;
  const lane = async (): Promise<void> => {
    while (begun < RUNS) await killAndResume((begun += 1));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
});
