import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, it, vi } from "vitest";
import { planning, recipePackage } from "../support/make-plugin.ts";
import { openTerminal } from "../support/pseudo-terminal.ts";
import { ALL_STEPS, runCli, startCli, type RunOptions } from "../support/run-cli.ts";
import { journalOf, runFolders } from "../support/runs.ts";
import { tempFolder } from "../support/temp-folder.ts";

const plugin = (steps: unknown): string => recipePackage("it", planning("it", steps));

interface Place extends RunOptions {
  readonly home: string;
  readonly cwd: string;
}

function place(steps: unknown): Place {
  return { home: tempFolder("home"), cwd: tempFolder("work"), plugins: [plugin(steps)] };
}

const idOf = ({ home }: Place): string => basename(runFolders(home)[0] ?? "");
const made = ({ cwd }: Place, file: string): string => readFileSync(join(cwd, file), "utf8");

it.concurrent("goes on at the step that failed, with the folder and the variables of those before", async () => {
  const here = place([
    "mkdir sub; cd sub; export A=1; unset OUT; echo 1 >> ../made",
    'test -e ../mended && echo "2 $A ${OUT-none} $PWD" >> ../made',
    "echo 3 >> ../made",
  ]);
  const first = await runCli(["recipe", "it", ...ALL_STEPS], { ...here, env: { OUT: "out" } });
  expect(first.code).toBe(1);
  expect(first.stderr).toContain(`To go on from there: ai-cli recipe --resume ${idOf(here)}`);
  writeFileSync(join(here.cwd, "mended"), "");
  const again = await runCli(["recipe", "--resume", idOf(here), ...ALL_STEPS], {
    ...here,
    cwd: tempFolder("elsewhere"),
    env: { OUT: "out" },
  });
  expect(again.stderr).toContain("step 1 is done; going on with step 2 of 3.");
  expect(again.code).toBe(0);
  expect(made(here, "made")).toBe(`1\n2 1 none ${join(here.cwd, "sub")}\n3\n`);
  const third = await runCli(["recipe", "--resume", "last", ...ALL_STEPS], here);
  expect([third.code, third.stderr]).toEqual([0, expect.stringContaining("nothing is left to do")]);
  expect(made(here, "made").split("\n")).toHaveLength(4);
});

it.concurrent("refuses to go on when the plan has changed", async () => {
  const here = place(["false", "touch ran"]);
  await runCli(["recipe", "it", ...ALL_STEPS], here);
  const plugins = [plugin(["true", "touch ran"])];
  const { code, stderr } = await runCli(["recipe", "--resume", "last", ...ALL_STEPS], { ...here, plugins });
  expect(code).toBe(1);
  expect(stderr).toContain(`The plan of run ${idOf(here)} has changed since it was begun: step 1 is another.`);
  expect(existsSync(join(here.cwd, "ran"))).toBe(false);
});

it.concurrent("goes on with the plan that was agreed to when a recipe never plans the same twice", async () => {
  const source = `import { registerRecipe } from "@d0ttino/plugin-sdk";
    registerRecipe("it", () => ["test -e mended", "echo " + process.pid + " >> made"], { deterministic: false });`;
  const here = { ...place([]), plugins: [recipePackage("it", source)] };
  expect((await runCli(["recipe", "it", ...ALL_STEPS], here)).code).toBe(1);
  writeFileSync(join(here.cwd, "mended"), "");
  expect((await runCli(["recipe", "--resume", "last", ...ALL_STEPS], here)).code).toBe(0);
  expect(made(here, "made")).toMatch(/^\d+\n$/);
});

it.concurrent("refuses to go on in a folder that is gone, and says which", async () => {
  const here = place(["mkdir sub; cd sub", "false"]);
  await runCli(["recipe", "it", ...ALL_STEPS], here);
  rmSync(join(here.cwd, "sub"), { recursive: true });
  const { code, stderr } = await runCli(["recipe", "--resume", "last", ...ALL_STEPS], here);
  expect(code).toBe(1);
  expect(stderr).toContain(`cannot go on: the folder ${join(here.cwd, "sub")} is gone.`);
});

