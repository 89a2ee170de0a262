import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sh } from "./index.ts";

type Pick = <T>(choices: readonly T[]) => T;

const SHELLS = [["/bin/sh"], ["/bin/bash"], ["/usr/bin/zsh", "-f"], ["/usr/bin/busybox", "sh"]].filter(([path = ""]) =>
  existsSync(path),
);

const PIECES = [
  "'",
  '"',
  "\\",
  "\n",
  "$",
  "`",
  "$(touch CANARY)",
  "-",
  "--",
  "!",
  "~",
  "*",
  "[",
  "]",
  "{a,b}",
  "#",
  ";",
  "&",
  "|",
  "<",
  ">",
  "=",
  "%",
  "\t",
  "\r",
  "\u0001",
  "\u007f",
  "\u0081\u0088",
  "é",
  "日本",
  "🙂",
  "\u2028",
  "a",
  "b c",
  "EOF",
  "\\'",
  "\u001b[0m",
  "(",
  ")",
];
const CANARIES = [
  "'; touch CANARY; '$(touch CANARY)",
  "a[$(touch CANARY)]",
  "\ntouch CANARY\n",
  "'\ntouch CANARY\n'",
  "x\nEOF\ntouch CANARY #",
  '"; touch CANARY; "',
  "`touch CANARY`",
  ") touch CANARY; (",
  "}; touch CANARY; {",
  "\\'; touch CANARY; #",
];
const FRAGMENTS = [
  "'",
  '"',
  "`",
  "$'",
  '$"',
  "$(",
  ")",
  "(",
  "((",
  "))",
  "$((",
  "${",
  "}",
  "[",
  "]",
  "[[ ",
  " ]]",
  " -eq ",
  "#",
  " # ",
  "\n",
  " ",
  "; ",
  "\\",
  "\\\n",
  "\\'",
  '\\"',
  "<<EOF",
  "<<-EOF",
  "<<'EOF'",
  "\nEOF\n",
  "<<<",
  "<",
  ">",
  ">&",
  "<(",
  "| ",
  "case x in ",
  "x) ",
  ";; ",
  " esac",
  "echo ",
  "echo ",
  "cat ",
  "x=",
  "a=(",
  "a[",
  "f() { ",
  "~",
  "$",
  "$$",
  "$x",
  "it's",
  "foo",
  "--x=",
  "<<EOF\nbody\nEOF\n",
  '"$(',
  ')"',
  "# it's\n",
  "true\n",
];

/** Seeded random choices (mulberry32), so that a failure can be repeated. */
function randomOf(seed: number): Pick {
  let state = seed;
  return (choices) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    const choice = choices[((mixed ^ (mixed >>> 14)) >>> 0) % choices.length];
    if (choice === undefined) throw new Error("nothing to choose from");
    return choice;
  };
}

let directory = "";
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "sh-test-"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function run([path = "", ...options]: readonly string[], script: string): Buffer {
  const file = join(directory, "script.sh");
  writeFileSync(file, script);
  const settings = { cwd: directory, maxBuffer: 2 ** 28 };
  return execFileSync(path, [...options, file], { ...settings, stdio: ["ignore", "pipe", "ignore"] });
}

/** A script of random text, with values wherever `sh` accepts one. */
function randomScript(pick: Pick): string {
  let parts = [""];
  let values: string[] = [];
  let script = "";
  for (let count = 0; count < 12; count += 1) {
    const text = `${parts.at(-1) ?? ""}${pick(FRAGMENTS)}`;
    parts = [...parts.slice(0, -1), text];
    const longer = pick([true, false]) ? [...parts, ""] : parts;
    const more = longer === parts ? values : [...values, pick(CANARIES)];
    try {
      script = sh({ raw: longer } as unknown as TemplateStringsArray, ...more);
      parts = longer;
      values = more;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return script;
}

const cases = SHELLS.map((shell) => ({ name: shell.join(" "), shell }));
describe.skipIf(process.platform === "win32").each(cases)("$name", ({ shell }) => {
  it("hands 20,000 random strings on, byte by byte, in every position", { timeout: 120_000 }, () => {
    const pick = randomOf(7);
    const makeText = () => Array.from({ length: pick([0, 1, 2, 4, 8, 12]) }, () => pick(PIECES)).join("");
    for (let batch = 0; batch < 10; batch += 1) {
      let script = "";
      let expected = "";
      for (let index = 0; index < 2_000; index += 1) {
        const value = makeText();
        script += sh`printf '%s\0' ${value} --x=${value} ${[value, value]} a${value}b` + "\n";
        expected += `${value}\0--x=${value}\0${value}\0${value}\0a${value}b\0`;
        // A substitution starts a process; a part of the strings will do.
        if (index % 10 !== 0) continue;
        script += sh`printf '%s\0' $(printf ok ${value}) "$(printf '%s.' "$(printf '%s.' ${value})")"
cat <<EOF >/dev/null; printf '%s\0' ${value}
body '
EOF
`;
        expected += `ok\0${value}..\0${value}\0`;
      }
      expect(run(shell, script).equals(Buffer.from(expected))).toBe(true);
    }
    expect(existsSync(join(directory, "CANARY"))).toBe(false);
  });

  it("never runs a value, whatever text is around it", { timeout: 60_000 }, () => {
    const pick = randomOf(11);
    const scripts = Array.from({ length: 300 }, () => randomScript(pick));
    for (const [index, script] of scripts.entries()) writeFileSync(join(directory, `case-${index}`), script);
    const command = shell.map((word) => sh`${word}`).join(" ");
    const loop = `i=0; while [ $i -lt 300 ]; do
        mkdir d; cd d; timeout 2 ${command} ../case-$i </dev/null >/dev/null 2>&1
        if [ -e CANARY ]; then echo "$i"; fi
        cd ..; rm -rf d; i=$((i + 1))
      done`;
    const broken = run(["/bin/sh"], loop).toString().split("\n").filter(Boolean);
    expect(broken.map((index) => scripts[Number(index)])).toEqual([]);
  });
});
