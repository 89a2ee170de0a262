import { expect, it, vi } from "vitest";
import { tempFolder } from "../../../../../tests/support/temp-folder.ts";
import { createRun, findRun, listRuns, type RunRecord } from "./run-folder.ts";

/** Begins a run at a time, and gives its name. */
function begin(startedAt: string): string {
  const record = { formatVersion: 1, recipe: "it", from: "it 1.0.0", goal: "", options: {}, shell: "sh", cwd: "/" };
  const { id, lock } = createRun({ ...record, startedAt, steps: [] } as RunRecord);
  lock.release();
  return id;
}

it("lists runs that began in the same second in their order, the latest first", () => {
  vi.stubEnv("D0TTINO_HOME", tempFolder("home"));
  const times = Array.from({ length: 20 }, (_, at) => `2026-11-23T10:43:53.${String(at * 50).padStart(3, "0")}Z`);
  const inOrder = times.map(begin);
  expect(listRuns().map(({ id }) => id)).toEqual(inOrder.toReversed());
  expect(findRun("last").id).toBe(inOrder.at(-1));
});
