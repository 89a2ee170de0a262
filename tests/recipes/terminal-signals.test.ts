import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { planning, recipePackage } from "../support/make-plugin.ts";
import { openTerminal, type PseudoTerminal, type TerminalOptions } from "../support/pseudo-terminal.ts";
import { ALL_STEPS } from "../support/run-cli.ts";
import { SHELLS } from "../support/shells.ts";
import { tempFolder } from "../support/temp-folder.ts";

const CTRL_C = "\u0003";
const CTRL_Z = "\u001a";

/** Leaves steps the person's own terminal, where nothing tells how to make one for them. */
const PERSONS_OWN = 'unset TERM; exec "$@"';

function run(steps: unknown, options: TerminalOptions = {}): PseudoTerminal {
  const plugins = [recipePackage("it", planning("it", steps))];
  return openTerminal(["recipe", "it", ...ALL_STEPS], { plugins, ...options });
}

it.concurrent("gives the terminal to the step: its streams are terminals, and it can be typed to", async () => {
  const terminal = run(['test -t 0 && test -t 1 && test -t 2 && read x && echo "[$x]" && stty size | wc -w']);
  await terminal.shows("stty size");
  terminal.type("typed\r");
  await terminal.shows("[typed]");
  expect((await terminal.end).code).toBe(0);
});

it.concurrent("lets a step ask for a password that is not shown, at the terminal itself", async () => {
  const ask = `exec 3<>/dev/tty; stty -echo <&3; printf 'Pass''word: ' >&3; read x <&3; stty echo <&3; echo; echo "<$x>" | rev`;
  const terminal = run([ask, ask]);
  for (let times = 0; times < 2; times += 1) {
    await terminal.shows("Password: ");
    terminal.type("secret\r");
    await terminal.shows(">terces<");
  }
  expect((await terminal.end).code).toBe(0);
  expect(terminal.text()).not.toContain("secret");
});

it.concurrent("restores the terminal behind a step that leaves it in disorder", async () => {
  const terminal = run([
    "stty -echo -icanon -icrnl -onlcr",
    "stty -a | grep -o '[-]*echo \\|[-]*icanon\\|[-]*icrnl\\|[-]*onlcr'",
  ]);
  expect((await terminal.end).code).toBe(0);
  expect(terminal.text()).toMatch(/\nicrnl\s+onlcr\s+icanon\s+echo/);
});

it.concurrent("has the step's own shell restore it, and does it itself only where that did not", async () => {
  const cwd = tempFolder("work");
  const own = tempFolder("tools");
  writeFileSync(join(own, "stty"), `#!/bin/sh\necho "$#" >>${join(cwd, "told")}\nexec /bin/stty "$@"\n`, {
    mode: 0o755,
  });
  const modes = "/bin/stty -a | grep -ow -- '-*echo'";
  const terminal = run(["/bin/stty -echo", modes, "/bin/stty -echo; exec true", modes], {
    cwd,
    env: { PATH: `${own}:${process.env["PATH"]}` },
    script: PERSONS_OWN,
  });
  expect((await terminal.end).code).toBe(0);
  expect(terminal.text()).toMatch(/\necho\s[^]*\necho\s/);
  // Once to ask how it is, and once behind the step whose shell has become another program.
  expect(readFileSync(join(cwd, "told"), "utf8")).toBe("1\n1\n");
});

it.concurrent.for(SHELLS)("keeps a step's exit code and its own trap where %s restores it", async (shell) => {
  const modes = "stty -a | grep -ow -- '-*echo'";
  const steps = [
    { run: "stty -echo; (exit 3)", allowFail: true },
    modes,
    { run: "stty -echo; exit 4", allowFail: true },
    modes,
    "stty -echo; trap 'echo tra''pped' EXIT",
    modes,
    { run: "stty -echo; kill -TERM $$", allowFail: true },
    modes,
    "stty -echo; cd /; exit 0",
    `pwd; ${modes}`,
    "exit 125",
  ];
  const source = `import { registerRecipe } from "@d0ttino/plugin-sdk";
    registerRecipe("it", () => ${JSON.stringify(steps)}, ${JSON.stringify({ shell })});`;
  const plugins = [recipePackage("it", source)];
  const terminal = openTerminal(["recipe", "it", ...ALL_STEPS], { plugins, script: PERSONS_OWN });
  expect((await terminal.end).code).toBe(125);
  const text = terminal.text().replaceAll("\r", "");
  expect(text).toContain("failed with exit code 3");
  expect(text).toContain("failed with exit code 4");
  expect(text).toContain("trapped\n");
  expect(text).toContain("failed with exit code 143: it was ended by SIGTERM");
  expect(text.match(/^-?echo$/gm)).toEqual(Array(5).fill("echo"));
  expect(text).toContain("\n/\necho\n");
});

