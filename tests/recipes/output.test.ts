import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { planning, recipePackage } from "../support/make-plugin.ts";
import { ALL_STEPS, CLI_PACKAGE, cliCommand, runCli, startCli, type RunOptions } from "../support/run-cli.ts";
import { runFolders } from "../support/runs.ts";
import { tempFolder } from "../support/temp-folder.ts";

const plugin = (steps: unknown): string => recipePackage("it", planning("it", steps));

it.concurrent.for([[[]], [["--json"]]])("keeps what steps print in the run's log, with %j", async ([args = []]) => {
  const home = tempFolder("home");
  const plugins = [plugin(["echo o''ut; echo e''rr >&2", "printf '\\000\\377'; false"])];
  const { code } = await runCli(["recipe", "it", ...ALL_STEPS, ...args], { plugins, home });
  expect(code).toBe(1);
  const [folder = ""] = runFolders(home);
  const log = readFileSync(join(folder, "log"));
  for (const part of ["\nout\n", "\nerr\n", "Step 2 failed with exit code 1"]) expect(log.includes(part)).toBe(true);
  expect(log.includes(Buffer.from([0, 0xff]))).toBe(true);
});

it.skipIf(!existsSync("/dev/full"))("runs on when what it does cannot be logged, and says so once", async () => {
  const plugins = [plugin(["echo one", "echo two"])];
  const { code, stdout, stderr } = await runCli(["recipe", "it", ...ALL_STEPS, "--log", "/dev/full"], { plugins });
  expect([code, stdout]).toEqual([0, "one\ntwo\n"]);
  expect(stderr.match(/What the run does is not logged any more: ENOSPC.*\n/g)).toHaveLength(1);
});

/** Runs steps where no file may become larger than 4 KB. */
function runLimited(here: RunOptions): { status: number | null; stderr: string } {
  const { file, args, cwd, env } = cliCommand(["recipe", "it", ...ALL_STEPS], here);
  const words = ["-c", 'ulimit -f 8; exec "$@"', "sh", file, ...args];
  const { status, stderr } = spawnSync("/bin/sh", words, { cwd, env, encoding: "utf8" });
  return { status, stderr };
}

it.concurrent("runs no more when it cannot write its journal, and goes on there when it can", async () => {
  const steps = Array.from({ length: 60 }, (_, at) => `echo ${at} >> made`);
  const here = { plugins: [plugin(steps)], home: tempFolder("home"), cwd: tempFolder("work") };
  const limited = runLimited(here);
  expect(limited.status).toBe(1);
  expect(limited.stderr).toMatch(/ai-cli: The run's journal cannot be written: EFBIG.*\nNothing more is run/);
  const { code, stderr } = await runCli(["recipe", "--resume", "last", ...ALL_STEPS], here);
  expect(code).toBe(0);
  expect(stderr).toMatch(/steps 1 to \d+ are done; going on with step \d+ of 60\./);
  expect(readFileSync(join(here.cwd, "made"), "utf8")).toBe(steps.map((_, at) => `${at}\n`).join(""));
});

it.concurrent("runs no step in the wrong folder when what the one before has left cannot be kept", () => {
  const long = "trap '' XFSZ; export LONG=$(printf %09000d 1); mkdir sub; cd sub";
  const here = { plugins: [plugin([long, "touch ran"])], home: tempFolder("home"), cwd: tempFolder("work") };
  const { status, stderr } = runLimited(here);
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /ai-cli: The folder and the variables that step 1 left could not be kept: EFBIG.*\nNo other step/,
  );
  expect(readdirSync(here.cwd)).toEqual(["sub"]);
});

it.concurrent("keeps a run readable by its owner alone, and no variables of the caller in it", async () => {
  const home = tempFolder("home");
  const plugins = [plugin(["export ADDED=added; cd /usr", "true"])];
  await runCli(["recipe", "it", ...ALL_STEPS], { plugins, home, env: { SECRET_API_KEY: "only-in-memory" } });
  const [folder = ""] = runFolders(home);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  for (const name of readdirSync(folder)) {
    expect([name, statSync(join(folder, name)).mode & 0o777]).toEqual([name, 0o600]);
    expect(readFileSync(join(folder, name), "utf8")).not.toContain("only-in-memory");
  }
  expect(readdirSync(folder).toSorted()).toEqual(["journal.jsonl", "lock", "log", "plan.json"]);
});

