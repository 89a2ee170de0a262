import type { Arguments, GivenOption, Operand } from "../words/arguments.ts";
import { pathClasses, type PathClass } from "../words/path-classes.ts";
import type { ShellWord } from "../words/shell-word.ts";

type Test = (given: Arguments, rest: readonly Operand[], folder: string) => boolean;
type TextTest = (text: string) => boolean;

interface Pattern {
  readonly path: readonly TextTest[];
  readonly tests: readonly Test[];
}

const COMPILED = new Map<string, Pattern>();

/**
 * Whether arguments fit a pattern. A pattern is words separated by spaces, all of which must fit:
 *
 * - `push` the next sub-command; `rm|del*` one of several, `*` stands for anything
 * - `-f|--force` one of these options is given; `--prune=now` with this value, `-f=<device>` with such a path
 * - `@*:drop` some operand behind the sub-commands looks so
 * - `<root,home>` one of those operands is a path of one of these classes; `<only …>` all of them are, and there is one;
 *   `<first …>`, `<last …>`; `of=<device>` for operands of the form `of=PATH`
 * - `<none>`, `<some>`, `<several>` how many operands there are
 * - `*` in any of these for any characters, and `[*]` for that character itself
 * - `!` before any of these but sub-commands: it must not fit
 */
export function matches(pattern: string, given: Arguments, folder: string): boolean {
  let compiled = COMPILED.get(pattern);
  if (compiled === undefined) COMPILED.set(pattern, (compiled = compile(pattern)));
  const from = pathEnd(compiled.path, given.operands);
  if (from === undefined) return false;
  const { tests } = compiled;
  const rest = from === 0 ? given.operands : given.operands.slice(from);
  for (let at = 0; at < tests.length; at++) if (!(tests[at] as Test)(given, rest, folder)) return false;
  return true;
}

/** Where the operands behind the sub-commands begin; undefined when these do not fit. */
function pathEnd(path: readonly TextTest[], operands: readonly Operand[]): number | undefined {
  let at = 0;
  for (let index = 0; index < path.length; index++) {
    const test = path[index] as TextTest;
    // What stands behind an option that is not known may be its value.
    while (at < operands.length && operands[at]?.afterOption === true && !test(operands[at]?.word.text ?? "")) at++;
    const operand = operands[at];
    if (operand === undefined || !test(operand.word.text)) return undefined;
    at++;
  }
  return at;
}

function compile(pattern: string): Pattern {
  const path: TextTest[] = [];
  const tests: Test[] = [];
  for (const token of pattern.match(/!?(?:[\w-]+=)?<[^>]*>|\S+/g) ?? []) {
    const negated = token.startsWith("!") && token.length > 1;
    const bare = negated ? token.slice(1) : token;
    const test = compileTest(bare);
    if (test === undefined) path.push(textTest(bare));
    else tests.push(negated ? (given, rest, folder) => !test(given, rest, folder) : test);
  }
  return { path, tests };
}

function compileTest(token: string): Test | undefined {
  if (token.startsWith("-")) return optionTest(token);
  if (token.startsWith("@")) {
    const test = textTest(token.slice(1));
    return (_, rest) => rest.some(({ word }) => test(word.text));
  }
  const key = /^([\w-]+=)<([^>]*)>$/.exec(token);
  if (key !== null) {
    const [, name = "", classes = ""] = key;
    const has = classTest(classes.split(","));
    return (_, rest, folder) =>
      rest.some(
        ({ word }) => word.text.startsWith(name) && has({ ...word, text: word.text.slice(name.length) }, folder),
      );
  }
  if (!token.startsWith("<")) return undefined;
  return operandTest(token.slice(1, -1));
}

