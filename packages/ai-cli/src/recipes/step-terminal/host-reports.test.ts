import { expect, it } from "vitest";
import { HostReports, signalOf } from "./host-reports.ts";

const told = "ready\nstarted\nback 7\nstarted\n4711\nback 148\nback 0\nleft\n";
const wanted = [
  { kind: "ready" },
  { kind: "started" },
  { kind: "ended", code: 7 },
  { kind: "started" },
  { kind: "stopped" },
  { kind: "ended", code: 0 },
  { kind: "left" },
];

it("tells jobs that have ended from those that have stopped, wherever the text is cut", () => {
  for (let size = 1; size <= told.length; size += 1) {
    const reports = new HostReports();
    const found: unknown[] = [];
    for (let at = 0; at < told.length; at += size) found.push(...reports.take(told.slice(at, at + size)));
    expect(found).toEqual(wanted);
  }
});

it.each([
  [130, "SIGINT"],
  [137, "SIGKILL"],
  [128, undefined],
  [255, undefined],
  [2, undefined],
])("takes exit code %i for %s", (code, name) => {
  expect(signalOf(code)).toBe(name);
});
