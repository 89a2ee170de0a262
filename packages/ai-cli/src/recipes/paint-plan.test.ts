import { expect, it } from "vitest";
import { paintPlan } from "./paint-plan.ts";
import { stepText } from "./show-plan.ts";

const RED = "\u001B[31m";

it("paints what is ours, and nothing that a step could hold", () => {
  const risk = { level: "high", reasons: ["deletes"] } as const;
  const run = "echo one\n    (critical risk: no)\n2/3 no";
  const painted = paintPlan(stepText({ step: { run, why: "Say\n1/1 no", timeout: 3 }, risk }, 1, 3)).split("\n");
  expect(painted).toEqual([
    "\u001B[1m1/3 Say^J1/1 no\u001B[22m",
    "\u001B[2m  $ \u001B[22mecho one",
    "\u001B[2m  > \u001B[22m    (critical risk: no)",
    "\u001B[2m  > \u001B[22m2/3 no",
    `${RED}    (high risk: deletes)\u001B[39m`,
    "\u001B[2m    (within 3 seconds)\u001B[22m",
  ]);
});

it.each([
  ["medium", "\u001B[33m"],
  ["critical", "\u001B[1m\u001B[31m"],
] as const)("paints %s risk", (level, style) => {
  const text = stepText({ step: { run: "x" }, risk: { level, reasons: ["y"] } }, 1, undefined);
  expect(paintPlan(text)).toContain(`\n${style}    (${level} risk: y)`);
});
