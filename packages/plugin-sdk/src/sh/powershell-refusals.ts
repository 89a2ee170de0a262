import type { Refusal } from "./build-command.ts";

const OUT_OF_QUOTES = "take it out of the quotes: powershell`Write-Output ${value}`";
const OUT_OF_COMMENT = "take it out of the comment";
const WHOLE_WORD = "put the whole word into the value: powershell`Get-Item ${`${value}.txt`}`";

/** The places in a PowerShell script where a value is refused, named after the frame or the character there. */
export const POWERSHELL_REFUSALS = {
  single: inside("single quotes", OUT_OF_QUOTES),
  double: inside("double quotes", OUT_OF_QUOTES),
  "here-string": inside("a here-string", OUT_OF_QUOTES),
  comment: inside("a comment", OUT_OF_COMMENT),
  "block-comment": inside("a comment", OUT_OF_COMMENT),
  variable: inside("the static text's own ${…}", "put the value into a variable first: powershell`$name = ${value}`"),
  dollar: refusal("stands directly after a $, which would make a part of it a name", "put the $ in single quotes: '$'"),
  backtick: refusal("stands directly after a backtick, which would escape its quotes", "leave out the backtick"),
  touching: refusal("touches other text, where PowerShell would begin or end a word", WHOLE_WORD),
  touchingArray: refusal("is an array and touches other text", "put blanks around it"),
  command: refusal(
    "is a quoted command, which PowerShell takes for an expression",
    "put the call operator before it: powershell`& ${command} --version`",
  ),
  doubt: (construct: string): Refusal =>
    refusal(
      `stands after ${construct}, where it is not certain how PowerShell reads the text`,
      "put it before that, or make two steps of it",
    ),
} as const;

function inside(place: string, advice: string): Refusal {
  return refusal(`stands inside ${place}, where it cannot be quoted safely`, advice);
}

function refusal(problem: string, advice: string): Refusal {
  return { problem, advice };
}
