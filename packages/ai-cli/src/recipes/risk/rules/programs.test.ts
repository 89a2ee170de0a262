import { describe, expect, it } from "vitest";
import { programName } from "../judge/program-name.ts";
import { plainWord } from "../words/shell-word.ts";
import { findProgram, isProgram } from "./programs.ts";
import { SUBJECTS } from "./subjects.ts";

const NAMES = Object.values(SUBJECTS).flatMap((table) => Object.keys(table).flatMap((names) => names.split(" ")));

describe("findProgram", () => {
  it("has every program as the first of the subjects tells it, and the last of its entries there", () => {
    for (const name of NAMES) {
      const tables = Object.values(SUBJECTS).map((table) =>
        Object.entries(table).findLast(([names]) => names.split(" ").includes(name)),
      );
      const [, program] = tables.find((entry) => entry !== undefined) ?? [];
      expect(findProgram(name), name).toEqual(program);
    }
  });

  it("knows no others", () => {
    for (const name of ["", "rm grm", "\trm", "toString", "__proto__"]) {
      expect(findProgram(name), name).toBeUndefined();
      expect(isProgram(name), name).toBe(false);
    }
  });
});

describe("programName", () => {
  it("is the same with a folder in front", () => {
    for (const name of NAMES.filter((one) => !one.includes("/")))
      expect(programName(plainWord(`/usr/bin/${name}`), isProgram), name).toBe(programName(plainWord(name), isProgram));
  });
});
