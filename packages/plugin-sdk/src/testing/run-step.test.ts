import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sh } from "../sh/index.ts";
import { runStep } from "./run-step.ts";

describe("runStep", () => {
  it("runs a step in a home of its own, which is gone afterwards", async () => {
    const { stdout, ...rest } = await runStep('printf %s "$HOME"; printf oops >&2; echo made > new.txt; exit 3', {
      files: { "notes/old.txt": "kept" },
    });
    expect(rest).toEqual({
      exitCode: 3,
      stderr: "oops",
      files: { "notes/old.txt": "kept", "new.txt": "made\n" },
    });
    expect(stdout).toMatch(/d0ttino-step-/);
    expect(existsSync(stdout)).toBe(false);
  });

  it("keeps the variables of the test to itself", async () => {
    process.env["SECRET_OF_THE_TEST"] = "leaked";
    try {
      const step = { run: 'echo "$SECRET_OF_THE_TEST,$GIVEN,$OWN"', env: { OWN: "step" } };
      expect((await runStep(step, { env: { GIVEN: "option" } })).stdout).toBe(",option,step\n");
    } finally {
      delete process.env["SECRET_OF_THE_TEST"];
    }
  });

  it("minds directory and guards", async () => {
    const files = { "work/a.txt": "" };
    expect((await runStep({ run: "ls", cwd: "work" }, { files })).stdout).toBe("a.txt\n");
    expect(await runStep({ run: "echo ran", cwd: "work", creates: "a.txt" }, { files })).toMatchObject({
      exitCode: null,
      stdout: "",
    });
    expect((await runStep({ run: "echo ran", unless: "true" })).exitCode).toBeNull();
    expect((await runStep({ run: "echo ran", unless: "false" })).stdout).toBe("ran\n");
  });

  it("ends what takes too long, and what that has started", async () => {
    expect((await runStep({ run: "sleep 60 | cat", timeout: 0.05 })).exitCode).toBe(124);
    expect((await runStep("kill -TERM $$")).exitCode).toBe(143);
  });

  it("shows that a goal stays data", async () => {
    const goal = '\'; touch hacked; $(touch hacked) "`touch hacked`"';
    const { stdout, files } = await runStep(sh`printf %s ${goal}`);
    expect([stdout, files]).toEqual([goal, {}]);
  });

  it("refuses what is no step, and says which program is missing", async () => {
    await expect(runStep({ run: " " })).rejects.toThrow(/cannot be run: `run` is " " and must be a command/);
    await expect(runStep("true", { shell: "no-such-shell" })).rejects.toThrow(/^no-such-shell could not be started/);
  });
});
