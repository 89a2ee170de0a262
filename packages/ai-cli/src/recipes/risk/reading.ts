import type { RiskLevel } from "./risk-level.ts";
import { UNKNOWN, type Output } from "./output.ts";
import type { Scope } from "./scope.ts";
import type { Language } from "./table/program.ts";
import type { ShellWord } from "./words/shell-word.ts";

/** Something that a step would do. */
export interface Finding {
  readonly level: RiskLevel;
  readonly reason: string;
}

/** Programs that run programs are followed this deep. */
const DEEPEST = 24;

/** Reads a command that stands in another one. */
export function readInside(reading: Reading, read: () => Output): Output {
  if (reading.depth >= DEEPEST) {
    reading.find("high", "nests too deep to be read");
    return UNKNOWN;
  }
  reading.depth++;
  try {
    return read();
  } finally {
    reading.depth--;
  }
}

/** The reading of one step: what was found in it, and the ways from one kind of code into another. */
export interface Reading {
  readonly findings: Finding[];
  /** How many commands may still be read; a step can be short and unfold into endlessly many. */
  left: number;
  /** Functions that something in the step calls. */
  readonly called: Set<object>;
  /** What is read when all else has been: what a trap does. */
  readonly later: (() => void)[];
  /** What the step has written into files so far, as far as it is known. */
  readonly written: Map<string, string>;
  /** The files that the step has fetched from other machines so far. */
  readonly fetched: Set<string>;
  /** Where the step has moved files to so far. */
  readonly moved: Set<string>;
  /** The empty files that the step has made so far. */
  readonly made: Set<string>;
  /** How deep code stands in code. */
  depth: number;
  find(level: RiskLevel, reason: string): void;
  /** Reads shell text; gives what it prints. */
  readShell(text: string, scope: Scope, input?: Output): Output;
  /** Reads one command that is taken apart into words already. */
  readWords(words: readonly ShellWord[], scope: Scope, input: Output): Output;
  /** Reads code of another language. */
  readCode(language: Language, text: string, scope: Scope): void;
}
