import { describe, expect, it } from "vitest";
import { powershell } from "./index.ts";

/** The template whose values stand where the text has a `¤`. */
function template(text: string, value: unknown = "v"): string {
  const parts = text.split("¤");
  return powershell({ raw: parts } as unknown as TemplateStringsArray, ...parts.slice(1).map(() => value));
}

describe("powershell quotes", () => {
  it.each([
    ["a b", "'a b'"],
    ["", "''"],
    [5, "'5'"],
    [true, "'true'"],
    ["it's", "'it''s'"],
    ['$x `n "', "'$x `n \"'"],
    ["a\nb", "'a\nb'"],
    ["\u2018\u2019\u201a\u201b", "'\u2018\u2018\u2019\u2019\u201a\u201a\u201b\u201b'"],
    ["\u201c", "'\u201c'"],
  ])("%j", (value, quoted) => {
    expect(powershell`echo ${value}`).toBe(`echo ${quoted}`);
  });

  it("arrays as separate words", () => {
    expect(powershell`git add -- ${["a", "b c"]}`).toBe("git add -- 'a' 'b c'");
    expect(powershell`git add ${[]}`).toBe("git add ");
  });

  it("and undoes the two forced escapes", () => {
    expect(powershell`echo a\`tb \${x} ${1}`).toBe("echo a`tb ${x} '1'");
  });
});

const ALLOWED = [
  "¤",
  "echo ¤",
  "& ¤ x",
  ". ¤ x",
  "--x=¤",
  "-Path:¤",
  "/p:¤",
  "name=¤",
  "$x = ¤",
  "¤ | Set-Content ¤",
  "@(¤, ¤)",
  "f(¤)",
  "echo $(cat ¤)",
  'echo "$(cat ¤) $x" ¤',
  'echo "a""b`"c" ¤',
  "echo 'a''b' ¤",
  "echo “a„ ¤",
  "echo ‘a’ ¤",
  "# it's\necho ¤",
  "<# ' #> echo ¤",
  "echo @'\n' \"\n'@ ¤",
  'echo @"\n"\n$x "\n"@ ¤',
  "if (¤ -eq ¤) { ¤ }",
  "echo `' ¤",
  "echo ${a'b} ¤",
  "echo $x ¤; ls ¤",
  "echo `\n ¤ x",
  "a,\n¤ x",
];

const REFUSED: readonly (readonly [string, string])[] = [
  ["'¤'", "single quotes"],
  ["‘¤’", "single quotes"],
  ["'a''¤'", "single quotes"],
  ['"¤"', "double quotes"],
  ["“¤”", "double quotes"],
  ['"a`"¤"', "double quotes"],
  ['"$(echo "¤")"', "double quotes"],
  ["@'\n'¤\n'@", "a here-string"],
  ['@"\n¤\n"@', "a here-string"],
  ["# ¤", "a comment"],
  ["<# ¤ #>", "a comment"],
  ["${¤}", "own ${…}"],
  ['"${¤}"', "own ${…}"],
  ["$¤", "directly after a $"],
  ["echo `¤", "directly after a backtick"],
  ["echo ¤b", "touches other text"],
  ["echo ¤.txt", "touches other text"],
  ["echo a¤", "touches other text"],
  ["echo $x¤", "touches other text"],
  ["echo ¤¤", "touches other text"],
  ["echo 'a'¤", "touches other text"],
  ["echo ¤'a'", "touches other text"],
  ["echo @¤", "touches other text"],
  ["--x=¤b", "touches other text"],
  ["echo --% ¤", "after --%"],
  ["echo a#b ¤", "after a #"],
  ['@"\n$(x)\n"@ ¤', "after a @"],
  ["${a`}} ¤", "after ${…}"],
  ["¤ install", "the call operator"],
  ["ls; ¤ ¤", "the call operator"],
  ["ls\n¤ x", "the call operator"],
  ["$(¤ x)", "the call operator"],
];

describe("powershell places", () => {
  it.each(ALLOWED)("allows a value in %j", (text) => {
    expect(template(text)).toBe(text.replaceAll("¤", "'v'"));
  });

  it.each(REFUSED)("refuses a value in %j", (text, reason) => {
    expect(() => template(text)).toThrow(SyntaxError);
    expect(() => template(text)).toThrow(reason);
  });

  it("refuses an array that touches other text", () => {
    expect(() => powershell`x=${["a"]}`).toThrow("powershell: interpolation 1 is an array and touches other text");
  });

  it("refuses what sh refuses", () => {
    expect(() => powershell`echo ${undefined}`).toThrow(TypeError);
  });
});
