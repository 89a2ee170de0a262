import { describe, expect, it } from "vitest";
import { SUBJECTS } from "../rules/subjects.ts";
import { readArguments, type OptionShape } from "../words/arguments.ts";
import { plainWord } from "../words/shell-word.ts";
import { matches } from "./pattern.ts";

const fits = (pattern: string, line: string, shape: OptionShape = {}): boolean =>
  matches(pattern, readArguments(line.split(" ").map(plainWord), shape), "");

describe("matches", () => {
  it("takes sub-commands in their order, and only there", () => {
    expect(fits("volume rm", "volume rm x")).toBe(true);
    expect(fits("volume|network rm|del*", "network delete x")).toBe(true);
    expect(fits("volume rm", "rm volume")).toBe(false);
    expect(fits("* rm", "x rm")).toBe(true);
    expect(fits("rm", "volume rm")).toBe(false);
  });

  it("passes over what may be the value of an option", () => {
    expect(fits("volume rm", "--context prod volume rm x")).toBe(true);
    expect(fits("volume rm", "-c prod volume rm x", { values: "-c" })).toBe(true);
    expect(fits("prod", "-c prod volume", { values: "-c" })).toBe(false);
  });

  it("finds options in clusters, with values, abbreviated", () => {
    expect(fits("-f|--force", "-xdf")).toBe(true);
    expect(fits("-f", "-n", {})).toBe(false);
    expect(fits("--recursive", "--recurs x")).toBe(true);
    expect(fits("--force-delete", "--force x")).toBe(false);
    expect(fits("-X=DELETE", "-XDELETE url", { values: "-X" })).toBe(true);
    expect(fits("--prune=now", "gc --prune=now")).toBe(true);
    expect(fits("--prune=now", "gc --prune=later")).toBe(false);
    expect(fits("-delete", "-delete", { wordOptions: true })).toBe(true);
    expect(fits("-d", "-delete", { wordOptions: true })).toBe(false);
  });

  it("takes a star in brackets for a star", () => {
    expect(fits("--to=[*]", "--to=*")).toBe(true);
    expect(fits("--to=[*]", "--to=x")).toBe(false);
    expect(fits('@*"Action":"[*]"*', '{"Action":"*"}')).toBe(true);
    expect(fits('@*"Action":"[*]"*', '{"Action":"s3:Get"}')).toBe(false);
  });

  it("takes nothing behind the first operand for an option where that is so", () => {
    expect(fits("-n", "-n x", { optionsFirst: true })).toBe(true);
    expect(fits("-n", "x -n", { optionsFirst: true })).toBe(false);
  });

  it("does not take options behind -- for options", () => {
    expect(fits("-f", "-- -f")).toBe(false);
  });

  it("knows places", () => {
    expect(fits("<root>", "-r /")).toBe(true);
    expect(fits("<only regenerable>", "dist node_modules")).toBe(true);
    expect(fits("<only regenerable>", "dist src")).toBe(false);
    expect(fits("<last device>", "a.img /dev/sda")).toBe(true);
    expect(fits("<last device>", "/dev/sda a.img")).toBe(false);
    expect(fits("of=<device>", "if=a of=/dev/sda")).toBe(true);
    expect(fits("-f=<device>", "-f /dev/sda", { values: "-f" })).toBe(true);
  });

  it("counts and negates", () => {
    expect(fits("<none>", "-x")).toBe(true);
    expect(fits("stash <none>", "stash")).toBe(true);
    expect(fits("<several>", "a b")).toBe(true);
    expect(fits("push !--dry-run", "push --dry-run")).toBe(false);
    expect(fits("@*:drop", "-x db:drop")).toBe(true);
  });
});

describe("the rule table", () => {
  it("has no alternatives of which some are options and some are words, for these could never fit", () => {
    const mixed = Object.values(SUBJECTS)
      .flatMap((programs) => Object.values(programs).flatMap(({ rows }) => rows ?? []))
      .flatMap(([pattern]) => pattern.split(" "))
      .filter((token) => !/^@|</.test(token))
      .filter((token) => new Set(token.split("|").map((one) => one.replace(/^!/, "").startsWith("-"))).size > 1);
    expect(mixed).toEqual([]);
  });
});
