import { isUtf8 } from "node:buffer";
import { sh } from "@d0ttino/plugin-sdk";
import type { StepObject } from "@d0ttino/plugin-sdk";

/** What a step's shell left behind at its end. */
export interface ShellState {
  readonly exitCode: number;
  /** False when the shell left by `exit` or a signal, which it does not tell apart. */
  readonly isWhole: boolean;
  /** Whether it became `stty` then, to put the person's terminal back, so that its own exit code is that one's. */
  readonly becameStty: boolean;
  readonly cwd: string;
  /** Undefined when they are more than the system can pass on. */
  readonly variables: ShellVariables | undefined;
  /** Whether all of this is text; bytes that are none have been replaced. */
  readonly isText: boolean;
}

/** The variables that a shell would give to programs. */
export interface ShellVariables {
  /** How the shell itself writes them; empty where it does not tell. */
  readonly text: string;
  /** Undefined when they are those that the shell was given to compare with. */
  readonly env: Readonly<Record<string, string>> | undefined;
}

/** What belongs to a shell and not to what comes after it. */
const OWN = new Set([
  "_",
  "SHLVL",
  "PWD",
  ...["EXIT", "SAVED", "GROUP", "FRONT"].map((name) => `D0TTINO_STEP_${name}`),
]);

/**
 * The script for a POSIX shell that runs its first argument as if that were the script, and saves in a file its process
 * id, and what it leaves behind, however it ends but by `exec` and SIGKILL. When the step has a trap of its own for EXIT,
 * that one runs.
 * @param known for bash: a file with variables, as `writeVariables` makes it
 * @param modes what the person's terminal is to be put back to, as `stty -g` tells them
 */
export function savingScript(stateFile: string, known: string | undefined, modes: string | undefined): string {
  const isBash = known !== undefined;
  // A step may have functions of these names.
  const own = isBash ? "builtin " : "";
  const save = (how: string): string => {
    const parts = [
      ...(isBash ? ["builtin set +a"] : []),
      `${own}printf '\\0%s\\0' "${how} $D0TTINO_STEP_EXIT"`,
      `${own}pwd`,
      `${own}printf '\\0'`,
      isBash ? bashVariables(stateFile, known) : `printf '\\0'; ${allVariables(own)}`,
      `${own}printf .`,
    ];
    return `{ ${parts.join("; ")}; } 2>/dev/null${sh` >>${stateFile}`}`;
  };
  // What it has set to show commands, or to run before each, is not for these.
  const quiet = `${own}set +x +v${isBash ? "; builtin trap - DEBUG" : ""}`;
  const ended = `{ D0TTINO_STEP_EXIT=$?; ${quiet}; } 2>/dev/null`;
  const isSaved = '[ -n "${D0TTINO_STEP_SAVED-}" ]';
  const last = modes === undefined ? ":" : terminalBack(stateFile, modes, own);
  const atExit = `${ended}; if ${isSaved}; then ${last}; else ${save("exit")}; fi`;
  // On one line, so that line numbers in the shell's messages are the step's own.
  return [
    "D0TTINO_STEP_SAVED=",
    `printf %s "$$"${sh` >|${stateFile}`}`,
    sh`trap ${atExit} EXIT`,
    'eval "shift;$1"',
    `${ended}; ${save("end")}`,
    "D0TTINO_STEP_SAVED=1",
    `${own}exit "$D0TTINO_STEP_EXIT"`,
  ].join("; ");
}

/**
 * A shell that becomes `stty` at its end takes a third of the time that the program needs to run it. Where the step has
 * ended by `exit` or a signal, is in the background, or the system does not tell, that is left to the program.
 */
function terminalBack(stateFile: string, modes: string, own: string): string {
  const conditions = [
    // When the step has changed what it splits at, there is no group.
    `${own}read -r _ _ _ _ D0TTINO_STEP_GROUP _ _ D0TTINO_STEP_FRONT _ </proc/$$/stat`,
    '[ "${D0TTINO_STEP_GROUP:-none}" = "$D0TTINO_STEP_FRONT" ]',
    `${own}printf '\\0%s' ${BECAME_STTY}${sh` >>${stateFile}`}`,
    `${own}exec${sh` /bin/stty ${modes} </dev/tty`}`,
  ];
  return `{ ${conditions.join(" && ")}; } 2>/dev/null || :`;
}

const BECAME_STTY = "stty";

