import { expect, it } from "vitest";
import { endOfShell, type ShellTraces } from "./end-of-shell.ts";

const next = { cwd: "/", env: {} };
const left = (exitCode: number, isWhole: boolean): ShellTraces => ({
  hasBegun: true,
  left: { exitCode, isWhole, isText: true, next },
});
const exit = (code: number): object => ({ kind: "exit", code });
const signal = (name: string): object => ({ kind: "signal", name });

it.each<[string, number, ShellTraces, object]>([
  ["came to the end of its script", 0, left(0, true), exit(0)],
  ["had a command with such a code last", 137, left(137, true), exit(137)],
  ["left with such a code itself", 137, left(137, false), exit(137)],
  ["left with a code that no signal has", 255, left(255, false), exit(255)],
  ["left nothing behind", 137, { hasBegun: true, left: undefined }, signal("SIGKILL")],
  ["is none that leaves anything behind", 143, { hasBegun: undefined, left: undefined }, signal("SIGTERM")],
  ["has saved a success when the signal came", 143, left(0, false), signal("SIGTERM")],
  ["has ended by the Ctrl-C that its child got", 130, left(130, false), signal("SIGINT")],
  ["could not be run", 126, { hasBegun: true, left: undefined }, exit(126)],
])("tells how a shell ended that %s", (_, code, traces, wanted) => {
  expect(endOfShell({ kind: "exit", code }, traces)).toEqual(wanted);
});

it.each([126, 127])("tells that a shell has not begun, by code %i", (code) => {
  const end = endOfShell({ kind: "exit", code }, { hasBegun: false, left: undefined });
  expect(end).toEqual({ kind: "failure", reason: "the terminal shows why" });
});

it("leaves an end alone that is known", () => {
  const end = { kind: "lost", reason: "gone" } as const;
  expect(endOfShell(end, left(0, true))).toBe(end);
});
