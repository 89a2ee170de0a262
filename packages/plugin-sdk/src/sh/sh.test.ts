import { describe, expect, it } from "vitest";
import { sh } from "./index.ts";

const raw = String.raw;
/** The template whose values stand where the text has a `@`. */
function template(text: string, value: unknown = "v"): string {
  const parts = text.split("@");
  return sh({ raw: parts } as unknown as TemplateStringsArray, ...parts.slice(1).map(() => value));
}

describe("sh quotes", () => {
  it("each kind of value as one word", () => {
    expect(sh`echo ${"a b"} ${""} ${1.5} ${-0} ${10n} ${true}`).toBe("echo 'a b' '' '1.5' '0' '10' 'true'");
    expect(sh`echo ${"it's"}`).toBe(raw`echo 'it'\''s'`);
    expect(sh`--file=${"a"}.txt${"b"}`).toBe("--file='a'.txt'b'");
  });

  it("an array as separate words, and an empty one as nothing", () => {
    expect(sh`rm -- ${["a b", 2, "-x"]} end`).toBe("rm -- 'a b' '2' '-x' end");
    expect(sh`rm ${[]}; x=(${[]})`).toBe("rm ; x=()");
  });

  it("and leaves the text as it is written, but for the two forced escapes", () => {
    expect(sh`printf 'a\n\u\\' ${1}`).toBe(raw`printf 'a\n\u\\'` + " '1'");
    expect(sh`echo \`date\` "\${HOME}" $\{x} ${1}`).toBe('echo `date` "${HOME}" ' + raw`$\{x} '1'`);
  });
});

const ALLOWED = [
  "@",
  "echo @",
  "--x=@",
  "'a'@",
  '"a"@',
  "(cd @ && ls)",
  "a; @|@&@",
  "x=@",
  "x=(@ @)",
  "f() { echo @; }",
  "echo $(cat @)",
  'echo "$(cat @)"',
  'echo "a $(b "$(c @)" "d") e" @',
  "diff <(sort @) @",
  "cat <<< @",
  "{@,@}",
  "cat <<EOF > @\nbody '\nEOF\necho @",
  "cat <<'EOF'\n$( ' \"\nEOF\n@",
  'cat <<-A <<"B"\n\tx\n\tA\ny\nB\n@',
  "# it's\necho @",
  "a#'b'@",
  "echo $# @",
  "echo ${#x} ${x:-1} @",
  "echo $((1 << 2)) @",
  "((x = 1)); echo @",
  "$x@",
  "$x\\$@",
  "[ @ = x ] && [[ x =~ @ ]]",
  "ls [a-z]* @",
  "case @ in (@) a;; @) b;; esac",
  raw`\'@`,
  raw`echo \\@`,
  raw`$'a\n'@`,
  "echo >&2 @",
  "cmd 2>&1 > @",
  "echo \\\n  @",
  "`date` @",
  "echo ~@",
  "! @",
];

