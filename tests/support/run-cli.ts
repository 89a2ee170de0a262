import { spawn, type ChildProcess } from "node:child_process";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { tempFolder } from "./temp-folder.ts";

/** The package of the CLI in this checkout. */
export const CLI_PACKAGE = fileURLToPath(new URL("../../packages/ai-cli", import.meta.url));

/** Runs every step of a recipe without a question, whatever it could break; for tests of what steps do. */
export const ALL_STEPS = ["--yes", "--allow", "critical"] as const;

export interface RunOptions {
  /** D0TTINO_HOME; a new empty folder when it is not given. */
  readonly home?: string;
  /** Folders of packages for D0TTINO_PLUGIN_PATH. */
  readonly plugins?: readonly string[];
  /** Added to an environment that holds nothing but PATH and a home. */
  readonly env?: Readonly<Record<string, string>>;
  /** What is piped in; without it, standard input is /dev/null. */
  readonly stdin?: string | Uint8Array;
  readonly cwd?: string;
  /** Milliseconds after which the process is killed, which shows as signal SIGKILL. */
  readonly timeout?: number;
  /** Another copy of the CLI package. */
  readonly cli?: string;
}

export interface RunResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A CLI that was started and goes on. */
export interface RunningCli {
  readonly child: ChildProcess;
  readonly result: Promise<RunResult>;
  /** Resolves when standard output or error has shown the text. */
  shows(text: string): Promise<void>;
}

/** Runs the real CLI in a folder, a home and an environment of its own. */
export function runCli(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return startCli(args, options).result;
}

/** How the real CLI is started: a command with a folder and an environment of its own. */
export function cliCommand(args: readonly string[], options: RunOptions) {
  const { plugins = [], cli = CLI_PACKAGE, home = tempFolder("home") } = options;
  return {
    file: process.execPath,
    args: [join(cli, "bin/ai-cli.cjs"), ...args],
    cwd: options.cwd ?? tempFolder("work"),
    env: {
      PATH: process.env["PATH"],
      HOME: home,
      D0TTINO_HOME: home,
      // Routes are tried in the order in which they are configured, however short the prompt is.
      LLM_COMPLEXITY_THRESHOLD: "0",
      D0TTINO_PLUGIN_PATH: plugins.join(delimiter),
      ...options.env,
    },
  };
}

/** Starts the real CLI without waiting for its end. */
export function startCli(args: readonly string[], options: RunOptions = {}): RunningCli {
  const { stdin, timeout = 20_000 } = options;
  const { file, args: cliArgs, cwd, env } = cliCommand(args, options);
  const child = spawn(file, cliArgs, {
    cwd,
    env,
    stdio: [stdin === undefined ? "ignore" : "pipe", "pipe", "pipe"],
  });
  // A CLI that ends before it has read all of its input breaks the pipe, which is its right.
  child.stdin?.on("error", () => {});
  child.stdin?.end(stdin);

  const shown = { stdout: "", stderr: "" };
  const waiting = new Set<() => void>();
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      shown[name] += text;
      for (const look of waiting) look();
    });
  }
  const timer = setTimeout(() => child.kill("SIGKILL"), timeout);
  const result = new Promise<RunResult>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, ...shown });
    });
  });
  const shows = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (shown.stdout.includes(text) || shown.stderr.includes(text)) resolve();
      };
      waiting.add(look);
      look();
      void result.then(() =>
        reject(new Error(`the CLI ended without showing ${JSON.stringify(text)}: ${shown.stdout}${shown.stderr}`)),
      );
    });
  return { child, result, shows };
}
