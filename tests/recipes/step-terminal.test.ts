import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { spawn } from "@lydell/node-pty";
import { expect, it } from "vitest";
import { installCli } from "../support/installed-cli.ts";
import { planning, recipePackage, writeFiles } from "../support/make-plugin.ts";
import { openTerminal, type PseudoTerminal, type TerminalOptions } from "../support/pseudo-terminal.ts";
import { KEY } from "../support/recipe-terminal.ts";
import { ALL_STEPS, cliCommand } from "../support/run-cli.ts";
import { journalOf, runFolders } from "../support/runs.ts";
import { tempFolder } from "../support/temp-folder.ts";

interface KeptRun extends PseudoTerminal {
  readonly cwd: string;
  /** The run's folder. */
  folder(): string;
  /** What the run's log holds by now. */
  log(): string;
}

function run(steps: unknown, options: TerminalOptions = {}, args: readonly string[] = ALL_STEPS): KeptRun {
  const { home = tempFolder("home"), cwd = tempFolder("work") } = options;
  const plugins = [recipePackage("it", planning("it", steps))];
  const terminal = openTerminal(["recipe", "it", ...args], { plugins, ...options, home, cwd });
  const folder = (): string => runFolders(home)[0] ?? "";
  return { ...terminal, cwd, folder, log: () => readFileSync(join(folder(), "log"), "utf8") };
}

/** Waits until something is so; the test's own limit ends it. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Whether a process runs, and has not just ended. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "latin1"));
  } catch {
    return false;
  }
}

/** The shell that leads the pseudo-terminal of a CLI's steps. */
function hostOf(cli: number): number {
  const children = readFileSync(`/proc/${cli}/task/${cli}/children`, "utf8").trim().split(" ");
  return Number(children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, "latin1").includes("host-told")));
}

it.concurrent("keeps what steps show, with colours and in its place, and nothing of the questions", async () => {
  const terminal = run(["printf '\\033[31mr''ed\\033[0m\\nsec''ond\\n'; echo e''rr >&2", "printf u''nended"], {}, []);
  await terminal.shows("[h]elp: ");
  terminal.type("s");
  for (let step = 0; step < 2; step += 1) {
    await terminal.shows("[h]elp: ");
    terminal.type("y");
  }
  expect(await terminal.end).toEqual({ code: 0, signal: null });
  const lines = terminal.log().replaceAll(/\[\d{4}-[^\]]*\] /g, "");
  expect(lines).toContain("\n\u001B[31mred\u001B[0m\nsecond\nerr\nStep 1 succeeded.\n");
  expect(lines).toMatch(/\nunended\nStep 2 succeeded\.\nThe run ended/);
  expect(lines).not.toContain("Run it?");
  expect(terminal.raw()).toContain("\u001B[31mred\u001B[0m\r\nsecond\r\n");
});

it.concurrent("begins its own lines where a step has left one unended, and shows no empty ones", async () => {
  const steps = [
    "printf 'half a l''ine'",
    "printf 'who''le\\n'",
    "printf 'col''oured\\n\\033[0m'",
    "printf '50%%\\r100%%\\r'",
    "printf nothing >/dev/null",
    "exit 3",
  ];
  const terminal = run(steps, { env: { NO_COLOR: "1" } });
  expect((await terminal.end).code).toBe(3);
  const shown = terminal.raw();
  expect(shown).toContain("\r\nhalf a line\r\n2/6");
  expect(shown).toContain("\r\nwhole\r\n3/6");
  expect(shown).toContain("\r\ncoloured\r\n\u001B[0m4/6");
  expect(shown).toContain("\r\n50%\r100%\r\r\n5/6");
  expect(shown).toContain(">/dev/null\r\n6/6");
});

it.concurrent("loses nothing of many steps, and shows nothing of its own between them", async () => {
  const count = 40;
  const steps = Array.from({ length: count }, (_, step) => `seq ${step * 1000} ${step * 1000 + 999}`);
  const terminal = run(steps);
  expect(await terminal.end).toEqual({ code: 0, signal: null });
  const lines = terminal
    .log()
    .split("\n")
    .filter((line) => /^\d+$/.test(line));
  expect(lines).toEqual(Array.from({ length: count * 1000 }, (_, line) => String(line)));
  expect(terminal.text()).not.toContain("Warning");
});

