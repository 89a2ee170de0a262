import { execFile, execSync } from "node:child_process";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { Recipe, type AnyRecipe, type RecipeContext, type Step } from "../recipe.ts";
import { powershell, sh } from "../sh/index.ts";
import { checkRecipe, type RecipeCheckOptions } from "./check-recipe.ts";
import { ContractError } from "./contract-error.ts";

/** The failed checks with their messages. */
async function failuresOf(recipe: unknown, options?: RecipeCheckOptions): Promise<[string, string | undefined][]> {
  try {
    await checkRecipe(recipe as AnyRecipe, options);
    return [];
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    return error.report.checks.filter((check) => !check.ok).map((check) => [check.name, check.message]);
  }
}

class Greeting extends Recipe {
  readonly #greeting = "hello";

  run(goal: string): Step[] {
    return [{ run: sh`echo ${this.#greeting} ${goal}`, why: `Greets ${goal}` }];
  }
}

describe("a good recipe passes that", () => {
  it.each<[string, AnyRecipe, RecipeCheckOptions?]>([
    ["quotes the goal", (goal) => [sh`echo ${goal}`]],
    ["is an instance", new Greeting()],
    ["plans in a promise", async (goal) => [sh`echo ${goal}`]],
    [
      "plans step by step",
      async function* (goal, { signal }) {
        yield sh`echo ${goal}`;
        await sleep(1, undefined, { signal });
        yield { run: "true", why: "To show all fields", cwd: ".", env: { GOAL: goal }, unless: "false", timeout: 1 };
      },
    ],
    ["makes a path of the goal", (goal, { cwd }) => [sh`ls -- ${resolve(cwd, goal)}`]],
    ["puts the goal in capitals", (goal) => [sh`echo ${goal.toUpperCase()}`]],
    ["makes a word of letters of the goal", (goal) => [`git switch -c x${goal.replaceAll(/\W+/g, "-")}`]],
    ["makes a word of each line", (goal) => goal.split("\n").map((line) => sh`echo ${line}`)],
    ["makes a word of each word", (goal) => [sh`ls -- ${goal.split(/\s+/)}`]],
    ["passes the goal in a variable", (goal) => [{ run: 'echo "$GOAL"', env: { GOAL: goal } }]],
    ["passes the goal within a script", (goal) => [sh`node -p ${JSON.stringify(goal)}`]],
    ["passes the goal to an inner shell", (goal) => [sh`sh -c 'echo "$1"' sh ${goal}`]],
    ["quotes the goal for an inner shell", (goal) => [sh`bash -ec ${sh`echo ${goal}`}`]],
    ["names the goal in a comment", (goal) => [`# For: ${JSON.stringify(goal)}\necho ok`]],
    [
      "quotes with backslashes",
      (goal) => [`echo ${goal.replaceAll(/[^\w\n]/g, String.raw`\$&`).replaceAll("\n", "' '")}`],
    ],
    ["quotes with double quotes", (goal) => [`echo "${goal.replaceAll(/[\\"$`]/g, String.raw`\$&`)}"`]],
    [
      "quotes with $'…'",
      (goal) => [`echo $'${goal.replaceAll(/[\\']/g, String.raw`\$&`).replaceAll("\n", String.raw`\n`)}'`],
    ],
    ["quotes the goal inside of $(…)", (goal) => [sh`echo "$(basename ${goal})" | tr a-z A-Z`]],
    [
      "quotes the goal after text that shells read differently",
      (goal) => [`echo "$(case x in x) echo ${sh`${goal}`} ;; esac)"`],
    ],
    ["encodes the goal", (goal) => [sh`curl ${`https://example.com/?q=${encodeURIComponent(goal)}`}`]],
    [
      "sends the goal through a literal here-document whose end it cannot know",
      (goal) => [
        `cat <<'END${goal.length}OF${goal.split("\n").length}'\n${goal}\nEND${goal.length}OF${goal.split("\n").length}`,
      ],
    ],
    [
      "refuses what is no goal of its own",
      (goal) => {
        if (!/^\d+\.\d+$/.test(goal)) throw new TypeError("the goal must be a version such as 1.2");
        return [`git tag v${goal}`];
      },
      { goals: ["1.2", "10.0"] },
    ],
    [
      "asks a model",
      async (goal, { ask }) => [sh`echo ${(await ask?.(goal)) ?? ""} ${Math.random()}`],
      { ask: async (prompt) => `${prompt}!`, deterministic: false },
    ],
    ["is for PowerShell", (goal) => [powershell`Write-Output ${goal}`], { shell: "powershell", platform: "win32" }],
    [
      "quotes for PowerShell after text that can be read in two ways",
      (goal) => [`dotnet new console --language C# ${powershell`${goal}`}`],
      { shell: "powershell" },
    ],
    [
      "quotes for PowerShell itself",
      (goal) => [`Write-Output "${goal.replaceAll(/[`"$“”„]/g, "`$&")}"`],
      { shell: "pwsh.exe" },
    ],
  ])("%s", async (_what, recipe, options) => {
    expect(await failuresOf(recipe, options)).toEqual([]);
  });
});

describe("a broken recipe", () => {
  let plans = 0;
  const plan = (goal: string): Step[] => [sh`echo ${goal}`];
  const cases: [string, unknown, string, RegExp, RecipeCheckOptions?][] = [
    ["is a class", Greeting, "has a form of a recipe", /it is a class\. To mend it: pass an instance/],
    [
      "throws",
      () => {
        throw new Error("no idea");
      },
      "plans an ordinary goal",
      /for the goal "Show my goal", but the recipe threw Error: "no idea".*option `goals`/,
    ],
    ["plans nothing", () => [], "plans an ordinary goal", /the plan is empty/],
    [
      "returns a string",
      (goal: string) => sh`echo ${goal}`,
      "plans an ordinary goal",
      /returned "echo 'Show my goal'"/,
    ],
    [
      "has no end",
      async function* () {
        for (;;) yield "true";
      },
      "plans an ordinary goal",
      /more than 10000/,
    ],
    ["hangs", () => new Promise(() => {}), "plans an ordinary goal", /not finished after 30 ms/, { timeout: 30 }],
    [
      "trips over an empty goal",
      (goal: string) => [sh`echo ${(/\S+/.exec(goal) as RegExpExecArray)[0]}`],
      "plans or refuses any goal",
      /for the goal " ", or an Error.*threw TypeError: "Cannot read properties of null/,
    ],
    [
      "takes the goal for a regular expression",
      (goal: string) => [sh`echo ${new RegExp(goal).source}`],
      "plans or refuses any goal",
      /SyntaxError: "Invalid regular expression/,
    ],
    [
      "throws what is no error",
      (goal: string) => {
        if (goal === "") throw "empty"; // oxlint-disable-line no-throw-literal
        return plan(goal);
      },
      "plans or refuses any goal",
      /for the goal "", .*threw "empty"/,
    ],
    [
      "misspells a field",
      (goal: string) => [{ run: sh`echo ${goal}`, reason: "" }],
      "gives well-formed steps",
      /step 1 is wrong: it has a field `reason`/,
    ],
    [
      "gives a field another type",
      (goal: string) => [...plan(goal), { run: "true", timeout: "5" }],
      "gives well-formed steps",
      /step 2 is wrong: `timeout` is "5" and must be a number of seconds/,
    ],
    ["gives an empty command", (goal: string) => [sh`echo ${goal}`, " "], "gives well-formed steps", /`run` is " "/],
    [
      "gives a NUL character",
      (goal: string) => [{ run: sh`echo ${goal}`, cwd: "a\0" }],
      "gives well-formed steps",
      /`cwd` is "a\\u0000"/,
    ],
    ["gives a number", () => [7], "gives well-formed steps", /it is 7, neither a command nor/],
    ["counts its plans", () => [`echo ${(plans += 1)}`], "gives the same plan twice", /`deterministic: false`/],
    [
      "waits on after an abort before the first step",
      async (goal: string, { signal }: RecipeContext) => {
        await sleep(1);
        return signal.aborted ? new Promise(() => {}) : plan(goal);
      },
      "stops planning when it is aborted",
      /still under way 500 ms later/,
      { timeout: 500 },
    ],
    [
      "waits on after an abort between two steps",
      async function* (goal: string, { signal }: RecipeContext) {
        yield* plan(goal);
        if (signal.aborted) await new Promise(() => {});
      },
      "stops planning when it is aborted",
      /`context\.signal`/,
      { timeout: 500 },
    ],
    [
      "runs a command",
      (goal: string) => [sh`echo ${execSync("echo x").toString()} ${goal}`],
      "runs nothing while it plans",
      /started: "echo x"/,
    ],
    [
      "starts a process",
      async (goal: string) => {
        await promisify(execFile)(process.execPath, ["--version"]);
        return plan(goal);
      },
      "runs nothing while it plans",
      /started: ".*node/,
    ],
    [
      "writes to stdout",
      (goal: string) => {
        process.stdout.write("");
        return plan(goal);
      },
      "writes nothing to stdout",
      /written to it: ""/,
    ],
  ];

  it.each(cases)("that %s fails one check that says so", async (_what, recipe, name, message, options) => {
    expect(await failuresOf(recipe, options)).toEqual([[name, expect.stringMatching(message)]]);
  });
});

describe("a goal that can run is found where", () => {
  it.each<[string, (goal: string) => string, RecipeCheckOptions?]>([
    ["it is not quoted", (goal) => `echo ${goal}`],
    ["it is in double quotes", (goal) => `echo "${goal}"`],
    ["it is in single quotes", (goal) => `echo '${goal}'`],
    ["it is JSON", (goal) => `echo ${JSON.stringify(goal)}`],
    ["it is quoted inside double quotes", (goal) => `echo "for ${sh`${goal}`}"`],
    ["only its first quote is escaped", (goal) => `echo '${goal.replace("'", String.raw`'\''`)}'`],
    ["single quotes are escaped as in C", (goal) => `echo '${goal.replaceAll("'", String.raw`\'`)}'`],
    ["backslashes are not escaped", (goal) => `echo "${goal.replaceAll(/["$`]/g, String.raw`\$&`)}"`],
    ["a dollar is not escaped", (goal) => `echo "${goal.replaceAll(/[\\"`]/g, String.raw`\$&`)}"`],
    ["backquotes are not escaped", (goal) => `echo "${goal.replaceAll(/[\\"$]/g, String.raw`\$&`)}"`],
    ["double quotes are not escaped", (goal) => `echo "${goal.replaceAll(/[\\`$]/g, String.raw`\$&`)}"`],
    ["only semicolons are taken out", (goal) => `echo ${goal.replaceAll(";", "")}`],
    ["only line breaks are left in", (goal) => `echo ${goal.replaceAll(/[^\w\n]/g, "")}`],
    ["it is put in capitals without quotes", (goal) => `echo ${goal.toUpperCase()}`],
    ["it is in a comment", (goal) => `# ${goal}\ntrue`],
    ["it is in backquotes, though quoted", (goal) => `echo \`basename ${sh`${goal}`}\``],
    ["it is in a here-document", (goal) => `cat <<END\n${goal}\nEND`],
    ["it is in a here-document that is taken literally", (goal) => `cat <<'END'\n${goal}\nEND`],
    ["it redirects", (goal) => `echo ${goal.replaceAll(/[;|&$`'"\\\n]/g, "")}`],
    ["it leaves a quote open", (goal) => `echo ${goal.replaceAll(/[;|&$`"\\\n<>]/g, "")}`],
    ["an inner shell reads it", (goal) => sh`bash -c ${`echo ${goal}`}`],
    ["eval reads it", (goal) => sh`eval ${goal}`],
    ["an inner shell reads it in double quotes", (goal) => `sh -c "echo ${sh`${goal}`}"`],
    ["PowerShell gets it raw", (goal) => `Write-Output ${goal}`, { shell: "powershell" }],
    ["PowerShell expands it", (goal) => `Write-Output "${goal.replaceAll(/["“”„]/g, "`$&")}"`, { shell: "powershell" }],
    [
      "PowerShell takes another character for a quote",
      (goal) => `Write-Output '${goal.replaceAll("'", "''")}'`,
      { shell: "powershell" },
    ],
    ["PowerShell gets it as a here-string", (goal) => `Write-Output @'\n${goal}\n'@`, { shell: "powershell" }],
    ["PowerShell gets it in quotes for another shell", (goal) => sh`echo ${goal}`, { shell: "pwsh" }],
  ])("%s", async (_where, command, options) => {
    const failures = await failuresOf((goal: string) => [command(goal)], options);
    expect(failures).toEqual([
      [
        "keeps the goal from running",
        expect.stringMatching(/^expected the goal to stay data, but the goal ".*zqcanary/),
      ],
    ]);
  });

  it("a step tests whether it is done", async () => {
    const recipe = (goal: string): Step[] => [{ run: sh`mkdir -p ${goal}`, unless: `test -d ${goal}` }];
    expect(await failuresOf(recipe)).toEqual([["keeps the goal from running", expect.stringContaining("test -d")]]);
  });

  it("only the second of the given goals gets raw into a step", async () => {
    const recipe = (goal: string): Step[] => [goal.startsWith("raw") ? goal : sh`echo ${goal}`];
    expect(await failuresOf(recipe, { goals: ["quoted", "raw"] })).toHaveLength(1);
    expect(await failuresOf(recipe, { goals: ["quoted"] })).toEqual([]);
  });
});

