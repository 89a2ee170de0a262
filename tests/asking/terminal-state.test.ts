import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { atTerminal, KEY } from "../support/recipe-terminal.ts";

/** Tells whether the terminal is after the CLI what it was before. */
const COMPARED = 'before=$(stty -g); "$@"; code=$?; [ "$before" = "$(stty -g)" ] && echo "same after $code"';

it.concurrent.for([
  ["q", "q", 130],
  ["s", "s", 0],
  ["y", "y", 0],
  ["Ctrl-C", KEY.ctrlC, 130],
  ["Ctrl-D", KEY.ctrlD, 130],
  ["an edit that is given up, and Ctrl-C", `e${KEY.ctrlC}|${KEY.ctrlC}`, 130],
] as const)("is what it was after %s", async ([, keys, code]) => {
  const terminal = atTerminal(["true"], [], { script: COMPARED });
  for (const key of keys.split("|")) {
    await terminal.shows("[h]elp: ");
    for (const one of key) {
      terminal.type(one);
      if (one === "e") await terminal.shows("  $ true");
    }
  }
  await terminal.shows(`same after ${code}\n`);
});

it.concurrent.for([
  ["TERM", 143],
  ["HUP", 129],
] as const)("is what it was when signal %s comes at a question", async ([signal, code]) => {
  const terminal = atTerminal(["true"], [], {
    script: `before=$(stty -g); exec 3<&0; "$@" <&3 & echo "pid $!."; wait $!; code=$?; [ "$before" = "$(stty -g)" ] && echo "same after $code"`,
  });
  const pid = /pid (\d+)\./.exec(await terminal.shows("."))?.[1];
  await terminal.shows("[h]elp: ");
  spawnSync("kill", [`-${signal}`, String(pid)]);
  await terminal.shows(`same after ${code}\n`);
});

it.concurrent("asks again after the program was suspended", async () => {
  const script = 'bash -c \'set -m; "$@"; echo "stopped $?."; fg; echo "code $?."\' bash "$@"';
  const terminal = atTerminal(["mkdir made"], [], { script });
  await terminal.shows("[h]elp: ");
  terminal.type(KEY.ctrlZ);
  await terminal.shows("stopped 148.");
  await terminal.shows("Run it?");
  await terminal.shows("[h]elp: ");
  terminal.type("y");
  await terminal.shows("code 0.");
  expect(terminal.has("made")).toBe(true);
});