it.concurrent("keeps no password", async () => {
  const terminal = run(["stty -echo; printf 'Pass''word: '; read x; stty echo; echo; echo \"<$x>\" | rev"]);
  await terminal.shows("Password: ");
  terminal.type("hidden\r");
  await terminal.shows(">neddih<");
  expect(await terminal.end).toEqual({ code: 0, signal: null });
  expect(terminal.log()).toContain("Password: ");
  expect(terminal.log()).not.toContain("hidden");
});

it.concurrent("keeps nothing of an interactive step, and says so", async () => {
  const terminal = run(["echo f''irst", { run: "echo s''econd", interactive: true }, "echo t''hird"]);
  expect(await terminal.end).toEqual({ code: 0, signal: null });
  expect(terminal.text()).toContain("\nsecond\n");
  expect(terminal.log()).toMatch(/\nfirst\n[^]*is not kept: it is interactive\.\n[^]*\nthird\n/);
  expect(terminal.log()).not.toContain("\nsecond\n");
});

it.concurrent("passes every byte to a program that takes single keys, and what it shows as it is", async () => {
  const terminal = run([
    "stty raw -echo; printf 're''ady'; head -c 4 | od -An -tx1; printf 'a\\nb''c'; stty sane; echo; echo e''nd",
    "echo a''fter",
  ]);
  await terminal.shows("ready");
  terminal.type(`\u001B${KEY.ctrlC}${KEY.ctrlZ}\r`);
  await terminal.shows("bc");
  await terminal.shows("end");
  await terminal.shows("after");
  expect(await terminal.end).toEqual({ code: 0, signal: null });
  expect(terminal.text()).toContain("1b 03 1a 0d");
  expect(terminal.raw()).toContain("a\nbc");
});

/** Steps that end at once, so that a key mostly comes between two of them or when one is just ending. */
const QUICK = Array.from({ length: 300 }, () => "true");

it.concurrent.for([1, 2, 3])("hears Ctrl-C also between quick steps (%i)", async (turn) => {
  const terminal = run(QUICK);
  await terminal.shows(`${20 + turn}/300`);
  terminal.type(KEY.ctrlC);
  expect(await terminal.end).toEqual({ code: 130, signal: null });
  expect(terminal.text()).not.toContain("300/300");
});

it.concurrent.for([1, 2, 3])("hears Ctrl-Z also between quick steps (%i)", async (turn) => {
  const script = 'set -m; "$@"; echo "sto""pped: $?"; kill %1; fg; echo "ended: $?"';
  const terminal = run(QUICK, { script: `exec bash -c '${script}' bash "$@"` });
  await terminal.shows(`${20 + turn}/300`);
  terminal.type(KEY.ctrlZ);
  await terminal.shows("stopped: 148");
  await terminal.shows("ended: 143");
  expect(terminal.text()).not.toContain("300/300");
});

it.concurrent("puts the terminal back for a guard that is waited for between steps, and at the end", async () => {
  const modes = "stty -a | grep -ow -- '-*icanon\\|-*opost'";
  const terminal = run(["true", { run: "true", unless: "touch guarded; sleep 20" }], {
    script: `trap : INT; "$@"; echo "ended: $?"; ${modes}`,
  });
  await until(() => existsSync(join(terminal.cwd, "guarded")));
  terminal.type(KEY.ctrlC);
  await terminal.shows("ended: 130");
  expect((await terminal.end).code).toBe(0);
  expect(terminal.text()).toMatch(/ended: 130\s+(?:opost\s+icanon|icanon\s+opost)/);
});

it.concurrent("does not count Ctrl-C that is meant for what a shell inside the step runs", async () => {
  const terminal = run([
    `bash --norc -ic 'echo in''ner; sleep 20; echo "code $?"; exit 0'; sh -c 'echo aft""er'`,
    "echo n''ext",
  ]);
  await terminal.shows("inner\n");
  terminal.type(KEY.ctrlC);
  await terminal.shows("after\n");
  await terminal.shows("next\n");
  expect(await terminal.end).toEqual({ code: 0, signal: null });
});

it.concurrent("tells the step of another size of the terminal, and the next step as well", async () => {
  const terminal = run(
    ["trap 'stty size; exit' WINCH; stty size; echo s''et; while :; do sleep 0.05; done", "echo n''ext; stty size"],
    { columns: 81 },
  );
  await terminal.shows("50 81\nset\n");
  terminal.resize(61);
  await terminal.shows("50 61\n");
  await terminal.shows("next\n50 61\n");
  expect(await terminal.end).toEqual({ code: 0, signal: null });
});