it.concurrent("lets one process at a time run a run", async () => {
  const here = place(["echo 1 >> made; while [ ! -e go ]; do sleep 0.1; done", "echo 2 >> made"]);
  const cli = startCli(["recipe", "it", ...ALL_STEPS], here);
  await cli.shows("echo 1");
  while (!existsSync(join(here.cwd, "made"))) await new Promise((resolve) => setTimeout(resolve, 50));
  const listed = await runCli(["runs", "--json"], here);
  expect(JSON.parse(listed.stdout)).toMatchObject([{ run: idOf(here), state: "running", done: 0 }]);
  for (const args of [
    ["recipe", "--resume", idOf(here), ...ALL_STEPS],
    ["runs", "rm", idOf(here)],
  ]) {
    const { code, stderr } = await runCli(args, here);
    expect(code).toBe(1);
    expect(stderr).toContain("is going on");
  }
  writeFileSync(join(here.cwd, "go"), "");
  expect((await cli.result).code).toBe(0);
});

it.concurrent("lets one of two resumes go on and refuses the other", async () => {
  const here = place(["test -e mended", "echo once >> made; sleep 0.5"]);
  await runCli(["recipe", "it", ...ALL_STEPS], here);
  writeFileSync(join(here.cwd, "mended"), "");
  const both = await Promise.all([1, 2].map(() => runCli(["recipe", "--resume", "last", ...ALL_STEPS], here)));
  expect(both.filter((one) => one.code === 0).length).toBeGreaterThan(0);
  expect(made(here, "made")).toBe("once\n");
});

/** Starts a run, kills its program while a step runs, and waits until the step has been able to notice. */
async function killed(here: Place, shown: string): Promise<void> {
  const cli = startCli(["recipe", "it", ...ALL_STEPS], here);
  await cli.shows(shown);
  cli.child.kill("SIGKILL");
  await cli.result;
}

it.concurrent("waits for a step that has outlived its program, and takes over how it ended", async () => {
  const wait = "while [ ! -e go ]; do sleep 0.05; done";
  const here = place([`echo s''tarted; ${wait}; echo 1 >> made; cd /usr`, "echo $PWD >> $OLDPWD/made"]);
  await killed(here, "started");
  const again = startCli(["recipe", "--resume", "last", ...ALL_STEPS], here);
  await again.shows("Step 1 is still running, as process ");
  writeFileSync(join(here.cwd, "go"), "");
  expect((await again.result).code).toBe(0);
  expect(made(here, "made")).toBe("1\n/usr\n");
});

it.concurrent("takes over what a step has left that changed no variable after its program was killed", async () => {
  const wait = "while [ ! -e go ]; do sleep 0.05; done";
  const here = place([
    "export A=1 B='two words'",
    "true",
    `echo s''tarted; ${wait}`,
    'echo "$A $B" >> made',
    "unset A",
    'echo "${A-none} $B" >> made',
  ]);
  await killed(here, "started");
  writeFileSync(join(here.cwd, "go"), "");
  const again = await runCli(["recipe", "--resume", "last", ...ALL_STEPS], { ...here, env: { C: "other" } });
  expect(again.code).toBe(0);
  expect(made(here, "made")).toBe("1 two words\nnone two words\n");
});

/** A step that is killed together with its program, the first time. */
const KILLED = "echo $$ > pid; echo s''tarted; test -e again || sleep 20; echo ran >> made";

async function killedWithStep(here: Place): Promise<void> {
  const cli = startCli(["recipe", "it", ...ALL_STEPS], here);
  await cli.shows("started");
  cli.child.kill("SIGKILL");
  process.kill(Number(made(here, "pid")), "SIGKILL");
  await cli.result;
  writeFileSync(join(here.cwd, "again"), "");
}

it.concurrent("does not run a step again, without a person, of which nobody knows how it ended", async () => {
  const here = place(["true", KILLED]);
  await killedWithStep(here);
  const { code, stderr } = await runCli(["recipe", "--resume", "last", ...ALL_STEPS], here);
  expect(code).toBe(2);
  expect(stderr).toContain("Step 2");
  expect(existsSync(join(here.cwd, "made"))).toBe(false);
  const shown = await runCli(["runs", "show", "last"], here);
  expect(shown.stdout).toContain("= started; how it ended is not known");
});

it.concurrent("asks the person about a step of which nobody knows how it ended", async () => {
  const here = place([KILLED, "true"]);
  await killedWithStep(here);
  const terminal = openTerminal(["recipe", "--resume", "last", ...ALL_STEPS], here);
  await terminal.shows("nobody knows how it ended");
  await terminal.shows("Run it?");
  terminal.type("y");
  expect((await terminal.end).code).toBe(0);
  expect(made(here, "made")).toBe("ran\n");
});

