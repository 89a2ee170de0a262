import { UNKNOWN, type Output } from "../output.ts";
import { readInside, type Reading } from "../reading.ts";
import type { Scope } from "../scope.ts";
import { judgeTarget } from "../shell/read-redirections.ts";
import { pathClasses } from "../words/path-classes.ts";
import { plainWord, type ShellWord } from "../words/shell-word.ts";
import { withNames } from "./unwrap.ts";

const NAMES = new Set(["-name", "-iname", "-path", "-ipath", "-wholename", "-regex", "-iregex"]);
const COMMANDS = new Set(["-exec", "-execdir", "-ok", "-okdir"]);

/** Reads `find`: what it does with what it finds is judged as if it were done to names that look so. */
export function readFind(words: readonly ShellWord[], scope: Scope, reading: Reading): Output {
  const start = words.findIndex(({ text }) => /^(?:-[a-zA-Z]{2,}|[(!]|\\\()/.test(text) && !/^-O\d/.test(text));
  const tests = start < 0 ? [] : words.slice(start);
  const folders = (start < 0 ? words : words.slice(0, start)).filter(({ text }) => !/^-[HLPOD]/.test(text));
  const roots = folders.length === 0 ? [plainWord(".")] : folders;
  const names = namesLike(roots, tests);
  let line: string | undefined;
  for (const [at, { text }] of tests.entries()) {
    if (text === "-printf") line = tests[at + 1]?.text.replace(/%[a-zA-Z]/g, "$file").replaceAll("\\n", "\n");
    else if (text === "-delete") {
      judgeReach(roots, tests, scope, reading);
      reading.readWords([plainWord("rm"), plainWord("-r"), ...names], scope, UNKNOWN);
    } else if (COMMANDS.has(text)) {
      const end = tests.findIndex((one, index) => index > at && (one.text === ";" || one.text === "+"));
      const command = tests.slice(at + 1, end < 0 ? undefined : end);
      const before = reading.findings.length;
      const inside = withNames(command, names, "{}").slice(0, command.length + names.length);
      readInside(reading, () => reading.readWords(inside, scope, UNKNOWN));
      const done = reading.findings.slice(before);
      if (done.length > 0)
        judgeReach(roots, tests, scope, reading, done.every(({ level }) => level === "low") ? "low" : "medium");
      // All that follows belongs to a command without an end.
      if (end < 0) break;
    } else if (text.startsWith("-fprint") || text === "-fls") {
      reading.find("medium", "writes to a file");
      judgeTarget(tests[at + 1] ?? plainWord("-"), ">", false, scope, reading);
    }
  }
  return line === undefined ? { kind: "names", words: names } : { kind: "names", words: names, line };
}

/** A change to all that is found below a whole machine or home is more than one to a folder. */
function judgeReach(
  roots: readonly ShellWord[],
  tests: readonly ShellWord[],
  scope: Scope,
  reading: Reading,
  least: "low" | "medium" | "high" = "high",
): void {
  const whole = roots.some((word) => {
    const classes = pathClasses(word, scope.folder);
    return classes.has("root") || classes.has("home") || classes.has("system-folder");
  });
  if (!whole) return;
  const narrowed = tests.some(({ text }) => NAMES.has(text));
  if (least === "high") reading.find(narrowed ? "high" : "critical", "deletes all over the machine or a home");
  else reading.find(least === "low" ? "medium" : "high", "does something to files all over the machine or a home");
}

/** Words that look like what is found. */
function namesLike(roots: readonly ShellWord[], tests: readonly ShellWord[]): readonly ShellWord[] {
  const patterns = tests
    .filter((_, at) => NAMES.has(tests[at - 1]?.text ?? "") && !/^(?:!|-not)$/.test(tests[at - 2]?.text ?? ""))
    .map(({ text }) => text.replace(/^(?:\*|\.\*)\/(?=.)/, "").replace(/^\.\//, ""));
  const kept = patterns.length > 0 ? patterns : [tests.some(({ text }) => text === "-empty") ? "empty.tmp" : "*"];
  return roots
    .flatMap((root) =>
      kept.map((pattern) => ({
        text: pattern.startsWith("/") ? pattern : `${root.text.replace(/\/$/, "")}/${pattern}`,
        known: root.known,
        glob: true,
      })),
    )
    .slice(0, 24);
}
