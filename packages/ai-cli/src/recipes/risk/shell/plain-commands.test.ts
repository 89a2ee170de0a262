import { parse, type AndOr, type Command, type Pipeline } from "unbash";
import { describe, expect, it } from "vitest";
import { readCorpus } from "../corpus/read-corpus.ts";
import { resolveWords } from "../words/resolve-words.ts";
import { emptyScope } from "../scope.ts";
import { UNKNOWN } from "../output.ts";
import { plainCommands, type PlainCommand } from "./plain-commands.ts";

const SETS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh"];
const LINES = SETS.flatMap((set) => readCorpus(`${set}.txt`).map(({ run }) => run));

/** The same as the parser finds it; a text in place of what is no plain command. */
function parsedCommands(text: string): readonly (PlainCommand | string)[] {
  const { commands: statements, errors = [] } = parse(text);
  const found = statements.flatMap(({ command, background }, at) =>
    background === true ? ["background"] : listOf(command as Command, at < statements.length - 1 ? ";" : ""),
  );
  return [...found, ...errors.map(({ message }) => message)];
}

function listOf(node: Command | Pipeline | AndOr, operator: string): readonly (PlainCommand | string)[] {
  if (node.type === "Command") {
    const { name, args, prefix, redirects } = node;
    const words = [name, ...args].map((word) =>
      word?.type === "Word" ? resolveWords(word, emptyScope(""), () => UNKNOWN) : [],
    );
    if (prefix.length > 0 || redirects.length > 0 || words.some((word) => word.length !== 1)) return ["not plain"];
    return [{ words: words.flat(), operator }];
  }
  if (node.type !== "AndOr" && (node.type !== "Pipeline" || (node.prefixes?.length ?? 0) > 0)) return ["not plain"];
  const inner = node.commands as readonly Command[];
  return inner.flatMap((one, at) => listOf(one, node.operators[at] ?? operator));
}

describe("plainCommands", () => {
  it("finds what the parser finds", () => {
    const pieces = [...new Set(LINES.flatMap((line) => line.split(/\s+/)))].filter((piece) => piece !== "");
    const glue = [" ", " ", " ", " ", "  ", "", " && ", " | ", "|", "; ", ";", "||", " & ", "\n", " > "];
    const special = ["if", "time", "in", "export", "eval", "[[", "{", "!", "coproc", "let", "select", "a=b", "''", '""', "'a b'", '"x|y"', '"$x"', '"a$b_c-$d/"', "2", "=", "-"]; // prettier-ignore
    let seed = 7;
    const next = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
    const pick = (from: readonly string[]): string => from[next(from.length)] as string;
    const made = Array.from({ length: 40_000 }, () => {
      let text = "";
      for (let count = next(6); count >= 0; count--) text += pick(next(4) === 0 ? special : pieces) + pick(glue);
      return next(2) === 0 ? text.trim() : text;
    });
    let plain = 0;
    for (const text of [...LINES, ...made]) {
      const commands = plainCommands(text);
      if (commands === undefined) continue;
      plain++;
      expect(commands, text).toEqual(parsedCommands(text));
    }
    expect(plain).toBeGreaterThan(5_000);
  });

  it.each([
    "a=b c",
    "ls *",
    "ls ~",
    "ls $x",
    'ls "$x" && ls',
    'ls "$1"',
    'ls "${x}"',
    'ls "$(x)"',
    '"$x" y',
    'ls "a\\"b"',
    "ls 'x",
    "ls > x",
    "2>x",
    "ls;",
    "ls &",
    "ls &&",
    "| ls",
    "ls || | x",
    "ls\n",
    "# ls",
    "! ls",
    "a\\b",
    "{a,b}",
    "",
    " ",
    "export a=b",
    "ls; if x",
    "[ -f x ]",
    "'if' x",
    "x ; ; y",
  ])("leaves %j to the parser", (text) => {
    expect(plainCommands(text)).toBeUndefined();
  });

  it("leaves variables to the parser when something is known of any", () => {
    expect(plainCommands('rm -rf "$DIR/x"')).toEqual([
      {
        words: [{ text: "rm" }, { text: "-rf" }, { text: "$DIR/x", known: false }].map((one) => ({
          known: true,
          glob: false,
          ...one,
        })),
        operator: "",
      },
    ]);
    expect(plainCommands('rm -rf "$DIR/x"', true)).toBeUndefined();
  });

  it("takes quotes off, and parts what they hold from what is around them by nothing", () => {
    const words = plainCommands(`curl -d'a b' "x"y''z --o="1 2" '' |head`)?.map((one) =>
      one.words.map(({ text }) => text),
    );
    expect(words).toEqual([["curl", "-da b", "xyz", "--o=1 2", ""], ["head"]]);
  });
});