it("gives the recipe a context, and the options that it is called with", async () => {
  const contexts: RecipeContext[] = [];
  const recipe = (goal: string, context: RecipeContext): Step[] => {
    contexts.push(context);
    return [sh`echo ${goal}`];
  };
  const signal = expect.any(AbortSignal);
  await checkRecipe(recipe);
  expect(contexts[0]).toEqual({ signal, platform: "linux", shell: "bash", cwd: "/", options: {}, ask: undefined });
  contexts.length = 0;
  const given = { platform: "darwin", shell: "zsh", cwd: "/tmp", options: { deep: true }, ask: async () => "" };
  await checkRecipe(recipe, given);
  expect(contexts[0]).toEqual({ signal, ...given });
});

it("skips what cannot be decided", async () => {
  const { checks } = await checkRecipe((goal) => [`echo ${goal}`], { shell: "fish", deterministic: false });
  expect(checks.filter((check) => check.skipped)).toEqual([
    expect.objectContaining({ name: "gives the same plan twice", message: expect.stringContaining("deterministic") }),
    expect.objectContaining({ name: "keeps the goal from running", message: expect.stringContaining("fish") }),
    expect.objectContaining({ name: "stops planning when it is aborted", message: "the plan comes at once" }),
  ]);
});

it("tells a recipe that decides its steps while they run that each has succeeded", async () => {
  async function* decide(): AsyncGenerator<string, void, { exitCode: number | null }> {
    const { exitCode } = yield "true";
    if (exitCode === 0) yield "echo well";
  }
  await expect(checkRecipe(decide)).resolves.toBeDefined();
});
