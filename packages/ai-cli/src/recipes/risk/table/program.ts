import type { RiskLevel } from "../risk-level.ts";
import type { OptionShape } from "../words/arguments.ts";

/**
 * A row of the rule table: what a command must look like (see `matches`), how serious that is, and why. The first row
 * that fits holds, so the more serious ones and the exceptions stand first.
 */
export type Row = readonly [pattern: string, level: RiskLevel, reason?: string];

/** Languages in which arguments and input carry code. */
export type Language =
  | "shell"
  | "sql"
  | "mongo"
  | "redis"
  | "script"
  | "lisp"
  | "tcl"
  | "powershell"
  | "diskpart"
  | "editor"
  | "crontab"
  | "awk"
  | "makefile"
  | "setting"
  | "answer"
  | "commands"
  | "request";

/** How a program runs another one that is named in its arguments. */
export interface Wrap {
  /** Sub-commands that come first, one word each, alternatives separated by `|`. */
  readonly path?: string;
  /** Whether the last of these is the command itself. */
  readonly self?: true;
  /** How many operands stand before the command. */
  readonly skip?: number;
  /** Options of the wrapper that take a value, separated by spaces. */
  readonly values?: string;
  /** The command is all behind this word. */
  readonly after?: string;
  /** Whether the words are joined and read by a shell again. */
  readonly text?: true;
  /** Whether `NAME=value` may stand before the command. */
  readonly assignments?: true;
  /** Whether names come in through standard input and are put into the command or behind it. */
  readonly names?: true;
}

/** Code in an argument: behind options, or an operand by its number from 0; -1 stands for all operands. */
interface Carried {
  readonly language: Language;
  readonly options?: string;
  readonly operand?: number;
}

/** What is known about a program. */
export interface Program extends OptionShape {
  readonly rows?: readonly Row[];
  /** Whether it takes `/x` for `-x`, and large letters for small ones, as programs of Windows do. */
  readonly windows?: true;
  /** What it is when no row fits; `none` when it is absent. */
  readonly otherwise?: readonly [level: RiskLevel, reason?: string];
  readonly wraps?: readonly Wrap[];
  readonly carries?: readonly Carried[];
  /** What arguments look like with which all that it changes is forgotten when it ends (see `matches`). */
  readonly forgets?: string;
  /** The language in which it reads its standard input, when no operand names a file. */
  readonly input?: Language;
  /** Whether operands name no file that it would read in place of its standard input. */
  readonly inputAlways?: true;
}

/** Programs by name; several names that mean the same are separated by spaces. */
export type RuleTable = Readonly<Record<string, Program>>;
