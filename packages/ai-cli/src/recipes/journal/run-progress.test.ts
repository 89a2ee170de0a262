import { expect, it } from "vitest";
import { runProgress, stepAsRun } from "./run-progress.ts";

const PLAN = [{ run: "planned" }];
const EDITED = { run: "edited" };

it("knows what ran also when a changed step was begun again without another change", () => {
  const progress = runProgress(
    [
      { type: "begin", pid: 1 },
      { type: "start", step: 1, edited: EDITED },
      { type: "begin", pid: 2 },
      { type: "start", step: 1 },
      { type: "end", step: 1, exitCode: 0 },
    ],
    PLAN,
  );
  expect(stepAsRun(progress, { run: "planned" }, 0)).toEqual(EDITED);
});

it("takes the last try for what ran, unless its shell did not come to run it", () => {
  const first = [
    { type: "start", step: 1, edited: EDITED },
    { type: "end", step: 1, exitCode: 1 },
    { type: "start", step: 1 },
  ] as const;
  const unbegun = runProgress([...first, { type: "unbegun", step: 1 }], PLAN);
  const ended = runProgress([...first, { type: "end", step: 1, exitCode: 1 }], PLAN);
  const refused = runProgress([...first.slice(0, 2), { type: "skip", step: 1, because: "refused" }], PLAN);
  const ran = [unbegun, ended, refused].map((progress) => stepAsRun(progress, { run: "planned" }, 0).run);
  expect(ran).toEqual(["edited", "planned", "planned"]);
});