it.concurrent("keeps what comes behind Ctrl-Z as well, and the size that the terminal then has", async () => {
  const script = 'set -m; "$@"; echo "sto""pped: $?"; stty -a | grep -ow -- "-*echo"; read -r x; fg; echo "ended: $?"';
  const terminal = run(["echo s''tarted; while [ ! -e go ]; do sleep 0.05; done; echo d''one; stty size"], {
    script: `exec bash -c '${script}' bash "$@"`,
  });
  await terminal.shows("started\n");
  terminal.type(KEY.ctrlZ);
  await terminal.shows("stopped: 148\necho\n");
  terminal.resize(62);
  writeFileSync(join(terminal.cwd, "go"), "");
  terminal.type("\r");
  await terminal.shows("done\n");
  await terminal.shows("ended: 0");
  await terminal.end;
  expect(terminal.log()).toMatch(/started\n[^]*done\n50 62\n/);
});

it.concurrent("stops the step with itself when it is told to stand still, and goes on with it", async () => {
  const script = 'set -m; "$@"; echo "sto""pped: $?"; fg; echo "ended: $?"';
  const terminal = run(["echo s''tarted; while [ ! -e go ]; do sleep 0.05; done; read x; echo \"<$x>\""], {
    script: `exec bash -c '${script}' bash "$@"`,
  });
  await terminal.shows("started\n");
  const cli = Number(readFileSync(`/proc/${terminal.pid}/task/${terminal.pid}/children`, "utf8"));
  process.kill(cli, "SIGTSTP");
  await terminal.shows("stopped: 148");
  writeFileSync(join(terminal.cwd, "go"), "");
  terminal.type("typed\r");
  await terminal.shows("<typed>\n");
  await terminal.shows("ended: 0");
});

it.concurrent("leaves what steps start in the background its terminal, and keeps what it shows there", async () => {
  const terminal = run([
    "(trap 'touch hung-up' HUP; while [ ! -e go ]; do sleep 0.05; done; test -t 1 && echo l''ate && touch said; read x < /dev/tty) &",
    "echo f''oreground",
  ]);
  expect(await terminal.end).toEqual({ code: 0, signal: null });
  expect(terminal.log()).not.toContain("late");
  writeFileSync(join(terminal.cwd, "go"), "");
  await until(() => existsSync(join(terminal.cwd, "said")) && terminal.log().includes("\nlate\n"));
  expect(existsSync(join(terminal.cwd, "hung-up"))).toBe(false);
});

it.concurrent("leaves nothing behind when nothing runs on", async () => {
  const terminal = run(["ps -o sid= -p $$ > host"]);
  expect(await terminal.end).toEqual({ code: 0, signal: null });
  const host = Number(readFileSync(join(terminal.cwd, "host"), "utf8"));
  expect(host).toBeGreaterThan(1);
  await until(() => !isAlive(host));
  expect(readdirSync(terminal.folder()).toSorted()).toEqual(["journal.jsonl", "lock", "log", "plan.json"]);
});

it.concurrent("lets steps have one terminal and one session, as sudo remembers a password for", async () => {
  const terminal = run(['echo "$(tty) $(ps -o sid= -p $$)" > 1', 'echo "$(tty) $(ps -o sid= -p $$)" > 2']);
  expect(await terminal.end).toEqual({ code: 0, signal: null });
  const [first, second] = ["1", "2"].map((name) => readFileSync(join(terminal.cwd, name), "utf8"));
  expect(first).toMatch(/^\/dev\/\S+ +\d+\n$/);
  expect(second).toBe(first);
});

it.concurrent("runs no step unseen when it is killed: it hangs up, as when a terminal's window is closed", async () => {
  const terminal = run(["echo $$ > pid; echo s''tarted; while :; do sleep 0.05; done"]);
  await terminal.shows("started\n");
  const step = Number(readFileSync(join(terminal.cwd, "pid"), "utf8"));
  const host = hostOf(terminal.pid);
  process.kill(terminal.pid, "SIGKILL");
  expect(await terminal.end).toEqual({ code: null, signal: "SIGKILL" });
  await until(() => !isAlive(step) && !isAlive(host));
});

it.concurrent("keeps its side of the pseudo-terminal from what else it starts", async () => {
  const listing = (file: string): string => `ls -l /proc/self/fd | grep -c ptmx > ${file}; false`;
  const terminal = run([
    { run: "true", unless: listing("before") },
    { run: "true", unless: listing("after") },
  ]);
  expect(await terminal.end).toEqual({ code: 0, signal: null });
  const [before, after] = ["before", "after"].map((name) => readFileSync(join(terminal.cwd, name), "utf8"));
  expect(after).toBe(before);
});