/** With more than the system can pass on, no program can be started, `env` neither. */
const allVariables = (own: string): string => `{ /usr/bin/env -0 || ${own}printf '${TOO_MUCH}\\0'; }`;

const TOO_MUCH = "!";

/**
 * Bash says in its own words, without starting a program, what programs would get. When that is what stands in a file, it
 * says no more.
 */
function bashVariables(stateFile: string, known: string): string {
  const next = (name: string): string => `IFS= builtin read -rd "" ${name} || :`;
  // What has been saved so far: the process id, how the shell ended, where it is, and the words.
  const said = Array.from({ length: 4 }, () => next("D0TTINO_STEP_NEW")).join("; ");
  return [
    "builtin export -p; builtin export -pf; builtin printf '\\0'",
    `{ ${said}; }${sh` <${stateFile}`}`,
    `{ ${next("D0TTINO_STEP_OLD")}; }${sh` <${known}`} || :`,
    `if [[ -n \${D0TTINO_STEP_NEW-} && $D0TTINO_STEP_NEW = "\${D0TTINO_STEP_OLD-}" ]]; then builtin printf '=\\0'; else ${allVariables("builtin ")}; fi`,
  ].join("; ");
}

const HOW = /^(end|exit) (\d+)$/;

/** Reads what such a script saved; undefined when it was cut short. */
export function readState(saved: Buffer): ShellState | undefined {
  const lines = saved.toString("utf8").split("\0");
  const becameStty = lines.at(-1) === BECAME_STTY;
  if (becameStty) lines.pop();
  // A shell that a failure ends while it saves does so once more, behind what it has saved.
  const at = lines.findLastIndex((line) => HOW.test(line));
  const [, how, code] = HOW.exec(lines[at] ?? "") ?? [];
  const [cwd, ...rest] = lines.slice(at + 1);
  if (code === undefined || cwd === undefined) return undefined;
  const variables = readVariables(rest);
  const isTooMuch = rest.at(-1) === END && rest.at(-2) === TOO_MUCH;
  if (variables === undefined && !isTooMuch) return undefined;
  return {
    exitCode: Number(code),
    isWhole: how === "end",
    becameStty,
    cwd: cwd.replace(/\n$/, ""),
    variables: isTooMuch ? undefined : variables,
    isText: isUtf8(saved),
  };
}

/** Variables as a file that a shell compares with, and that `readVariables` reads. */
export function writeVariables({ text, env }: ShellVariables): string {
  const lines = Object.entries(env ?? {}).map(([name, value]) => `${name}=${value}`);
  return [text, ...lines, END].join("\0");
}

/** The mark that all has been written. */
const END = ".";

/** Reads variables from a file that `writeVariables` has made, or the lines of one; undefined when it was cut short. */
export function readVariables([text, ...lines]: readonly string[]): ShellVariables | undefined {
  if (text === undefined || lines.pop() !== END) return undefined;
  if (lines.length === 1 && lines[0] === "=") return { text, env: undefined };
  const env: Record<string, string> = {};
  for (const line of lines) {
    const equals = line.indexOf("=", 1);
    const name = line.slice(0, equals);
    if (equals > 0 && !OWN.has(name)) env[name] = line.slice(equals + 1);
  }
  return { text, env };
}

/** A directory and variables. */
export interface Surroundings {
  readonly cwd: string;
  readonly env: Readonly<NodeJS.ProcessEnv>;
}

/**
 * Where the next step begins: in what the step left, without what only the step itself was given; `before` itself when
 * the step has changed nothing.
 * @param began where the step began, its own `cwd` and `env` applied
 */
export function carriedOn(
  before: Surroundings,
  step: StepObject,
  began: Surroundings,
  left: Surroundings,
): Surroundings {
  const env: NodeJS.ProcessEnv = { ...left.env };
  for (const name of OWN) if (before.env[name] !== undefined) env[name] = before.env[name];
  for (const [name, value] of Object.entries(step.env ?? {})) {
    if (env[name] !== value) continue;
    if (before.env[name] === undefined) delete env[name];
    else env[name] = before.env[name];
  }
  const cwd = left.cwd === began.cwd ? before.cwd : left.cwd;
  return cwd === before.cwd && isSame(env, before.env) ? before : { cwd, env };
}

function isSame(some: NodeJS.ProcessEnv, others: Readonly<NodeJS.ProcessEnv>): boolean {
  const names = Object.keys(some);
  return names.length === Object.keys(others).length && names.every((name) => some[name] === others[name]);
}