it.concurrent("leaves the terminal alone that another program has by then", async () => {
  const cwd = tempFolder("work");
  const waiting = (name: string): string => `while [ ! -e ${name} ]; do sleep 0.05; done`;
  // Node itself puts the terminal back when it ends.
  const script =
    `set -m; "$@"; echo "sto""pped: $?"; bg; stty -echo; touch go; ${waiting("begun")}; ` +
    'stty -a | grep -ow -- "-*echo"; touch end; wait; echo "en""ded: $?"';
  const terminal = run([`echo s''tarted; ${waiting("go")}`, `touch begun; ${waiting("end")}`], {
    cwd,
    script: `unset TERM; exec bash -c '${script}' bash "$@"`,
  });
  await terminal.shows("started");
  terminal.type(CTRL_Z);
  await terminal.shows("stopped: 148");
  await terminal.shows("\n-echo\n");
  await terminal.shows("ended: 0");
  expect((await terminal.end).code).toBe(0);
});

it.concurrent("ends with 130 at one Ctrl-C, which the step gets, and runs no further step", async () => {
  const cwd = tempFolder("work");
  // It is told while the shell waits: between two commands, Ctrl-C ends a shell only when the second has ended.
  const terminal = run(["{ sleep 0.2; echo s''tarted; } & sleep 20", "touch ran"], { cwd });
  await terminal.shows("started");
  terminal.type(CTRL_C);
  expect((await terminal.end).code).toBe(130);
  expect(existsSync(join(cwd, "ran"))).toBe(false);
});

it.concurrent("leaves a step its time that takes Ctrl-C for itself, twice", async () => {
  const cwd = tempFolder("work");
  const terminal = run(
    [
      "n=0; trap 'n=$((n+1)); echo caught''$n; [ $n = 2 ] && exit 0' INT; echo s''tarted; while :; do sleep 0.1; done",
      "touch ran",
    ],
    { cwd },
  );
  await terminal.shows("started");
  terminal.type(CTRL_C);
  await terminal.shows("caught1");
  terminal.type(CTRL_C);
  await terminal.shows("caught2");
  expect((await terminal.end).code).toBe(130);
  expect(existsSync(join(cwd, "ran"))).toBe(false);
});

it.concurrent("kills a step that does not care, with all that it has started, at the third Ctrl-C", async () => {
  const cwd = tempFolder("work");
  const stubborn =
    "trap '' INT TERM HUP; (sh -c 'echo $$ > inner; while :; do sleep 0.1; done') & echo $$ > outer; echo s''tarted; while :; do sleep 0.1; done";
  const terminal = run([stubborn], { cwd });
  await terminal.shows("started");
  while (!existsSync(join(cwd, "inner"))) await new Promise((resolve) => setTimeout(resolve, 20));
  terminal.type(CTRL_C);
  await terminal.shows("Waiting for the step to end.");
  terminal.type(CTRL_C);
  await terminal.shows("Ctrl-C once more kills it.");
  terminal.type(CTRL_C);
  expect((await terminal.end).code).toBe(130);
  for (const name of ["inner", "outer"]) {
    const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", readFileSync(join(cwd, name), "utf8").trim()]);
    expect([name, stdout.toString()]).toEqual([name, expect.stringMatching(/^(Z.*)?\s*$/)]);
  }
});

it.concurrent("stands still at Ctrl-Z with its step, and goes on with it", async () => {
  const cwd = tempFolder("work");
  const script = 'set -m; "$@"; echo "sto""pped: $?"; fg; echo "ended: $?"';
  const terminal = run(["echo s''tarted; while [ ! -e go ]; do sleep 0.05; done; echo d''one"], {
    cwd,
    script: `exec bash -c '${script.replaceAll("'", "'\\''")}' bash "$@"`,
  });
  await terminal.shows("started");
  terminal.type(CTRL_Z);
  await terminal.shows("stopped: 148");
  writeFileSync(join(cwd, "go"), "");
  await terminal.shows("done");
  await terminal.shows("ended: 0");
});

it.concurrent("lets a step's output through a pipe when a log is asked for, unless it is interactive", async () => {
  const [home, cwd] = [tempFolder("home"), tempFolder("work")];
  const plugins = [
    recipePackage("it", planning("it", ["echo o''ut", { run: "test -t 1 && echo o''wn", interactive: true }])),
  ];
  const terminal = openTerminal(["recipe", "it", ...ALL_STEPS, "--log", "run.log"], { plugins, home, cwd });
  await terminal.shows("\nout\n");
  await terminal.shows("\nown\n");
  expect((await terminal.end).code).toBe(0);
  const log = readFileSync(join(cwd, "run.log"), "utf8");
  expect(log).toContain("\nout\n");
  expect(log).not.toContain("\nown\n");
});

it.concurrent("runs in the background, where the terminal is another's", async () => {
  const plugins = [recipePackage("it", planning("it", ["echo o''ne", "echo t''wo"]))];
  const script = 'set -m; "$@" & wait $!; echo "en""ded: $?"';
  const terminal = openTerminal(["recipe", "it", ...ALL_STEPS], {
    plugins,
    script: `exec bash -c '${script}' bash "$@"`,
  });
  await terminal.shows("one\n");
  await terminal.shows("two\n");
  await terminal.shows("ended: 0");
});
