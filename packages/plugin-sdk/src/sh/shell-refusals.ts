import type { Refusal } from "./build-command.ts";

const AS_VARIABLE = "put the value into a variable first, on a line of its own: sh`name=${value}`";
const OUT_OF_QUOTES = "take it out of the quotes: sh`echo ${value}`";

/** The places in a POSIX script where a value is refused, named after the frame or the character there. */
export const SHELL_REFUSALS = {
  double: inside("double quotes", OUT_OF_QUOTES),
  single: inside("single quotes", OUT_OF_QUOTES),
  ansi: inside("$'…'", OUT_OF_QUOTES),
  backquotes: inside("backquotes", "write $(…) instead of them: sh`echo $(basename ${value})`"),
  comment: inside("a comment", "take it out of the comment"),
  "here-document": inside("a here-document", "send it through a pipe: sh`printf '%s\\n' ${value} | cat`"),
  delimiter: refusal("stands as a here-document's delimiter, which must be known", "write the delimiter out: <<'END'"),
  parameter: inside("the static text's own ${…}", AS_VARIABLE),
  arithmetic: evaluated("inside arithmetic", "compute it in JavaScript"),
  brackets: evaluated("inside […], which may be the subscript of an array", "use another command"),
  comparison: evaluated("in [[ ]] with an arithmetic comparison", 'use [ ] instead: sh`[ "$n" -gt ${value} ]`'),
  dollar: refusal("stands directly after a $, which would change its quotes", "put the $ in single quotes: '$'"),
  backslash: refusal(
    "stands directly after a backslash, which would escape its quotes",
    "put the backslash in single quotes",
  ),
  touchingArray: refusal(
    "is an array and touches other text, so that only one of its words would belong to that text",
    "put blanks around it, or map the array first: sh`cmd ${names.map((name) => `--x=${name}`)}`",
  ),
  arrayAsTarget: refusal("is an array after a redirection, which takes one word", "give a single value"),
  doubt: (construct: string): Refusal =>
    refusal(
      `stands after ${construct}, where it is not certain how shells read the text`,
      "put it before that, or make two steps of it",
    ),
} as const;

function inside(place: string, advice: string): Refusal {
  return refusal(`stands inside ${place}, where it cannot be quoted safely`, advice);
}

function evaluated(place: string, advice: string): Refusal {
  return refusal(`stands ${place}, where shells evaluate even a quoted word as code`, advice);
}

function refusal(problem: string, advice: string): Refusal {
  return { problem, advice };
}