it.concurrent.for([
  ["unless", { unless: "test -e again" }],
  ["creates", { creates: "again" }],
] as const)("believes %s of a step that had been started", async ([, guard]) => {
  const here = place([{ run: KILLED, ...guard }, "echo next >> made"]);
  await killedWithStep(here);
  const { code, stderr } = await runCli(["recipe", "--resume", "last", ...ALL_STEPS], here);
  expect([code, stderr]).toEqual([0, expect.stringContaining("Step 1 is skipped: it is done already.")]);
  expect(made(here, "made")).toBe("next\n");
});

it.concurrent("cuts a last line off that was cut short, and says when a run cannot be read", async () => {
  const here = place(["test -e mended", "echo ran >> made"]);
  await runCli(["recipe", "it", ...ALL_STEPS], here);
  const [folder = ""] = runFolders(here.home);
  appendFileSync(join(folder, "journal.jsonl"), '{"type":"end","step":2,"exitC');
  writeFileSync(join(here.cwd, "mended"), "");
  expect((await runCli(["recipe", "--resume", "last", ...ALL_STEPS], here)).code).toBe(0);
  expect(made(here, "made")).toBe("ran\n");
  expect(journalOf(folder).at(-1)).toMatchObject({ type: "result", exitCode: 0 });
  writeFileSync(join(folder, "plan.json"), "{");
  const { code, stderr } = await runCli(["recipe", "--resume", "last", ...ALL_STEPS], here);
  expect([code, stderr]).toEqual([1, expect.stringContaining(`The plan of run ${idOf(here)} cannot be read`)]);
});

it.concurrent.for([
  ["a damaged journal", (run: string) => appendFileSync(join(run, "journal.jsonl"), '\0\0\0\n{"type":"x"}\n'), "it"],
  ["no journal", (run: string) => rmSync(join(run, "journal.jsonl")), "it"],
  ["a damaged plan", (run: string) => writeFileSync(join(run, "plan.json"), "\0\0\0"), null],
  ["no plan", (run: string) => rmSync(join(run, "plan.json")), null],
] as const)("lists a run with %s as damaged, says what is wrong, and removes it", async ([, damage, recipe]) => {
  const here = place(["false"]);
  await runCli(["recipe", "it", ...ALL_STEPS], here);
  await runCli(["recipe", "it", ...ALL_STEPS], here);
  const [damaged = "", sound = ""] = runFolders(here.home).map((folder) => basename(folder));
  damage(runFolders(here.home)[0] ?? "");

  const json = await runCli(["runs", "--json"], here);
  expect([json.code, json.stderr]).toEqual([0, ""]);
  expect(JSON.parse(json.stdout)).toMatchObject([
    { run: sound, state: "failed", done: 0, problem: null },
    { run: damaged, state: "damaged", recipe, done: null, problem: expect.stringContaining("cannot be read: ") },
  ]);
  const list = await runCli(["runs"], here);
  expect([list.code, list.stdout]).toEqual([0, expect.stringMatching(new RegExp(`^${damaged} +damaged +\\?/`, "m"))]);
  expect(list.stderr).toContain("ai-cli runs show RUN says what is wrong");
  for (const args of [
    ["runs", "show", damaged],
    ["recipe", "--resume", damaged, ...ALL_STEPS],
  ]) {
    const { code, stderr } = await runCli(args, here);
    expect([code, stderr]).toEqual([1, expect.stringContaining(`of run ${damaged} cannot be read: `)]);
    expect(stderr).toContain(`ai-cli runs rm ${damaged} removes it.`);
  }
  const removed = await runCli(["runs", "rm", "--all"], here);
  expect([removed.code, runFolders(here.home)]).toEqual([0, []]);
});

it.concurrent("takes nothing for a run whose program was killed before it had a plan", async () => {
  const here = place(["true"]);
  await runCli(["recipe", "it", ...ALL_STEPS], here);
  mkdirSync(join(here.home, "runs", "99990101-000000.000-0000"));
  const { stdout } = await runCli(["runs", "--json"], here);
  expect(JSON.parse(stdout)).toMatchObject([{ run: idOf(here), state: "done" }]);
  const { code, stderr } = await runCli(["recipe", "--resume", "last", ...ALL_STEPS], here);
  expect([code, stderr]).toEqual([0, expect.stringContaining("nothing is left to do")]);
});

it.concurrent("tells what is wrong with a name of a run, and with options that contradict it", async () => {
  const here = place(["true"]);
  await runCli(["recipe", "it", ...ALL_STEPS], here);
  const wrong = await runCli(["recipe", "--resume", `${idOf(here).slice(0, -1)}!`], here);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining(`Did you mean "${idOf(here)}"?`)]);
  const both = await runCli(["recipe", "it", "--resume", "last"], here);
  expect([both.code, both.stderr]).toEqual([2, expect.stringContaining("Leave them out")]);
});