// What Node gives its children as streams are sockets, which cannot be opened by a name.
it.concurrent.for([[[]], [["--json"]]])("gives steps streams that /dev/stderr opens, with %j", async ([args = []]) => {
  const plugins = [plugin(["echo one > /dev/stderr; echo two > /dev/stdout"])];
  const { code, stdout, stderr } = await runCli(["recipe", "it", ...ALL_STEPS, ...args], { plugins });
  expect(code).toBe(0);
  expect(stdout + stderr).toMatch(/one(\\n|\n)/);
  expect(stdout).toMatch(/two(\\n|\n)/);
});

it.concurrent("does not wait for what a step leaves behind, which lives on and writes into the log", async () => {
  const [home, cwd] = [tempFolder("home"), tempFolder("work")];
  const child = "(while [ ! -e go ]; do sleep 0.1; done; echo from ''behind; touch gone) & echo started";
  const { code, stdout } = await runCli(["recipe", "it", ...ALL_STEPS], {
    plugins: [plugin([child, "echo next"])],
    home,
    cwd,
  });
  expect([code, stdout]).toEqual([0, "started\nnext\n"]);
  const [folder = ""] = runFolders(home);
  await runCli(["recipe", "sample", "--yes", "x"], { cwd });
  spawn("touch", [join(cwd, "go")]);
  while (!existsSync(join(cwd, "gone"))) await new Promise((resolve) => setTimeout(resolve, 50));
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(readFileSync(join(folder, "log"), "utf8")).toContain("\nfrom behind\n");
});

it.concurrent("brings output to its place and into the log where no named pipes can be made", async () => {
  const home = tempFolder("home");
  const plugins = [plugin(["echo o''ut; echo e''rr >&2; exit 3"])];
  const { code, stdout, stderr } = await runCli(["recipe", "it", ...ALL_STEPS], {
    plugins,
    home,
    env: { PATH: tempFolder("empty") },
  });
  expect([code, stdout]).toEqual([3, "out\n"]);
  expect(stderr).toContain("\nerr\n");
  const [folder = ""] = runFolders(home);
  expect(readFileSync(join(folder, "log"), "utf8")).toContain("\nout\n");
});

it.concurrent("passes a step's input on", async () => {
  const { stdout } = await runCli(["recipe", "it", ...ALL_STEPS], { plugins: [plugin(["cat"])], stdin: "typed" });
  expect(stdout).toBe("typed");
});

const GIBIBYTE = 2 ** 30;

it("lets 1 GiB through, all of it into the log, and holds none of it in memory", { timeout: 120_000 }, async () => {
  const home = tempFolder("home");
  const plugins = [plugin([`head -c ${GIBIBYTE} /dev/zero`])];
  // Its own children's memory is not counted.
  const script = `
    process.on("exit", () => require("node:fs").writeFileSync(process.env.PEAK, String(process.resourceUsage().maxRSS)));
    process.argv.splice(1, 1);
    require(process.argv[1]);`;
  const peak = join(home, "peak");
  const child = spawn(
    process.execPath,
    ["-e", script, "--", "x", join(CLI_PACKAGE, "bin/ai-cli.cjs"), "recipe", "it", ...ALL_STEPS],
    {
      env: {
        PATH: process.env["PATH"],
        HOME: home,
        D0TTINO_HOME: home,
        D0TTINO_PLUGIN_PATH: plugins.join(":"),
        PEAK: peak,
      },
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  let count = 0;
  child.stdout.on("data", (bytes: Buffer) => (count += bytes.length));
  const code = await new Promise((resolve) => child.on("close", resolve));
  const [folder = ""] = runFolders(home);
  expect([code, count]).toEqual([0, GIBIBYTE]);
  expect(statSync(join(folder, "log")).size).toBeGreaterThan(GIBIBYTE);
  expect(Number(readFileSync(peak, "utf8")) / 1024).toBeLessThan(150);
});

it("stops reading while nobody reads, so that the step waits", async () => {
  const cli = startCli(["recipe", "it", ...ALL_STEPS], {
    plugins: [plugin(["head -c 1000000 /dev/zero; echo s''tep >&2"])],
  });
  cli.child.stdout?.pause();
  const early = await Promise.race([
    cli.shows("\nstep").then(() => "ended"),
    new Promise((resolve) => setTimeout(() => resolve("waits"), 1500)),
  ]);
  expect(early).toBe("waits");
  cli.child.stdout?.resume();
  expect((await cli.result).code).toBe(0);
});