it.concurrent("counts a step as failed whose terminal is lost, and opens another for the next", async () => {
  const terminal = run([
    { run: "echo $$ > pid; echo s''tarted; while :; do sleep 0.05; done", allowFail: true },
    "test -t 1 && echo n''ext",
  ]);
  await terminal.shows("started\n");
  process.kill(hostOf(terminal.pid), "SIGKILL");
  await terminal.shows("Step 1 failed with exit code 129: the shell that led its terminal was ended");
  await terminal.shows("next\n");
  expect(await terminal.end).toEqual({ code: 0, signal: null });
  expect(terminal.log()).toContain("\nnext\n");
  const step = Number(readFileSync(join(terminal.cwd, "pid"), "utf8"));
  await until(() => !isAlive(step));
});

const NOT_INSTALLED = "@lydell/node-pty is not installed, or not for this system";
/** What keeps the CLI from opening a pseudo-terminal. Copied before any test runs, because copying holds up all terminals. */
const WITHOUT = [
  { what: "without node-pty", cli: cliWith(() => {}), why: NOT_INSTALLED },
  {
    what: "with a node-pty for other systems",
    cli: cliWith((target) => {
      cpSync(dirname(fileURLToPath(import.meta.resolve("@lydell/node-pty"))), target, { recursive: true });
    }),
    why: NOT_INSTALLED,
  },
  {
    what: "with a node-pty that is broken",
    cli: cliWith((target) =>
      writeFiles(target, { "index.js": "exports.spawn = () => { throw new Error('no luck'); };" }),
    ),
    why: "no pseudo-terminal can be opened: no luck",
  },
];

function cliWith(addPty: (target: string) => void): string {
  const { cli, nodeModules } = installCli();
  addPty(join(nodeModules, "@lydell/node-pty"));
  return cli;
}

it.concurrent.for(WITHOUT)("gives the step the person's own terminal $what, and says so in the log", async (one) => {
  const terminal = run(["echo s''hown"], { cli: one.cli });
  await terminal.shows("shown\n");
  expect(await terminal.end).toEqual({ code: 0, signal: null });
  expect(terminal.log()).not.toContain("shown\n");
  expect(terminal.log()).toContain(`What it shows at the terminal is not kept: ${one.why}.\n`);
});

it.concurrent("drops what a step has not read when a question is asked, but not without one", async () => {
  const sleeper = "echo s''tarted; while [ ! -e go ]; do sleep 0.05; done";
  const reader = 'read -t 0.2 x; echo "<$x>"';
  const asked = run([sleeper, reader], {}, []);
  await asked.shows("[h]elp: ");
  asked.type("s");
  await asked.shows("[h]elp: ");
  asked.type("y");
  await asked.shows("started\n");
  asked.type("yes\rhalf");
  await asked.shows("half");
  writeFileSync(join(asked.cwd, "go"), "");
  await asked.shows("[h]elp: ");
  asked.type("y");
  await asked.shows("<>\n");
  const unasked = run([sleeper, reader]);
  await unasked.shows("started\n");
  unasked.type("yes\r");
  await unasked.shows("yes");
  writeFileSync(join(unasked.cwd, "go"), "");
  await unasked.shows("<yes>\n");
  await Promise.all([asked.end, unasked.end]);
});

it.concurrent("tells how steps end: by a code, by a signal, and as no shell at all", async () => {
  const home = tempFolder("home");
  const terminal = run(
    [
      { run: "exit 7", allowFail: true },
      { run: "sh -c 'exit 137'", allowFail: true },
      { run: "exit 137", allowFail: true },
      { run: "kill -9 $$", allowFail: true },
      { run: "exec sh -c 'kill -TERM $$'", allowFail: true },
    ],
    { home },
  );
  expect(await terminal.end).toEqual({ code: 0, signal: null });
  const ends = journalOf(terminal.folder()).filter((line) => line["type"] === "end");
  expect(ends.map((line) => [line["exitCode"], line["reason"]])).toEqual([
    [7, undefined],
    [137, undefined],
    [137, undefined],
    [137, "it was ended by SIGKILL"],
    [143, "it was ended by SIGTERM"],
  ]);
});

