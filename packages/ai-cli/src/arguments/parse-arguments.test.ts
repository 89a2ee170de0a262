import { describe, expect, it } from "vitest";
import type { Option } from "./option.ts";
import { parseArguments } from "./parse-arguments.ts";

const KNOWN: Option[] = [
  { name: "backend", short: "b", value: "NAME", summary: "" },
  { name: "option", short: "o", value: "KEY=VALUE", repeats: true, summary: "" },
  { name: "json", summary: "" },
  { name: "yes", short: "y", summary: "" },
  { name: "quiet", short: "q", summary: "" },
];

describe("parseArguments", () => {
  it.each<[string[], Record<string, unknown>, string[]]>([
    [["hello", "there"], {}, ["hello", "there"]],
    [["-b", "x", "hello"], { backend: "x" }, ["hello"]],
    [["-bx"], { backend: "x" }, []],
    [["-b=x"], { backend: "x" }, []],
    [["--backend", "x"], { backend: "x" }, []],
    [["--backend=x=y"], { backend: "x=y" }, []],
    [["--backend", "--json"], { backend: "--json" }, []],
    [["-o", "a=1", "-ob=2"], { option: ["a=1", "b=2"] }, []],
    [["-yq", "word", "--json"], { yes: true, quiet: true, json: true }, ["word"]],
    [["-yb", "x"], { yes: true, backend: "x" }, []],
    [["--", "-b", "--json"], {}, ["-b", "--json"]],
    [["-"], {}, ["-"]],
    [["-5 degrees is how cold?"], {}, ["-5 degrees is how cold?"]],
    [["--backend is an option"], {}, ["--backend is an option"]],
    [["--backend=a b"], { backend: "a b" }, []],
    [[""], {}, [""]],
  ])("reads %j", (args, options, words) => {
    expect(parseArguments(args, KNOWN)).toEqual({ options, words });
  });

  it.each([
    [["--bakcend", "x"], "There is no option --bakcend.", "Did you mean --backend?"],
    [["-x"], "There is no option -x.", '--help lists the options; text that begins with a dash goes behind "--".'],
    [["--backend"], "--backend needs a value: --backend NAME.", undefined],
    [["-b"], "-b needs a value: -b NAME.", undefined],
    [["--json=yes"], "--json takes no value.", undefined],
    [
      ["--__proto__"],
      "There is no option --__proto__.",
      '--help lists the options; text that begins with a dash goes behind "--".',
    ],
  ])("refuses %j", (args, message, hint) => {
    expect(() => parseArguments(args, KNOWN)).toThrow(expect.objectContaining({ code: "usage", message, hint }));
  });
});
