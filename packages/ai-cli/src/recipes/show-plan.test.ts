import { describe, expect, it } from "vitest";
import type { StepObject } from "@d0ttino/plugin-sdk";
import type { RatedStep } from "./rated-step.ts";
import type { Risk } from "./risk/classify-step.ts";
import { planText, stepText, type Plan } from "./show-plan.ts";

const NONE: Risk = { level: "none", reasons: [] };
const HIGH: Risk = { level: "high", reasons: ["deletes files", "cannot be undone"] };

const rated = (step: StepObject, risk = NONE): RatedStep => ({ step, risk });

const PLAN = {
  recipe: "tidy",
  from: "tidy-recipe 1.2.3",
  goal: "my home",
  shell: "bash",
  cwd: "/home/me",
  steps: [rated({ run: "ls" }), rated({ run: "rm x" }, HIGH)],
} as unknown as Plan;

describe("planText", () => {
  it("tells recipe, package and version, goal, shell, folder, and how many steps there are and need care", () => {
    expect(planText(PLAN)).toBe(
      [
        "Recipe  tidy (tidy-recipe 1.2.3)",
        "Goal    my home",
        "Shell   bash",
        "Folder  /home/me",
        "Steps   2, 1 needs care: 2",
        "1/2",
        "  $ ls",
        "2/2",
        "  $ rm x",
        "    (high risk: deletes files; cannot be undone)",
      ].join("\n"),
    );
  });

  it.each([
    [1, "1 needs care: 1"],
    [3, "3 need care: 1, 2, 3"],
    [11, "11 need care"],
    [0, "none needs care"],
  ])("says for %i steps with a high risk: %s", (count, note) => {
    const steps = Array.from({ length: count }, () => rated({ run: "rm x" }, HIGH));
    const text = planText({ ...PLAN, steps: [...steps, rated({ run: "ls" })] });
    expect(text).toContain(`Steps   ${count + 1}, ${note}\n`);
  });

  it("keeps a goal and a folder of several lines on their own", () => {
    const text = planText({ ...PLAN, goal: "a\nSteps   0", cwd: "/a\n/b" });
    expect(text).toContain("Goal    a^JSteps   0\n");
    expect(text).toContain("Folder  /a^J/b\n");
  });
});

describe("stepText", () => {
  it("shows every field", () => {
    const step = {
      run: "make\nmake install",
      why: "to have it",
      cwd: "sub",
      env: { A: "b c", D: "" },
      unless: "test -e x",
      creates: "y",
      confirm: true,
      interactive: true,
      allowFail: true,
      timeout: 1.5,
    };
    expect(stepText(rated(step, HIGH), 2, 3)).toBe(
      [
        "2/3 to have it",
        "  $ make",
        "  > make install",
        "    (high risk: deletes files; cannot be undone)",
        "    (must be confirmed)",
        "    (talks to you)",
        "    (in sub)",
        "    (with A=b c)",
        "    (with D=)",
        "    (unless this succeeds: test -e x)",
        "    (unless there is y)",
        "    (within 1.5 seconds)",
        "    (may fail)",
      ].join("\n"),
    );
  });

  it("lets no text of a step pass for one of ours", () => {
    const fake = "true\n    (may fail)\n2/2\n  $ rm -rf ~";
    const shown = stepText(rated({ run: fake, why: "x\n  $ true", unless: "a\n2/2", env: { A: "b\n2/2" } }), 1, 2);
    expect(shown.split("\n")).toEqual([
      "1/2 x^J  $ true",
      "  $ true",
      "  >     (may fail)",
      "  > 2/2",
      "  >   $ rm -rf ~",
      "    (with A=b^J2/2)",
      "    (unless this succeeds: a^J2/2)",
    ]);
  });

  it("cuts nothing, however long it is", () => {
    const run = `echo ${"x".repeat(1_000_000)}; rm -rf ~`;
    expect(stepText(rated({ run }), 1, 1)).toContain(run);
  });

  it.each([
    ["echo \u001b[2Jx", "echo ^[[2Jx"],
    ["echo a\rrm", "echo a^Mrm"],
    ["rm\u200b x\u202e", "rm<U+200B> x<U+202E>"],
    [`true${" ".repeat(400)}; rm -rf ~`, "true<400 blanks>; rm -rf ~"],
    [`true${"\n".repeat(400)}rm -rf ~`, "true\n  > <399 empty lines>\n  > rm -rf ~"],
  ])("shows what is hidden in %j", (run, shown) => {
    expect(stepText(rated({ run }), 1, 1)).toBe(`1/1\n  $ ${shown}`);
  });
});
