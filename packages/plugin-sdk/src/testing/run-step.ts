import type { ChildProcess } from "node:child_process";
import type { Step, StepObject } from "../recipe.ts";
import { stepProblem } from "../step-form.ts";
import { excerpt } from "../excerpt.ts";
import { nodeModule } from "./node-module.ts";
import { runtimeProcess } from "./runtime-process.ts";

/** Where and how a step is run. */
export interface RunStepOptions {
  /** Files that are there before, by their paths in the temporary home. */
  readonly files?: Readonly<Record<string, string>> | undefined;
  /** Variables beside those that a shell needs; a key of yours reaches the step only this way. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** The shell's program (`sh`; `powershell` on Windows). */
  readonly shell?: string | undefined;
  /** The most time it may take, in seconds, when the step itself names none (30). */
  readonly timeout?: number | undefined;
}

/** What came of a step. */
export interface RunStepResult {
  /** The exit code: 128 + n for signal n, 124 when it took too long, null when it was done already and did not run. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The files in the home afterwards, by their paths with `/`; bytes that are no UTF-8 are replaced. */
  readonly files: Readonly<Record<string, string>>;
}

/** The variables of this process that a step needs to find programs. */
const PASSED = ["PATH", "LANG", "SystemRoot", "ComSpec", "PATHEXT"];
const TIMED_OUT = 124;

/**
 * Runs one step of a recipe in a temporary home, which is removed afterwards: its directory is empty but for `files`,
 * `HOME` leads there, and of the variables of this process it sees none but `PATH` and its like. The guards of the step
 * are minded. A step can still reach all that your account can, so look at it before.
 *
 * ```js
 * const [step] = await recipe.run("hello", context);
 * const { exitCode, files } = await runStep(step, { files: { "notes.txt": "hello" } });
 * ```
 *
 * @throws TypeError when it is no step; Error when no process can be started
 */
export async function runStep(step: Step, options: RunStepOptions = {}): Promise<RunStepResult> {
  const problem = stepProblem(step);
  if (problem !== undefined) throw new TypeError(`this step cannot be run: ${problem}.`);
  const one: StepObject = typeof step === "string" ? { run: step } : step;
  const fs = nodeModule("node:fs");
  const { join, resolve, dirname } = nodeModule("node:path");
  const home = fs.mkdtempSync(join(fs.realpathSync(nodeModule("node:os").tmpdir()), "d0ttino-step-"));
  try {
    for (const [path, text] of Object.entries(options.files ?? {})) {
      const file = join(home, path);
      fs.mkdirSync(dirname(file), { recursive: true });
      fs.writeFileSync(file, text);
    }
    const cwd = resolve(home, one.cwd ?? "");
    if (one.creates !== undefined && fs.existsSync(resolve(cwd, one.creates))) return notRun(home);
    const surroundings = { cwd, home, shell: options.shell, env: { ...options.env, ...one.env } };
    const limit = one.timeout ?? options.timeout ?? 30;
    if (one.unless !== undefined && (await runCommand(one.unless, surroundings, limit)).exitCode === 0)
      return notRun(home);
    const ended = await runCommand(one.run, surroundings, limit);
    return { ...ended, files: readFiles(home) };
  } finally {
    fs.rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  }
}

interface Surroundings {
  readonly cwd: string;
  readonly home: string;
  readonly shell: string | undefined;
  readonly env: Readonly<Record<string, string>>;
}

function notRun(home: string): RunStepResult {
  return { exitCode: null, stdout: "", stderr: "", files: readFiles(home) };
}

/** @param limit in seconds */
async function runCommand(
  command: string,
  { cwd, home, shell, env }: Surroundings,
  limit: number,
): Promise<Omit<RunStepResult, "files">> {
  const isWindows = runtimeProcess()?.platform === "win32";
  const program = shell ?? (isWindows ? "powershell" : "sh");
  const isPowershell = /(?:powershell|pwsh)(?:\.exe)?$/i.test(program);
  const args = isPowershell ? ["-NoProfile", "-NonInteractive", "-Command", command] : ["-c", command];
  const child = nodeModule("node:child_process").spawn(program, args, {
    cwd,
    env: { ...passed(), HOME: home, USERPROFILE: home, TMPDIR: home, PWD: cwd, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that what it starts ends with it.
    detached: !isWindows,
  });
  let [stdout, stderr, isLate] = ["", "", false];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const timer = setTimeout(() => {
    isLate = true;
    endGroup(child);
  }, limit * 1000);
  try {
    const exitCode = await endOf(child, program, cwd);
    return { exitCode: isLate ? TIMED_OUT : exitCode, stdout, stderr };
  } finally {
    clearTimeout(timer);
  }
}

function endOf(child: ChildProcess, program: string, cwd: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on("error", (cause) =>
      reject(new Error(`${program} could not be started in ${excerpt(cwd)}: ${cause.message}`, { cause })),
    );
    child.on("close", (code, signal) => {
      resolve(code ?? 128 + (signal === null ? 0 : nodeModule("node:os").constants.signals[signal]));
    });
  });
}

function endGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) runtimeProcess()?.kill?.(-child.pid, "SIGKILL");
  } catch {
    child.kill("SIGKILL");
  }
}

function passed(): Record<string, string> {
  const all = runtimeProcess()?.env ?? {};
  return Object.fromEntries(
    PASSED.flatMap((name) => {
      const value = all[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function readFiles(home: string): Record<string, string> {
  const { readdirSync, readFileSync } = nodeModule("node:fs");
  const { join, relative, sep } = nodeModule("node:path");
  const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [relative(home, path).replaceAll(sep, "/"), readFileSync(path, "utf8")];
    }),
  );
}
