import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { sh } from "@d0ttino/plugin-sdk";
import type { StepObject } from "@d0ttino/plugin-sdk";
import { D0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { messageOf } from "@d0ttino/llm/errors/message-of";
import type { Shell } from "./shell.ts";
import { JOB } from "./step-terminal/host-script.ts";
import {
  carriedOn,
  readState,
  readVariables,
  savingScript,
  writeVariables,
  type ShellState,
  type Surroundings,
} from "./step-script.ts";

/** Behind the number of a step: the file in which its shell leaves its traces. */
const TRACES = ".traces";
const LONG_STEP = "step";
/** The variables that an earlier step's shell has left, for the next to compare with. */
const KNOWN = "variables";

/** A step's text that is longer does not fit into an argument everywhere, in bytes. */
const LONGEST_ARGUMENT = 120_000;

/** What a step's shell has left, seen from where the step began. */
export interface LeftState {
  readonly exitCode: number;
  /** False when the shell left by `exit` or a signal, which it does not tell apart. */
  readonly isWhole: boolean;
  /** Whether all of it is text; bytes that are none have been replaced. */
  readonly isText: boolean;
  /** Where the next step begins; undefined when no program can be started with what it exports. */
  readonly next: Surroundings | undefined;
}

/** What the shell of one step leaves in the run's folder: at its beginning its process id, and at its end its state. */
export class StepTraces {
  readonly #folder: string;
  readonly #number: number;
  readonly #file: string;
  #ended: ShellState | undefined;

  /**
   * @param folder the run's own, absolute
   * @param number the step's, from 1
   */
  constructor(folder: string, number: number) {
    this.#folder = folder;
    this.#number = number;
    this.#file = join(folder, `${number}${TRACES}`);
  }

  /** What is in the arguments of the shell, and of no other step's. */
  get mark(): string {
    return join(basename(this.#folder), basename(this.#file));
  }

  /**
   * Makes room for them. What a shell writes there only its owner can read.
   * @throws D0ttinoError `io-failed`
   */
  clear(): void {
    this.#ended = undefined;
    try {
      rmSync(this.#file, { force: true });
      writeFileSync(this.#file, "", { mode: 0o600 });
    } catch (error) {
      const isGone = !existsSync(this.#folder);
      const what = isGone ? `The run's folder ${this.#folder} is gone` : `The run cannot be kept: ${messageOf(error)}`;
      throw new D0ttinoError("io-failed", `${what}.`, {
        hint: `${isGone ? "A step may have removed it" : "Check its folder"}. Step ${this.#number} was not started.`,
        cause: error,
      });
    }
  }

  /** Removes those of the step before, which takes its time and is therefore done while a step runs. */
  removeEarlier(): void {
    rmSync(join(this.#folder, `${this.#number - 1}${TRACES}`), { force: true });
  }

  /**
   * What a POSIX shell is given to run the step's command so that it leaves its traces.
   * @param modes what the person's terminal is to be put back to at its end
   */
  shellArguments(command: string, { name }: Shell, modes: string | undefined): string[] {
    const isLong = Buffer.byteLength(command) > LONGEST_ARGUMENT;
    const long = join(this.#folder, LONG_STEP);
    if (isLong) writeFileSync(long, command, { mode: 0o600 });
    const script = savingScript(this.#file, BASH.test(name) ? join(this.#folder, KNOWN) : undefined, modes);
    return [script, name, isLong ? sh`. ${long}` : command];
  }

  /** The shell, when it has begun. */
  begunShell(): { readonly pid: number; readonly at: Date } | undefined {
    try {
      const pid = Number.parseInt(readFileSync(this.#file, "latin1"), 10);
      return Number.isSafeInteger(pid) && pid > 0 ? { pid, at: statSync(this.#file).mtime } : undefined;
    } catch {
      return undefined;
    }
  }

  /** The exit code with which the shell has ended, when it has become `stty` then. */
  exitCodeBeforeStty(): number | undefined {
    try {
      const state = this.#state();
      return state?.becameStty === true ? state.exitCode : undefined;
    } catch {
      return undefined;
    }
  }

  /** What the shell has left, when it came to its end. */
  stateLeft(step: StepObject, place: Surroundings): LeftState | undefined {
    try {
      const state = this.#state();
      if (state === undefined) return undefined;
      const { exitCode, isWhole, isText, cwd, variables } = state;
      if (variables === undefined) return { exitCode, isWhole, isText, next: undefined };
      const env = variables.env ?? this.#knownVariables();
      if (env === undefined) return undefined;
      return { exitCode, isWhole, isText, next: carriedOn(place, step, began(step, place), { cwd, env }) };
    } catch {
      return undefined;
    }
  }

  /** The failure of a step that exports more than the system can pass on to a program. */
  tooMuch(): D0ttinoError {
    const cause = `What step ${this.#number} exports is more than this system can pass on to a program`;
    return new D0ttinoError("io-failed", `${cause}.`, {
      hint: "No other step is run, because none could be started. Write it to a file, or do not export it.",
    });
  }

  /**
   * Sees that the shell could have left something: a step that becomes another program leaves nothing, and is no reason
   * to stop, but one that changes its folder on a full disk is.
   * @throws D0ttinoError `io-failed`
   */
  checkRoom(): void {
    const trial = join(this.#folder, "room");
    // Whoever clears for the next step will see that.
    if (!existsSync(this.#folder)) return;
    try {
      writeFileSync(trial, Buffer.alloc(ROOM), { mode: 0o600, flush: true });
    } catch (error) {
      throw new D0ttinoError(
        "io-failed",
        `The folder and the variables that step ${this.#number} left could not be kept: ${messageOf(error)}.`,
        { hint: "No other step is run, because it would run elsewhere. Make room on the disk.", cause: error },
      );
    } finally {
      rmSync(trial, { force: true });
    }
  }

  #state(): ShellState | undefined {
    return (this.#ended ??= readState(readFileSync(this.#file)));
  }

  #knownVariables(): Surroundings["env"] | undefined {
    return readVariables(readFileSync(join(this.#folder, KNOWN), "utf8").split("\0"))?.env;
  }

  /** Keeps the variables that the shell has left, so that the next need not tell them when they are the same. */
  keepVariables(step: StepObject): void {
    // Bash does not tell of others, and so could not see that they are gone.
    if (!Object.keys(step.env ?? {}).every((name) => IDENTIFIER.test(name))) return;
    try {
      const { text, env } = this.#state()?.variables ?? {};
      if (!text || env === undefined) return;
      const known = join(this.#folder, KNOWN);
      rmSync(known, { force: true });
      writeFileSync(known, writeVariables({ text, env }), { mode: 0o600 });
    } catch {
      // Then the next one tells.
    }
  }
}

/** More than a shell leaves, in bytes. */
const ROOM = 1 << 18;

const BASH = /^(?:.*\/)?bash$/;
const IDENTIFIER = /^[A-Za-z_]\w*$/;

/** Removes what only the run itself needs: the variables of its last step are among it. */
export function removeTraces(folder: string): void {
  const numbered = (existsSync(folder) ? readdirSync(folder) : []).filter(
    (name) => name.endsWith(TRACES) || name.endsWith(JOB),
  );
  for (const name of [...numbered, LONG_STEP, KNOWN]) rmSync(join(folder, name), { force: true });
}

/** The directory and the variables that a step begins with. */
export function began(step: StepObject, place: Surroundings): Surroundings {
  const cwd = resolve(place.cwd, step.cwd ?? "");
  return { cwd, env: { ...place.env, PWD: cwd, ...step.env } };
}