function operandTest(what: string): Test {
  if (what === "none") return (_, rest) => rest.length === 0;
  if (what === "some") return (_, rest) => rest.length > 0;
  if (what === "several") return (_, rest) => rest.length > 1;
  const [which = "", list] = what.includes(" ") ? what.split(" ") : ["any", what];
  const has = classTest((list ?? "").split(","));
  if (which === "only") return (_, rest, folder) => rest.length > 0 && rest.every(({ word }) => has(word, folder));
  if (which === "first") return (_, rest, folder) => rest[0] !== undefined && has(rest[0].word, folder);
  if (which === "last") return (_, rest, folder) => rest.length > 0 && has((rest.at(-1) as Operand).word, folder);
  return (_, rest, folder) => rest.some(({ word }) => has(word, folder));
}

function classTest(classes: readonly string[]): (word: ShellWord, folder: string) => boolean {
  return (word, folder) => {
    const has = pathClasses(word, folder);
    return classes.some((one) => has.has(one as PathClass));
  };
}

/** An option that a pattern asks for, and what its value must be, where that matters. */
interface Wanted {
  readonly name: string;
  readonly value: ((word: ShellWord, folder: string) => boolean) | undefined;
}

function optionTest(token: string): Test {
  const wanted = token.split("|").map((option): Wanted => {
    const [name = "", ...values] = option.split("=");
    return { name, value: values.length === 0 ? undefined : valueTest(values.join("=")) };
  });
  const named = wanted.filter(({ name }) => !name.includes("*"));
  const globs = wanted
    .filter(({ name }) => name.includes("*"))
    .map(({ name, value }) => ({ isNamed: globTest(name), value }));
  const names = new Set(named.map(({ name }) => name));
  // To see at once that what was given is the beginning of none.
  const lines = `\n${[...names].join("\n")}`;
  return ({ options }, _, folder) => {
    for (let at = 0; at < options.length; at++) {
      const given = options[at] as GivenOption;
      const { name } = given;
      const isAsked = names.has(name) || (name.length > SHORTEST && lines.includes(`\n${name}`));
      if (isAsked && isWanted(given, named, folder)) return true;
      for (let glob = 0; glob < globs.length; glob++) {
        const { isNamed, value } = globs[glob] as (typeof globs)[number];
        if (isNamed(name) && hasValue(given, value, folder)) return true;
      }
    }
    return false;
  };
}

function isWanted(given: GivenOption, wanted: readonly Wanted[], folder: string): boolean {
  for (let at = 0; at < wanted.length; at++) {
    const { name, value } = wanted[at] as Wanted;
    if (isOption(given.name, name) && hasValue(given, value, folder)) return true;
  }
  return false;
}

function hasValue({ value }: GivenOption, test: Wanted["value"], folder: string): boolean {
  return test === undefined || (value !== undefined && test(value, folder));
}

function valueTest(value: string): (word: ShellWord, folder: string) => boolean {
  if (value.startsWith("<")) return classTest(value.slice(1, -1).split(","));
  const test = textTest(value);
  return (word) => test(word.text);
}

/** A beginning that is no longer than this stands for nothing but itself. */
const SHORTEST = 5;

/** GNU's programs take a long option's beginning for the whole; but `--force` is not short for `--force-delete`. */
export function isOption(given: string, wanted: string): boolean {
  if (given === wanted) return true;
  return given.length > SHORTEST && wanted.startsWith("--") && wanted.startsWith(given) && wanted[given.length] !== "-";
}

function textTest(alternatives: string): TextTest {
  const exact = new Set<string>();
  const globs: TextTest[] = [];
  for (const one of alternatives.split("|")) {
    if (one.includes("*")) globs.push(globTest(one));
    else exact.add(one);
  }
  return globs.length === 0 ? (text) => exact.has(text) : (text) => exact.has(text) || globs.some((test) => test(text));
}

function globTest(glob: string): TextTest {
  const [head = "", ...others] = glob.split(/\*(?!\])/).map((part) => part.replaceAll("[*]", "*"));
  const tail = others.pop() ?? "";
  return (text) => {
    if (text.length < head.length + tail.length || !text.startsWith(head) || !text.endsWith(tail)) return false;
    let from = head.length;
    for (const middle of others) {
      const found = text.indexOf(middle, from);
      if (found < 0) return false;
      from = found + middle.length;
    }
    return from <= text.length - tail.length;
  };
}
