import { expect, it } from "vitest";
import { ProgressLine } from "./progress-line.ts";

const MB = 1024 * 1024;

function lineAt(clock: { now: number }): (now: number, done: number, total?: number) => string | undefined {
  const line = new ProgressLine("smollm2", () => clock.now);
  return (now, done, total) => {
    clock.now = now;
    return line.next({ done: done * MB, total: total === undefined ? undefined : total * MB });
  };
}

it("says how far a download is and how fast it was in the last seconds", () => {
  const at = lineAt({ now: 0 });
  expect(at(0, 10, 93.8)).toBe("smollm2  10.0 of 93.8 MB");
  expect(at(1000, 12, 93.8)).toBe("smollm2  12.0 of 93.8 MB  2.0 MB/s");
  expect(at(4000, 42, 93.8)).toBe("smollm2  42.0 of 93.8 MB  10.0 MB/s");
});

it("changes ten times a second at most", () => {
  const at = lineAt({ now: 0 });
  expect(at(0, 1, 2)).toBeDefined();
  expect(at(99, 1, 2)).toBeUndefined();
  expect(at(100, 1, 2)).toBeDefined();
});

it("knows no total where nobody says it, and does not go backwards when a download starts over", () => {
  const at = lineAt({ now: 0 });
  at(0, 50);
  expect(at(1000, 1)).toBe("smollm2  1.0 MB");
  expect(at(2000, 3)).toBe("smollm2  3.0 MB  2.0 MB/s");
});