it.concurrent("lists, shows and removes runs", async () => {
  const here = place(["echo 1", "exit 3", "echo 3"]);
  const none = await runCli(["runs"], here);
  expect([none.code, none.stdout, none.stderr]).toEqual([0, "", expect.stringContaining("no runs yet")]);
  await runCli(["recipe", "it", "a goal", ...ALL_STEPS], here);
  const list = await runCli(["runs", "list"], here);
  expect(list.stdout).toMatch(/^RUN .*\n\S+ +failed +1\/3 +it +a goal\n$/);
  const json = await runCli(["runs", "show", "last", "--json"], here);
  expect(JSON.parse(json.stdout)).toMatchObject({
    run: idOf(here),
    state: "failed",
    exitCode: 3,
    plan: [
      { run: "echo 1", outcome: "ran", exitCode: 0 },
      { run: "exit 3", outcome: "failed", exitCode: 3 },
      { run: "echo 3", outcome: "left" },
    ],
  });
  const shown = await runCli(["runs", "show", "last"], here);
  expect(shown.stdout.split("\n").filter((line) => line.startsWith("    = "))).toEqual([
    "    = ended with 0",
    "    = failed with exit code 3",
    "    = not done",
  ]);
  const id = idOf(here);
  const removed = await runCli(["runs", "rm", id], here);
  expect([removed.code, removed.stderr]).toEqual([0, `Removed run ${id}.\n`]);
  expect(runFolders(here.home)).toEqual([]);
});

it.concurrent("shows why a step ended that a signal has ended, until it has been run again", async () => {
  const here = place(["test -e mended || kill -KILL $$", "while [ ! -e go ]; do sleep 0.05; done"]);
  await runCli(["recipe", "it", ...ALL_STEPS], here);
  const plan = async (): Promise<unknown> =>
    (JSON.parse((await runCli(["runs", "show", "last", "--json"], here)).stdout) as { plan: unknown }).plan;
  expect(await plan()).toMatchObject([
    { outcome: "failed", exitCode: 137, reason: "it was ended by SIGKILL" },
    { outcome: "left" },
  ]);
  const text = await runCli(["runs", "show", "last"], here);
  expect(text.stdout).toContain("= failed with exit code 137: it was ended by SIGKILL\n");
  writeFileSync(join(here.cwd, "mended"), "");
  const again = startCli(["recipe", "--resume", "last", ...ALL_STEPS], here);
  await again.shows("2/2");
  await vi.waitFor(
    async () => expect(await plan()).toMatchObject([{ outcome: "ran", exitCode: 0 }, { outcome: "running" }]),
    20_000,
  );
  writeFileSync(join(here.cwd, "go"), "");
  expect((await again.result).code).toBe(0);
});

it.concurrent("removes runs that ended well a month ago, and no others", async () => {
  const here = place(["test ! -e broken"]);
  const run = async (): Promise<string> => {
    const before = new Set(existsSync(join(here.home, "runs")) ? runFolders(here.home) : []);
    await runCli(["recipe", "it", ...ALL_STEPS], here);
    return runFolders(here.home).find((folder) => !before.has(folder)) ?? "";
  };
  const age = (folder: string, year: string): string => {
    const journal = join(folder, "journal.jsonl");
    writeFileSync(journal, readFileSync(journal, "utf8").replaceAll(/"at":"\d{4}/g, `"at":"${year}`));
    const aged = join(dirname(folder), basename(folder).replace(/^\d{4}/, "2020"));
    renameSync(folder, aged);
    return aged;
  };
  writeFileSync(join(here.cwd, "broken"), "");
  const failed = age(await run(), "2020");
  const damaged = join(here.home, "runs", "20210101-000000.000-0000");
  renameSync(age(await run(), "2020"), damaged);
  appendFileSync(join(damaged, "journal.jsonl"), "\0\n");
  rmSync(join(here.cwd, "broken"));
  const endedLate = age(await run(), String(new Date().getFullYear()));
  const old = age(await run(), "2020");
  const unmade = join(here.home, "runs", "20200101-000000.000-0000");
  mkdirSync(unmade);
  const recent = await run();
  const kept = [failed, damaged, endedLate, old, unmade, recent].map((folder) => existsSync(folder));
  expect(kept).toEqual([true, true, true, false, false, true]);
});