const REFUSED: readonly (readonly [string, string])[] = [
  ["'@'", "single quotes"],
  ['"@"', "double quotes"],
  ['"a$(b)@"', "double quotes"],
  ['"$(echo "@")"', "double quotes"],
  ["$'@'", "$'…'"],
  ['$"@"', "double quotes"],
  ["`@`", "backquotes"],
  ['"`echo @`"', "backquotes"],
  ["cat <<EOF\n@\nEOF\n", "a here-document"],
  ["cat <<-EOF\n@", "a here-document"],
  ["cat <<'EOF'\n@", "a here-document"],
  ["cat <<A <<B\nA\n@\nB\n", "a here-document"],
  ["cat <<@", "delimiter"],
  ["cat << @", "delimiter"],
  ["cat <<-E@", "delimiter"],
  ["cat <<'@'\n", "delimiter"],
  ["# @", "a comment"],
  ["echo a;# @", "a comment"],
  ["${x:-@}", "own ${…}"],
  ["${@}", "own ${…}"],
  ['"${x:-@}"', "own ${…}"],
  ["$((@))", "arithmetic"],
  ["((@))", "arithmetic"],
  ["for ((i = 0; i < @;", "arithmetic"],
  ["$(($(echo @)))", "arithmetic"],
  ["$@", "directly after a $"],
  ["$$@", "directly after a $"],
  ["\\@", "directly after a backslash"],
  ["a[@]=1", "[…]"],
  ["a=([@]=1)", "[…]"],
  ["$a[@]", "[…]"],
  ["[[ @ -eq 1 ]]", "arithmetic comparison"],
  ["[[ 1 -gt @ ]]", "arithmetic comparison"],
  ["[[ ( @ -lt 1 ) ]]", "arithmetic comparison"],
  ["[[ -v @ ]]", "arithmetic comparison"],
  // Text that shells, or versions of one, read in different ways.
  ["$(case x in x) echo 'a';; esac; echo @)", "after `case`"],
  ["$(cat <<EOF\nEOF\n) @", "here-document inside $(…)"],
  ["$(echo # it's\n) @", "comment with quotes"],
  [raw`$'\'' @`, "after"],
  ["$$'a' @", "after $$"],
  ["$[1] @", "after $["],
  ['"${x:-"a"}" @', "after ${…}"],
  ["cat <<EOF\n$(\nEOF\n@", "after a here-document"],
  ["cat <<EOF\na\\\nEOF\n@", "after a here-document"],
  ["cat <<EOF $(\n) @", "after"],
  ["cat <<EOF $(echo @)\nEOF\n", "after <<"],
  ["a\\\nb @", "line continued"],
  ["<\\\n<EOF @", "line continued"],
  ["alias x=y\n@", "after `alias`"],
  ["!(a) @", "( inside a word"],
  ["*(e:x:) @", "( inside a word"],
  ["echo >&@", "after >&"],
  ["echo >&a @", "after >&"],
  ["echo >&2@", "after >&"],
  ["((a # b)) @", "after (("],
  ["a=(b & c) @", "an operator inside"],
  ["{#@", "# after {"],
  ["${ x; } @", "after ${ with"],
  ["$(a=(@))", "after an array inside $(…)"],
  ["a=($x; b) @", "an operator inside"],
  ["cat <<EOF\u00a0\nEOF\n@", "unusual delimiter"],
  ["a=(b)#'\n@", "# after )"],
  ["a[b c]=1 @", "[…] with"],
];

describe("sh places", () => {
  it.each(ALLOWED)("allows a value in %j", (text) => {
    expect(template(text)).toBe(text.replaceAll("@", "'v'"));
  });

  it.each(REFUSED)("refuses a value in %j", (text, reason) => {
    expect(() => template(text)).toThrow(SyntaxError);
    expect(() => template(text)).toThrow(reason);
  });

  it.each(["x=@", "@x", "'a'@", "@'a'", "@@", "@>f", "$x@", "a\\\n@", "> @", ">| @", "<<< @"])(
    "refuses an array in %j",
    (text) => {
      for (const value of [[], ["a"], ["a", "b"]]) expect(() => template(text, value)).toThrow(SyntaxError);
    },
  );

  it("says which value, what is wrong, why and what to do", () => {
    expect(() => sh`echo ${1} "${2}"`).toThrow(
      "sh: interpolation 2 stands inside double quotes, where it cannot be quoted safely; " +
        "take it out of the quotes: sh`echo ${value}`",
    );
    expect(() => sh`[[ ${1} -eq 2 && ${3} ]]`).toThrow("sh: interpolation 1 ");
  });
});

describe("sh values", () => {
  it.each([
    [undefined, "is undefined"],
    [null, "is null"],
    [{}, "is an object"],
    [new Date(), "is an object"],
    [() => 1, "is a function"],
    [Symbol("s"), "is a symbol"],
    [NaN, "is NaN"],
    [Infinity, "is Infinity"],
    ["a\0", "NUL"],
    ["\ud800", "lone surrogate"],
    [["a", undefined], "interpolation 1, element 1 is undefined"],
    [[["a"]], "element 0 is an array inside an array"],
    [Array(1), "element 0 is undefined"],
  ])("refuses %o", (value, reason) => {
    expect(() => sh`echo ${value}`).toThrow(TypeError);
    expect(() => sh`echo ${value}`).toThrow("sh: interpolation 1");
    expect(() => sh`echo ${value}`).toThrow(reason);
  });

  it("refuses to be called as a function", () => {
    expect(() => sh("echo" as unknown as TemplateStringsArray)).toThrow("called as a function");
  });
});
