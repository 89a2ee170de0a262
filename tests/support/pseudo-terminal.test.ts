import { expect, it } from "vitest";
import { planning, recipePackage } from "./make-plugin.ts";
import { ALL_STEPS } from "./run-cli.ts";
import { openTerminal } from "./pseudo-terminal.ts";

it("gives the CLI a terminal of its own, with keys, width, colours and signals", async () => {
  const steps = ['test -t 0 && test -t 1 && test -t 2 && stty size && read -r line && echo "[$line]"; kill -TERM $$'];
  const terminal = openTerminal(["recipe", "it", ...ALL_STEPS], {
    plugins: [recipePackage("it", planning("it", steps))],
    columns: 61,
  });
  await terminal.shows("50 61\n");
  terminal.type("typed\r");
  await terminal.shows("[typed]\n");
  expect(await terminal.end).toEqual({ code: 143, signal: null });
});

it("tells which signal ended the CLI", async () => {
  const source = `console.error("planning"); export function* run() { while (true); }`;
  const terminal = openTerminal(["recipe", "endless"], { plugins: [recipePackage("endless", source)] });
  await terminal.shows("planning");
  terminal.type("\u0003");
  expect(await terminal.end).toEqual({ code: null, signal: "SIGINT" });
});
