import { execFileSync } from "node:child_process";
import { constants, existsSync, openSync, writeFileSync, writeSync } from "node:fs";
import { Socket } from "node:net";
import { join } from "node:path";
import { spawn } from "@lydell/node-pty";
import { afterEach, describe, expect, it } from "vitest";
import { tempFolder } from "../../../../../tests/support/temp-folder.ts";
import { HOST_PIPES, HOST_SCRIPT, JOB } from "./host-script.ts";

/** The shells that can be had here; whichever of them is /bin/sh somewhere leads pseudo-terminals there. */
const SHELLS = [["/bin/dash"], ["/bin/bash", "--posix"], ["/bin/bash"], ["/bin/busybox", "sh"]].filter(([file]) =>
  existsSync(String(file)),
);

interface Host {
  readonly pid: number;
  tell(word: string): void;
  /** Tells it to run a job. */
  run(job: string): void;
  type(keys: string): void;
  /** Waits for lines up to one that begins so, and gives them. */
  tells(beginning: string): Promise<string[]>;
  /** Waits until the terminal shows a text behind the one before. */
  shows(text: string): Promise<void>;
  rest(): string;
}

let ending: (() => void) | undefined;
afterEach(() => ending?.());

/** Starts a host in a pseudo-terminal; without its modes, it takes those that terminals have at first. */
function startHost([file = "", ...options]: string[]): Host {
  const folder = tempFolder("run");
  const pipes = HOST_PIPES.map((name) => join(folder, name));
  execFileSync("mkfifo", pipes);
  const [told = 0, tells = 0] = pipes.map((pipe) => openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK));
  const terminal = spawn(file, [...options, "-c", HOST_SCRIPT, "sh", folder, "sane"], { env: process.env, cwd: "/" });
  let lines: string[] = [];
  let cut = "";
  let shown = "";
  const socket = new Socket({ fd: tells, readable: true, writable: false });
  socket.setEncoding("utf8").on("data", (text: string) => {
    const all = (cut + text).split("\n");
    cut = all.pop() ?? "";
    lines.push(...all);
  });
  terminal.onData((text) => (shown += text));
  ending = () => {
    socket.destroy();
    terminal.kill("SIGKILL");
  };
  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return {
    pid: terminal.pid,
    tell: (word) => writeSync(told, `${word}\n`),
    run(job) {
      writeFileSync(join(folder, `7${JOB}`), job);
      writeSync(told, "run 7\n");
    },
    type: (keys) => terminal.write(keys),
    async tells(beginning) {
      const isWanted = (line: string): boolean => line.startsWith(beginning);
      await until(() => lines.some(isWanted));
      const count = lines.findIndex(isWanted) + 1;
      const found = lines.slice(0, count);
      lines = lines.slice(count);
      return found;
    },
    async shows(text) {
      await until(() => shown.includes(text));
      shown = shown.slice(shown.indexOf(text) + text.length);
    },
    rest: () => shown,
  };
}

describe.each(SHELLS.map((words) => ({ words, name: words.join(" ") })))("$name as a host", ({ words }) => {
  it("tells the codes of jobs, and outlives each", async () => {
    const host = startHost(words);
    await host.tells("ready");
    for (const [job, code] of [
      ["exec sh -c 'exit 7'", 7],
      ["exec true", 0],
      ["exec sh -c 'kill -9 $$'", 137],
      ["exec sh -c 'kill -INT $$'", 130],
      ["exec /bin/nowhere", 127],
      ["exit 3", 3],
    ] as const) {
      host.run(job);
      expect(await host.tells("back")).toEqual(["started", `back ${code}`]);
    }
  });

  it("lets Ctrl-C reach the job alone", async () => {
    const host = startHost(words);
    await host.tells("ready");
    for (const shell of ["sh", "bash"]) {
      host.run(`exec ${shell} -c 'echo runs; sleep 20; echo no'`);
      await host.tells("started");
      await host.shows("runs");
      host.type("\u0003");
      expect(await host.tells("back")).toEqual(["back 130"]);
    }
    host.run("exec sh -c 'trap \"echo caught\" INT; echo runs; while :; do sleep 0.05; done'");
    for (const shown of ["runs", "caught", "caught"]) {
      await host.shows(shown);
      host.type("\u0003");
    }
    await host.shows("caught");
    host.type("\u001C");
    expect(await host.tells("back")).toEqual(["started", "back 131"]);
  });

  it("tells that a job has stopped, and lets it go on, again and again", async () => {
    const host = startHost(words);
    await host.tells("ready");
    for (let job = 0; job < 2; job += 1) {
      host.run('exec sh -c \'trap "echo on" CONT; trap "exit 4" QUIT; echo runs; while :; do sleep 0.05; done\'');
      await host.tells("started");
      await host.shows("runs");
      for (let times = 0; times < 2; times += 1) {
        host.type("\u001A");
        const [stopped, back] = await host.tells("back");
        expect([Number(stopped) > 1, back]).toEqual([true, "back 148"]);
        host.tell("go");
        await host.tells("started");
        await host.shows("on");
      }
      host.type("\u001C");
      expect(await host.tells("back")).toEqual(["back 4"]);
    }
  });

  it("puts the modes back, and reads away what was typed", async () => {
    const host = startHost(words);
    await host.tells("ready");
    host.run("exec stty raw -echo");
    await host.tells("back");
    host.tell("tidy");
    host.run("exec sh -c 'stty -a | grep -ow -e -*icanon -e -*echo; echo shown'");
    await host.shows("icanon\r\necho\r\nshown\r\n");
    await host.tells("back");
    host.type("whole line\rhalf");
    await host.shows("half");
    host.tell("forget");
    host.run("exec sh -c 'echo runs; read x; echo \"<$x>\"'");
    await host.shows("runs");
    host.type("fresh\r");
    await host.shows("<fresh>");
  });

  it("is not ended by keys that come between two jobs, and shows nothing of its own", async () => {
    const host = startHost(words);
    await host.tells("ready");
    host.type("\u0003\u001C\u001A");
    await host.shows("^Z");
    host.run("exec sh -c 'echo runs; kill -9 $$'");
    await host.tells("back");
    await host.shows("runs\r\n");
    host.run("exec echo end");
    await host.shows("end\r\n");
    expect(host.rest()).toBe("");
  });

  it("stays the leader for what runs on when it has let go of the terminal itself", async () => {
    const host = startHost(words);
    await host.tells("ready");
    host.run("exec sh -c 'sleep 100 & echo \"[$!]\"'");
    await host.tells("back");
    await host.shows("[");
    const holder = Number(host.rest().split("]")[0]);
    host.tell("leave");
    await host.tells("left");
    expect(execFileSync("ps", ["-o", "sid=", "-p", String(holder)], { encoding: "utf8" }).trim()).toBe(
      String(host.pid),
    );
    const open = execFileSync("ls", ["-l", `/proc/${host.pid}/fd`], { encoding: "utf8" });
    expect(open).not.toMatch(/\/dev\/(?:pts|tty)/);
    process.kill(holder);
    while (existsSync(`/proc/${host.pid}`)) await new Promise((resolve) => setTimeout(resolve, 5));
  });
});