it.concurrent("ends a step that takes too long, with what it has started, and goes on", async () => {
  const slow = "sh -c 'echo $$ > inner; exec sleep 100' & sleep 100";
  const terminal = run([{ run: slow, timeout: 0.5, allowFail: true }, "echo a''fter"]);
  await terminal.shows("Step 1 failed with exit code 124: it took longer than 0.5 seconds.");
  await terminal.shows("after\n");
  expect(await terminal.end).toEqual({ code: 0, signal: null });
  const inner = Number(readFileSync(join(terminal.cwd, "inner"), "utf8"));
  await until(() => !isAlive(inner));
});

it.concurrent("gives steps their variables as they are, whatever they are called, and GPG_TTY for their terminal", async () => {
  const env = { GPG_TTY: "/dev/other", "odd-name.x": 'a\'b\n"c"', "BASH_FUNC_f%%": "() { echo called; }" };
  const terminal = run(
    [
      "f; env -0 | tr '\\0' '\\n' | grep -A1 odd-name; test \"$GPG_TTY\" = \"$(tty)\" && echo s''ame",
      "GPG_TTY=x",
      "test $GPG_TTY = \"$(tty)\" && echo s''till",
    ],
    { env },
  );
  await terminal.shows('called\nodd-name.x=a\'b\n"c"\nsame\n');
  await terminal.shows("still\n");
  expect(await terminal.end).toEqual({ code: 0, signal: null });
  expect(JSON.stringify(journalOf(terminal.folder()))).not.toContain("/dev/pts");
});

it.concurrent("runs a step of a megabyte, and tells of a folder that is gone", async () => {
  const long = `: ${"x".repeat(1 << 20)}; echo l''ong`;
  const terminal = run([long, { run: "rm -r ../gone; mkdir ../gone; cd ../gone" }, "rmdir ../gone", "echo never"]);
  await terminal.shows("long\n");
  await terminal.shows("there is no folder");
  expect((await terminal.end).code).toBe(126);
});

it.concurrent("begins in a folder that is deleted under it", async () => {
  const cwd = tempFolder("work");
  const terminal = run([`cd / && rm -r ${cwd}; echo o''k`, "echo n''ext"], { cwd });
  await terminal.shows("ok\n");
  await terminal.shows("next\n");
  expect((await terminal.end).code).toBe(0);
  rmSync(cwd, { recursive: true, force: true });
});

it.concurrent("keeps two runs at two terminals apart", async () => {
  const home = tempFolder("home");
  const script = 'for one in 1 2 3; do "$@" >/dev/tty; done';
  const terminals = ["a", "b"].map((name) =>
    run([`echo ${name}''${name}; sleep 0.1`, `echo ${name}''end`], { home, script }),
  );
  for (const one of terminals) expect((await one.end).code).toBe(0);
  const logs = runFolders(home).map((folder) => readFileSync(join(folder, "log"), "utf8"));
  expect(logs).toHaveLength(6);
  for (const log of logs) expect(/\naa\n[^]*\naend\n|\nbb\n[^]*\nbend\n/.test(log)).toBe(true);
});

const MEBIBYTE = 1 << 20;
/** What a step prints for the measurement of memory, in MiB. */
const AMOUNT = Number(process.env["D0TTINO_TEST_OUTPUT"] ?? 64);

it(
  "holds nothing of what a step shows in memory, however much it is",
  { timeout: 60_000 + AMOUNT * 1000 },
  async () => {
    const [home, cwd] = [tempFolder("home"), tempFolder("work")];
    const plugins = [recipePackage("it", planning("it", [`yes 0123456789abcdef | head -c ${AMOUNT * MEBIBYTE}`]))];
    const command = cliCommand(["recipe", "it", ...ALL_STEPS], { plugins, home, cwd });
    const terminal = spawn(command.file, command.args, { cwd, env: command.env, name: "xterm" });
    let shown = 0;
    let most = 0;
    let looks = 0;
    terminal.onData((data) => {
      shown += data.length;
      looks += 1;
      if (looks % 64 !== 0) return;
      const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${terminal.pid}/status`, "latin1"))?.[1];
      most = Math.max(most, Number(peak ?? 0));
    });
    const { exitCode } = await new Promise<{ exitCode: number }>((resolve) => terminal.onExit(resolve));
    expect(exitCode).toBe(0);
    expect(shown).toBeGreaterThan(AMOUNT * MEBIBYTE);
    const kept = statSync(join(runFolders(home)[0] ?? "", "log")).size - AMOUNT * MEBIBYTE;
    expect([kept > 0, kept < 4096]).toEqual([true, true]);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(150_000);
  },
);
