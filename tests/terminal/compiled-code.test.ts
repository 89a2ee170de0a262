import { chmodSync, cpSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeFiles } from "../support/make-plugin.ts";
import { CLI_PACKAGE, runCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

/** A program in place of ours, whose functions are called by name: `work` costs much. */
const PROGRAM = `
function greet() { return "hello"; }
function work() { let sum = 0; for (let at = 0; at < 3e8; at++) sum = (sum + at) | 0; return "worked"; }
exports.main = async (args) => { console.log(args.slice(1).map((name) => ({ greet, work })[name]()).join(" ")); return 0; };
`;

/** The CLI's bins with a program as their bundle. */
function cliWith(program: string, hash: string): string {
  const cli = tempFolder("cli");
  for (const part of ["bin", "package.json"]) cpSync(join(CLI_PACKAGE, part), join(cli, part), { recursive: true });
  writeFiles(cli, { "dist/main.cjs": `${program}//${hash}\n` });
  return cli;
}

function keptFolder(home: string): string {
  const compiled = join(home, "cache/compiled");
  return join(compiled, readdirSync(compiled).find((one) => one.startsWith("bundles-")) ?? "none");
}

describe("compiled code", () => {
  it("is kept with the functions that a run called, and not with others", async () => {
    const home = tempFolder("home");
    const cli = cliWith(PROGRAM, "0123456789abcdef");
    expect((await runCli(["send", "greet"], { home, cli })).stdout).toBe("hello\n");
    const kept = readFileSync(join(keptFolder(home), "send-main"), "latin1");
    expect(kept).toContain("hello");
    expect(kept).not.toContain("worked");
  });

  it("is kept anew, with what was there before, when a run does much more", async () => {
    const home = tempFolder("home");
    const cli = cliWith(PROGRAM, "0123456789abcdef");
    await runCli(["send", "greet"], { home, cli });
    await runCli(["send", "work"], { home, cli });
    const kept = readFileSync(join(keptFolder(home), "send-main"), "latin1");
    expect(kept).toContain("hello");
    expect(kept).toContain("worked");
  });

  it("is not used for another bundle, were it as long", async () => {
    const home = tempFolder("home");
    const cli = cliWith(PROGRAM, "0123456789abcdef");
    await runCli(["send", "greet"], { home, cli });
    writeFileSync(join(cli, "dist/main.cjs"), `${PROGRAM.replace("hello", "howdy")}//fedcba9876543210\n`);
    expect((await runCli(["send", "greet"], { home, cli })).stdout).toBe("howdy\n");
    expect((await runCli(["send", "greet"], { home, cli })).stdout).toBe("howdy\n");
  });

  it("is made again when it is cut off", async () => {
    const home = tempFolder("home");
    await runCli(["recipe", "sample", "hi", "--dry-run"], { home });
    const folder = keptFolder(home);
    const names = readdirSync(folder).toSorted();
    expect(names).toEqual(["recipe-main", "recipe-recipe", "recipe-risk"]);
    const sizes = new Map<string, number>();
    for (const [at, name] of names.entries()) {
      sizes.set(name, readFileSync(join(folder, name)).length);
      truncateSync(join(folder, name), [0, 20, 5000][at]);
    }
    const { code, stdout } = await runCli(["recipe", "sample", "hi", "--dry-run"], { home });
    expect([code, stdout]).toEqual([0, expect.stringContaining("$ echo 'hi'")]);
    for (const name of names)
      expect(readFileSync(join(folder, name)).length).toBeGreaterThan((sizes.get(name) ?? 0) / 2);
  });

  it("is made again when a byte of it was damaged", async () => {
    const home = tempFolder("home");
    await runCli(["--help"], { home });
    const file = join(keptFolder(home), "--help-main");
    const whole = readFileSync(file);
    for (let at = 1000; at < whole.length; at += Math.ceil(whole.length / 8)) {
      const damaged = Buffer.from(whole);
      damaged.writeUInt8(damaged.readUInt8(at) ^ 0xff, at);
      writeFileSync(file, damaged);
      const { code, stdout, stderr } = await runCli(["--help"], { home });
      expect([code, stdout.slice(0, 7), stderr]).toEqual([0, "Ask any", ""]);
      expect(readFileSync(file).equals(damaged)).toBe(false);
    }
  });

  it("is not kept of what is no command", async () => {
    const home = tempFolder("home");
    expect((await runCli(["sedn", "x"], { home })).code).toBe(2);
    expect(readdirSync(keptFolder(home))).toEqual([]);
  });

  it("is not kept where Node is given options, which change what is compiled", async () => {
    const home = tempFolder("home");
    const { code } = await runCli(["--help"], { home, env: { NODE_OPTIONS: "--max-old-space-size=900" } });
    expect(code).toBe(0);
    expect(readdirSync(keptFolder(home))).toEqual([]);
  });

  it("can be done without", async () => {
    const home = tempFolder("home");
    await runCli(["--help"], { home });
    const folder = keptFolder(home);
    for (const name of readdirSync(folder)) truncateSync(join(folder, name), 0);
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o000);
    chmodSync(folder, 0o500);
    const { code, stderr } = await runCli(["--help"], { home });
    chmodSync(folder, 0o700);
    expect([code, stderr]).toEqual([0, ""]);
  });

  it("does not move the places in a stack trace", async () => {
    const home = tempFolder("home");
    const cli = cliWith(`exports.main = () => { console.log(new Error("x").stack); return 0; };\n`, "0123456789abcdef");
    const { stdout } = await runCli(["send"], { home, cli });
    expect(stdout).toContain(`${join(cli, "dist/main.cjs")}:1:36`);
  });
});
