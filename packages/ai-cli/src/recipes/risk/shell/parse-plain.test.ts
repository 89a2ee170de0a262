import { parse, type Command, type ParsedScript, type Redirection } from "unbash";
import { describe, expect, it } from "vitest";
import { readCorpus } from "../corpus/read-corpus.ts";
import { NOTHING } from "../output.ts";
import { emptyScope } from "../scope.ts";
import { plainWord } from "../words/shell-word.ts";
import { resolveText, resolveWords } from "../words/resolve-words.ts";
import { parsePlain } from "./parse-plain.ts";

const CORPORA = ["first.txt", "second.txt", "third.txt", "fourth.txt", "fifth.txt", "sixth.txt", "seventh.txt"];
const PIECES = ["rm", "-rf", " ", "  ", "\t", "/", "a", "~", "*", "?", "a=b", "'", '"', "$x", "$", "1", "2", ">", ">>", ">&1", "<", "&&", "||", "|", ";", "\n", "&", "#", "\\", "(", "!", "if ", "[ ", " ]", "{", "}", "é", "export ", "time ", "in "]; // prettier-ignore

/** A tree as the readers see it: words resolved, no places. */
function seen(script: ParsedScript): unknown {
  const scope = emptyScope("");
  scope.variables.set("x", [plainWord("one two*")]);
  const nothing = (): typeof NOTHING => NOTHING;
  const redirection = (one: Redirection): unknown => ({
    type: one.type,
    operator: one.operator,
    descriptor: one.descriptor?.type === "FileDescriptor" ? one.descriptor.value : one.descriptor,
    target: "target" in one && one.target !== undefined && resolveText(one.target, scope, nothing),
  });
  const command = ({ name, prefix, args, redirects }: Command): unknown => ({
    name: name && { value: name.value, words: resolveWords(name, scope, nothing) },
    assignments: prefix.filter(({ type }) => type === "Assignment").length,
    args: args.map((word) => (word.type === "Word" ? resolveWords(word, scope, nothing) : "assignment")),
    redirects: redirects.map(redirection),
  });
  const node = (one: object): unknown => {
    const { type, command: inner, commands, prefixes, background } = one as Record<string, unknown>;
    if (type === "Command") return command(one as Command);
    return {
      type,
      prefixes,
      background: background === true,
      commands: (inner === undefined ? (commands as object[]) : [inner as object])?.map(node),
    };
  };
  return { errors: (script.errors ?? []).length, statements: script.commands.map(node) };
}

function expectSame(text: string): boolean {
  const plain = parsePlain(text);
  if (plain === undefined) return false;
  expect(seen(plain), JSON.stringify(text)).toEqual(seen(parse(text)));
  return true;
}

describe("parsePlain", () => {
  it.each(CORPORA)("sees in %s what the whole parser sees, or nothing", (name) => {
    const commands = readCorpus(name);
    const plain = commands.filter(({ run }) => expectSame(run));
    expect(plain.length).toBeGreaterThan(commands.length / 2);
  });

  it("sees in anything what the whole parser sees, or nothing", () => {
    let seed = 7;
    const next = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
    let plain = 0;
    for (let turn = 0; turn < 20_000; turn++) {
      let text = "";
      for (let count = next(9); count >= 0; count--) text += PIECES[next(PIECES.length)] ?? "";
      if (text.trim() !== "" && expectSame(text)) plain++;
    }
    expect(plain).toBeGreaterThan(1_000);
  });

  it("leaves to the whole parser what it does not know", () => {
    for (const text of [
      "if a; then b; fi",
      "a &",
      "a=b c",
      "$(a)",
      "a <<E\nE",
      "a | ",
      "&& a",
      "a >",
      "a {b,c}",
      'a "\\n"',
    ])
      expect(parsePlain(text), text).toBeUndefined();
  });
});
