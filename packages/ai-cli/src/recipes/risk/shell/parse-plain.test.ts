import { parse, type ParsedScript, type SyntaxNode } from "unbash";
import { describe, expect, it } from "vitest";
import { readCorpus } from "../corpus/read-corpus.ts";
import { parsePlain } from "./parse-plain.ts";

const SETS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh"];
const LINES = SETS.flatMap((set) => readCorpus(`${set}.txt`).map(({ run }) => run));

/** A tree as it is compared: with what is found out only when it is asked for, and without what is undefined. */
function treeOf(script: ParsedScript | undefined): unknown {
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy);
    if (typeof value !== "object" || value === null) return value;
    const { type } = value as SyntaxNode;
    const lazy = type === "Word" ? ["value", "parts"] : type === "Command" ? ["args", "redirects"] : [];
    const entries = [...Object.keys(value), ...lazy].map(
      (key) => [key, copy(value[key as keyof typeof value])] as const,
    );
    return Object.fromEntries(entries.filter(([, one]) => one !== undefined));
  };
  return copy(script);
}

describe("parsePlain", () => {
  it("gives the tree that the parser gives", () => {
    const pieces = [...new Set(LINES.flatMap((line) => line.split(/\s+/)))].filter((piece) => piece !== "");
    const glue = [" ", " ", " ", " ", "  ", "\t", "", " && ", " | ", "|", "; ", ";", "||", " & ", "&", "\n", " > ", ">>", " 2>", ">& ", " < ", "&>"]; // prettier-ignore
    const special = ["if", "time", "in", "export", "eval", "[[", "{", "!", "coproc", "let", "select", "a=b", "''", '""', "'a b'", '"x|y"', '"$x"', '"a$b_c-$d/"', "$x", "*", "**", "?", "[", "]", "~", "{}", "\\;", "2", "=", "-", "\n"]; // prettier-ignore
    const compound = ["if a; then", "if [ -f x ]; then", "then", "elif b; then", "else", "fi", "fi", "for x in a b; do", "for x in *.c\ndo", "for", "while true; do", "until x;do", "do", "done", "done", "! ", "if ! a\nthen\n"]; // prettier-ignore
    let seed = 7;
    const next = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
    const pick = (from: readonly string[]): string => from[next(from.length)] as string;
    const command = (): string => `${pick(pieces)} ${pick(next(2) === 0 ? special : pieces)}`;
    /** A command, or one around others: often right, for texts put together of anything seldom are. */
    const nested = (depth: number): string => {
      const inner = (): string => `${nested(depth - 1)}${pick([";", "; ", "\n", " &", " | x;", " && y\n", ""])} `;
      switch (depth === 0 ? 3 : next(4)) {
        case 0:
          return `if ${inner()}then ${inner()}${next(2) === 0 ? `else ${inner()}` : ""}fi${pick(["", " >x", " 2>&1"])}`;
        case 1:
          return `for ${pick(["x", "x_1", "2"])} in ${pick(pieces)} $y; do ${inner()}done${pick(["", " < x", "| z"])}`;
        case 2:
          return `${pick(["while", "until", "! while"])} ${inner()}do ${inner()}done`;
        default:
          return command();
      }
    };
    const made = Array.from({ length: 60_000 }, (_, at) => {
      if (at % 3 === 0) return nested(2);
      let text = "";
      for (let count = next(6); count >= 0; count--)
        text += pick(at % 3 === 1 && next(2) === 0 ? compound : next(4) === 0 ? special : pieces) + pick(glue);
      return next(2) === 0 ? text.trim() : text;
    });
    const plain = new Map<string, number>();
    for (const text of [...LINES, ...made]) {
      const script = parsePlain(text);
      if (script === undefined) continue;
      const kind = script.commands[0]?.command.type ?? "";
      plain.set(kind, (plain.get(kind) ?? 0) + 1);
      const expected = parse(text);
      expect(treeOf(script), text).toEqual(treeOf(expected));
    }
    for (const kind of ["Command", "Pipeline", "AndOr", "If", "For", "While", "Redirected"])
      expect(plain.get(kind), kind).toBeGreaterThan(50);
  });

  it.each([
    "a=b c",
    "a=b",
    'ls "$1"',
    "ls $1",
    'ls "${x}"',
    'ls "$(x)"',
    'ls "a\\"b"',
    "ls 'x",
    "ls >",
    "ls > &",
    "ls << x",
    "ls <<< x",
    "ls <(x)",
    "ls >| x",
    "ls <> x",
    "ls &&",
    "| ls",
    "ls || | x",
    "ls | ! x",
    "# ls",
    "a\\b",
    "{a,b}",
    "a{}",
    "a[b]",
    "[[ a ]]",
    "{ a; }",
    "( a )",
    "a() { b; }",
    "case x in y) ;; esac",
    "",
    " ",
    "\n",
    ";",
    "export a=b",
    "> x export a=b",
    "ls; if x",
    "if a; then fi",
    "if a; then b",
    "if a; then b; fi c",
    "fi",
    "for x; do y; done",
    "for x in y do z; done",
    "for 1 in y; do z; done",
    "while a; done",
    "x ; ; y",
    "x & ; y",
    "time x",
    "\r",
    "ls\u00a0x",
  ])("leaves %j to the parser", (text) => {
    expect(parsePlain(text)).toBeUndefined();
  });

  it.each([
    "ls -l *.c",
    "if [ ! -f x ]; then y >&2; elif z; then :; else w; fi",
    'for name in a b; do gcc "$name.c" -o $name || exit 1; done < x',
    "while ! true\ndo\n  sleep 1 &\ndone",
    "> x",
    "find . -exec rm {} \\; 2>/dev/null",
    "'export' a=b",
    "ex''port a=b 'c d'",
    "a 0>x 1>>y 10<z",
  ])("takes %j apart", (text) => {
    expect(parsePlain(text)).toBeDefined();
    expect(treeOf(parsePlain(text))).toEqual(treeOf(parse(text)));
  });

  it("leaves what nests deep to the parser", () => {
    const nested = (depth: number): string => `${"if a; then ".repeat(depth)}b${"; fi".repeat(depth)}`;
    expect(parsePlain(nested(10))).toBeDefined();
    expect(parsePlain(nested(5_000))).toBeUndefined();
  });
});
