import { expect, it } from "vitest";
import { readCorpus } from "../corpus/read-corpus.ts";
import { SUBJECTS } from "../rules/subjects.ts";
import { UNKNOWN_PROGRAMS } from "../rules/unknown-programs.ts";
import { readArguments } from "../words/arguments.ts";
import { plainWord } from "../words/shell-word.ts";
import { findRow } from "./find-row.ts";
import { matches } from "./pattern.ts";
import type { Program } from "./program.ts";

const PROGRAMS = Object.values(SUBJECTS).flatMap((table) => Object.values(table));

it("finds the first row whose pattern fits, although it tries few of them", () => {
  const whole = ["third.txt", "fifth.txt"].flatMap((name) => readCorpus(name).map(({ run }) => run.split(/\s+/)));
  // The beginning of a long option stands for it.
  const lines = [...whole, ...whole.map((line) => line.map((text) => text.replace(/^(--\w[\w-]{3,})[\w-]$/, "$1")))];
  let found = 0;
  for (const [at, line] of lines.entries()) {
    // Each line in the program's own table, if there is one, and in another one.
    const own = PROGRAMS[at % PROGRAMS.length] as Program;
    for (const { rows = [], ...shape } of [own, { rows: UNKNOWN_PROGRAMS }]) {
      const given = readArguments(line.slice(1).map(plainWord), shape);
      const row = findRow(rows, given, "");
      expect(row, line.join(" ")).toBe(rows.find(([pattern]) => matches(pattern, given, "")));
      if (row !== undefined) found++;
    }
  }
  expect(found).toBeGreaterThan(100);
});

it("tries rows that need nothing, an option, an operand or a word", () => {
  const given = (line: string) => readArguments(line === "" ? [] : line.split(" ").map(plainWord), {});
  const rows = [
    ["rm|del x", "high", "word"],
    ["-f|--frozen=now", "high", "option"],
    ["!--force <none>", "low", "nothing"],
    ["<only temporary>", "low", "operand"],
    ["*", "medium", "any"],
  ] as const;
  const reason = (line: string) => findRow(rows, given(line), "")?.[2];
  expect(["del x", "-f del", "--froz=now", "", "/tmp/x", "y", "--force"].map(reason)).toEqual([
    "word",
    "option",
    "option",
    "nothing",
    "operand",
    "any",
    undefined,
  ]);
});
