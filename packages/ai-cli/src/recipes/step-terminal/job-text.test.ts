import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { tempFolder } from "../../../../../tests/support/temp-folder.ts";
import { jobText } from "./job-text.ts";

const SHELLS = [["/bin/dash"], ["/bin/bash", "--posix"], ["/bin/busybox", "sh"], ["/bin/zsh"]].filter(([file]) =>
  existsSync(String(file)),
);

describe.each(SHELLS.map((words) => ({ words, name: words.join(" ") })))("in $name", ({ words }) => {
  const [file = "", ...options] = words;
  const run = (text: string): string =>
    execFileSync(file, [...options, "-c", text], {
      encoding: "utf8",
      stdio: "pipe",
      input: "",
      env: { LEAK: "1", SHLVL: "2" },
    });

  it("gives a job its variables and no others, whatever they are called", () => {
    const given = ["A=a'b\n\"$x`y`\\", "odd name-1=é", "-x=1", "BASH_FUNC_f%%=() { :; }", "EMPTY="];
    const env = Object.fromEntries(
      given.map((one) => [one.slice(0, one.indexOf("=")), one.slice(one.indexOf("=") + 1)]),
    );
    const shown = run(jobText({ file: "/usr/bin/env", args: ["-0"], cwd: "/", env }));
    expect(
      shown
        .split("\0")
        .filter((one) => one !== "")
        .toSorted(),
    ).toEqual(given.toSorted());
  });

  it("gives a job its directory and its words", () => {
    const cwd = join(tempFolder("work"), "a 'b'");
    mkdirSync(cwd);
    const args = ["-c", 'pwd; printf "<%s>" "$@"', "sh", "two words", "'", "", "-n"];
    expect(run(jobText({ file: "/bin/sh", args, cwd, env: {} }))).toBe(`${cwd}\n<two words><'><><-n>`);
  });

  it("runs a program with an equals sign in its path", () => {
    const folder = join(tempFolder("work"), "a=b");
    mkdirSync(folder);
    symlinkSync("/bin/echo", join(folder, "echo"));
    expect(run(jobText({ file: join(folder, "echo"), args: ["hello"], cwd: "/", env: {} }))).toBe("hello\n");
  });
});
