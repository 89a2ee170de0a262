import { APPENDING, EMPTYING, WRITING } from "../packages/ai-cli/src/recipes/risk/rules/redirections.ts";
import { DISKPART } from "../packages/ai-cli/src/recipes/risk/rules/windows-names.ts";
import { METHODS } from "../packages/ai-cli/src/recipes/risk/rules/powershell-methods.ts";
import { POWERSHELL } from "../packages/ai-cli/src/recipes/risk/rules/powershell.ts";
import { SUBJECTS } from "../packages/ai-cli/src/recipes/risk/rules/subjects.ts";
import { REDIS, SQL } from "../packages/ai-cli/src/recipes/risk/rules/statements.ts";
import { UNKNOWN_PROGRAMS } from "../packages/ai-cli/src/recipes/risk/rules/unknown-programs.ts";
import type { Program, Row, RuleTable } from "../packages/ai-cli/src/recipes/risk/table/program.ts";

/** docs/reference/risk.md: the rule table as a person reads it. */
export function riskReference(): string {
  const sections = [
    "# Risk of a step",
    "Made from the rule table by `npm run docs`. Every step of a recipe is read before it runs, and given a level with its reasons. Nothing is run to find that out.",
    "It is a seat belt, not a sandbox. It finds the accidents that people have: the wrong folder, the variable that is empty, the force that was not meant. A command can be written so that no reader sees what it does, and a program can do something else than its name says. Read the steps.",
    "## Levels",
    [
      "| level | meaning |",
      "| --- | --- |",
      "| none | reads and prints |",
      "| low | makes or changes things of the project, in a way that is easily undone |",
      "| medium | reaches out of the project: installs, sends, asks for other privileges, runs code that was not read |",
      "| high | loses data or a service that may not come back, gives secrets or rights away, publishes for good, or cannot be read |",
      "| critical | loses all of something: the machine, a disk, a home, a database, an account's resources |",
    ].join("\n"),
    "A step has the level of the worst thing in it, its guard `unless` and its variables included. What cannot be read as shell counts as high, and so does a command of which only the run will tell the name. `--help`, `--version` and `--dry-run` make a program's command harmless.",
    "## How to read the rows",
    [
      "The first row of a program that fits holds. All parts of a row must fit:",
      "",
      "- `push` is the next sub-command; `rm|del*` is one of several, and `*` stands for anything",
      "- `-f|--force`: one of these options is given; `--prune=now`: with this value; `-f=<device>`: with such a path",
      "- `@*:drop`: some word behind the sub-commands looks so",
      "- `<root,home>`: one of those words is such a place; `<only …>` all are, `<first …>`, `<last …>`; `of=<device>` for words of the form `of=PATH`",
      "- `<none>`, `<some>`, `<several>`: how many such words there are",
      "- `!` before a part: it must not fit",
      "",
      "Programs that run others (`sudo`, `env`, `xargs`, `ssh`, `docker exec`, …) are judged by what they run as well, and so is code in arguments, here-documents and pipes: shell, SQL, Redis, Python, JavaScript, Perl, Ruby, PHP.",
    ].join("\n"),
    ...Object.entries(SUBJECTS).map(([subject, programs]) => `## ${subject}\n\n${programTable(programs)}`),
    `## Programs that are not in the table\n\nThey are medium; what they are told to do can make them more:\n\n${rowTable(UNKNOWN_PROGRAMS)}`,
    `## Redirections\n\n\`>\`:\n\n${rowTable(WRITING)}\n\n\`>>\`:\n\n${rowTable(APPENDING)}\n\n\`>\` of a command that prints nothing:\n\n${rowTable(EMPTYING)}`,
    `## SQL\n\n${rowTable(SQL)}`,
    `## Redis\n\n${rowTable(REDIS)}`,
    `## PowerShell\n\nNames are compared in lower case, and short names are taken for the long ones. What comes in through a pipe counts as a word, places of Windows have the classes of their like elsewhere, and what is none of PowerShell's own commands is looked up among the programs above.\n\n${rowTable(POWERSHELL)}`,
    `## Methods in PowerShell\n\nThe type of an object by the last part of its name, or the command that it comes from (\`?\` when neither is known), then the method, and what it is given or called on.\n\n${rowTable(METHODS)}`,
    `## diskpart\n\n${rowTable(DISKPART)}`,
  ];
  return `${sections.join("\n\n")}\n`;
}

function programTable(programs: RuleTable): string {
  const lines = Object.entries(programs).flatMap(([names, program]) => programLines(names, program));
  return ["| programs | command | level | reason |", "| --- | --- | --- | --- |", ...lines].join("\n");
}

function programLines(names: string, { rows = [], otherwise }: Program): string[] {
  const last: Row = otherwise === undefined ? ["", "none"] : ["", ...otherwise];
  return [...rows, last].map(
    ([pattern, level, reason], at) =>
      `| ${at === 0 ? code(names) : ""} | ${pattern === "" ? "otherwise" : code(pattern)} | ${level} | ${reason ?? ""} |`,
  );
}

function rowTable(rows: readonly Row[]): string {
  const lines = rows.map(([pattern, level, reason]) => `| ${code(pattern)} | ${level} | ${reason ?? ""} |`);
  return ["| what | level | reason |", "| --- | --- | --- |", ...lines].join("\n");
}

function code(text: string): string {
  return `\`${text.replaceAll("|", "\\|")}\``;
}
